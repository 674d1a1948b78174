package io.copychunk.crypto;

import io.copychunk.wire.MalformedMessageException;
import io.copychunk.wire.TransformHeader;
import io.copychunk.wire.WireReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import org.jspecify.annotations.Nullable;

/**
 * Decrypts the messages of one session in one direction (3.2.5.1.1.1). A message is all that one
 * transport frame carries: a response, or a compound of them.
 *
 * <p>A decryptor reuses its ciphers and its buffers, and so is confined to one thread.
 */
public final class MessageDecryptor {
  private final CipherAlgorithm algorithm;
  private final MessageCipher cipher;
  private final long sessionId;
  private final byte[] header = new byte[TransformHeader.SIZE];

  /**
   * Creates a decryptor.
   *
   * @param algorithm the negotiated cipher
   * @param key the key for this direction, 16 or 32 bytes; may be wiped afterwards
   * @param sessionId the session that the key belongs to
   * @throws IllegalArgumentException when the key has not the length that the cipher wants
   */
  public MessageDecryptor(CipherAlgorithm algorithm, byte[] key, long sessionId) {
    this.algorithm = algorithm;
    this.cipher = MessageCipher.of(algorithm, key);
    this.sessionId = sessionId;
  }

  /**
   * Decrypts a message. Nothing of it is handed out before the whole of it has been authenticated,
   * together with its header from the nonce on.
   *
   * @param frame its readable bytes are a TRANSFORM_HEADER and the encrypted message, to the end of
   *     the frame; neither they nor its indices change
   * @param alloc where the result comes from
   * @return a new buffer with the message, to be released by the caller; null when it was not
   *     encrypted with this key, or was changed since
   * @throws MalformedMessageException when the header is cut off or not one, says that the message
   *     is not encrypted, belongs to another session, or states another size than the message has,
   *     which must not be 0
   */
  public @Nullable ByteBuf decrypt(ByteBuf frame, ByteBufAllocator alloc) {
    int length = checkedLength(frame);
    int start = frame.readerIndex();
    frame.getBytes(start, header);
    ByteBuf message = alloc.heapBuffer(length);
    boolean authentic = false;
    try {
      authentic = cipher.decrypt(
          header,
          frame,
          start + TransformHeader.SIZE,
          length,
          message.array(),
          message.arrayOffset());
    } finally {
      if (!authentic) {
        message.release();
      }
    }
    return authentic ? message.writerIndex(length) : null;
  }

  private int checkedLength(ByteBuf frame) {
    TransformHeader transform = TransformHeader.read(WireReader.of(frame));
    int length = frame.readableBytes() - TransformHeader.SIZE;
    if (transform.flags() != TransformHeader.ENCRYPTED) {
      throw new MalformedMessageException(
          "Flags: 0x%04x (expected: 0x0001)".formatted(transform.flags()));
    }
    if (transform.sessionId() != sessionId) {
      throw new MalformedMessageException(
          "SessionId: 0x%016x (expected: 0x%016x)".formatted(transform.sessionId(), sessionId));
    }
    if (length == 0) {
      throw new MalformedMessageException("encrypted message: 0 bytes (expected: > 0)");
    }
    if (transform.originalMessageSize() != length) {
      throw new MalformedMessageException("OriginalMessageSize: " + transform.originalMessageSize()
          + " (expected: " + length + ", the bytes that follow)");
    }
    return length;
  }

  /** Tells the cipher only. */
  @Override
  public String toString() {
    return "MessageDecryptor[" + algorithm + "]";
  }
}
