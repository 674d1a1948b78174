package io.copychunk.testing;

import io.copychunk.message.Smb2Message;
import io.copychunk.wire.HeaderFlags;
import io.copychunk.wire.NtStatus;
import io.copychunk.wire.Signature;
import io.copychunk.wire.Smb2Header;
import io.copychunk.wire.WireWriter;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/**
 * An answer of a {@link ScriptedPeer}: by default what a correct server would send. Grants the
 * credits that were asked for, and is signed or encrypted when the request was.
 */
public final class Answer {
  private final ScriptedPeer peer;
  private final Smb2Message body;
  private Smb2Header header;
  private boolean signed;
  private boolean encrypted;
  private Consumer<byte[]> lie = bytes -> {};
  private int size = Integer.MAX_VALUE;
  private Consumer<byte[]> tampering = bytes -> {};

  Answer(Received<?> request, Smb2Message body) {
    Smb2Header asked = request.header();
    this.peer = request.peer();
    this.body = body;
    this.signed = asked.isSigned();
    this.encrypted = request.encrypted();
    this.header = new Smb2Header(
        asked.creditCharge(),
        NtStatus.SUCCESS,
        asked.command(),
        Math.max(1, asked.credits()),
        ScriptedPeer.answerFlags(asked),
        0,
        asked.messageId(),
        asked.treeId(),
        0,
        asked.sessionId(),
        Signature.NONE);
  }

  public Answer status(NtStatus status) {
    return header(h -> copy(h, status, h.credits(), h.treeId(), h.asyncId(), h.sessionId()));
  }

  public Answer credits(int credits) {
    return header(h -> copy(h, h.status(), credits, h.treeId(), h.asyncId(), h.sessionId()));
  }

  public Answer treeId(int treeId) {
    return header(h -> copy(h, h.status(), h.credits(), treeId, h.asyncId(), h.sessionId()));
  }

  public Answer sessionId(long sessionId) {
    return header(h -> copy(h, h.status(), h.credits(), h.treeId(), h.asyncId(), sessionId));
  }

  /** Answers in the asynchronous form. */
  public Answer async(long asyncId) {
    return header(h -> copy(h, h.status(), h.credits(), 0, asyncId, h.sessionId())
        .withFlags(h.flags().with(HeaderFlags.ASYNC_COMMAND)));
  }

  /** Changes the header in whatever way. */
  public Answer header(UnaryOperator<Smb2Header> change) {
    header = change.apply(header);
    return this;
  }

  public Answer unsigned() {
    signed = false;
    return this;
  }

  public Answer signed() {
    signed = true;
    return this;
  }

  /** Puts it into an encrypted frame. */
  public Answer encrypted() {
    signed = false;
    encrypted = true;
    return this;
  }

  /** Sends it in clear although its request was encrypted. */
  public Answer inClear() {
    encrypted = false;
    return this;
  }

  /** Changes the bytes before they are signed: a lie of the server's own. */
  public Answer lying(Consumer<byte[]> change) {
    lie = lie.andThen(change);
    return this;
  }

  /** Signs and sends the first bytes only. */
  public Answer cutTo(int newSize) {
    size = newSize;
    return this;
  }

  /** Changes the bytes after they were signed. */
  public Answer tampered(Consumer<byte[]> change) {
    tampering = change;
    return this;
  }

  /** The message as it would be sent, before it is encrypted. */
  public byte[] bytes() {
    return encode(false);
  }

  /** Sends the answer in a frame of its own. */
  public void send() {
    peer.sendFrame(frame());
  }

  /** The bytes of a frame of its own, which whoever asks for them will send. */
  public byte[] frame() {
    return protect(encode(false));
  }

  /** A frame with these messages, encrypted if this answer is to be. */
  byte[] protect(byte[] messages) {
    return encrypted ? peer.encrypt(header.sessionId(), messages) : messages;
  }

  byte[] encode(boolean padded) {
    byte[] bytes = WireWriter.toBytes(out -> {
      header.write(out);
      body.writeBody(out);
    });
    if (padded) {
      bytes = Arrays.copyOf(bytes, (bytes.length + 7) & ~7);
      bytes[Smb2Header.NEXT_COMMAND_OFFSET] = (byte) bytes.length;
      bytes[Smb2Header.NEXT_COMMAND_OFFSET + 1] = (byte) (bytes.length >>> 8);
    }
    bytes = Arrays.copyOf(bytes, Math.min(size, bytes.length));
    peer.grant(header.credits());
    lie.accept(bytes);
    if (signed) {
      peer.sign(header.sessionId(), bytes);
    }
    tampering.accept(bytes);
    peer.hash(header, bytes);
    return bytes;
  }

  private static Smb2Header copy(
      Smb2Header h, NtStatus status, int credits, int treeId, long asyncId, long sessionId) {
    return new Smb2Header(
        h.creditCharge(),
        status,
        h.command(),
        credits,
        h.flags(),
        h.nextCommand(),
        h.messageId(),
        treeId,
        asyncId,
        sessionId,
        h.signature());
  }
}
