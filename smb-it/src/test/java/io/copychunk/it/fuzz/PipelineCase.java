package io.copychunk.it.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.client.config.SmbConfig;
import io.copychunk.client.error.SmbException;
import io.copychunk.client.error.SmbProtocolException;
import io.copychunk.client.error.SmbTransportException;
import io.copychunk.client.internal.capture.Diagnostics;
import io.copychunk.client.internal.connection.Connection;
import io.copychunk.client.internal.connection.FailedRequestException;
import io.copychunk.client.internal.connection.PendingRequest;
import io.copychunk.client.internal.connection.RequestScope;
import io.copychunk.client.internal.transport.Protection;
import io.copychunk.client.internal.transport.SessionCiphers;
import io.copychunk.crypto.MessageDecryptor;
import io.copychunk.crypto.MessageEncryptor;
import io.copychunk.crypto.MessageSigner;
import io.copychunk.it.fuzz.Recording.Frame;
import io.copychunk.wire.Command;
import io.copychunk.wire.HeaderFlags;
import io.copychunk.wire.MalformedMessageException;
import io.copychunk.wire.NtStatus;
import io.copychunk.wire.Smb2Header;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.channel.embedded.EmbeddedChannel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A recorded conversation over the pipeline of a connection as it really is, in which one answer is
 * another frame.
 *
 * @param recording which, counted from 0
 * @param answer which of its answers, counted from 0
 * @param how the bits of {@link #BY_SERVER} and so on
 * @param frame what comes in its place, in plain
 */
record PipelineCase(int recording, int answer, int how, byte[] frame) {
  /** The server itself says this, under its signature or encryption; else somebody on the path. */
  static final int BY_SERVER = 1;

  /** In two pieces. */
  static final int IN_PIECES = 2;

  /** The genuine answer comes behind it. */
  static final int GENUINE_BEHIND = 4;

  /** Who alters it on the path also makes it one that is not protected at all. */
  static final int STRIPPED = 8;

  /** All of these. */
  static final int HOW = 15;

  private static final int FIELDS = 3;

  /** The form of a file: three bytes, and the frame. */
  static PipelineCase of(byte[] bytes) {
    int which = (bytes[0] & 0xFF) % Recording.ALL.size();
    int answers = Recording.ALL.get(which).responses().size();
    return new PipelineCase(
        which,
        (bytes[1] & 0xFF) % answers,
        bytes[2] & HOW,
        Arrays.copyOfRange(bytes, FIELDS, bytes.length));
  }

  byte[] toBytes() {
    byte[] bytes = new byte[FIELDS + frame.length];
    bytes[0] = (byte) recording;
    bytes[1] = (byte) answer;
    bytes[2] = (byte) how;
    System.arraycopy(frame, 0, bytes, FIELDS, frame.length);
    return bytes;
  }

  byte[] genuine() {
    return Recording.ALL.get(recording).responses().get(answer).bytes();
  }

  /**
   * Runs it.
   *
   * @return whether all requests that the frame is in place of an answer to were answered by it
   * @throws AssertionError when it led to anything but answers and typed failures, or when something
   *     was believed that was not protected
   */
  boolean run() {
    return new Run().run();
  }

  private final class Run {
    private final Recording said = Recording.ALL.get(recording);
    private final EmbeddedChannel channel = new EmbeddedChannel();
    private final Connection connection = Connection.on(
        channel,
        "recorded",
        SmbConfig.defaults(),
        Diagnostics.open(SmbConfig.defaults().diagnostics()));
    private final List<PendingRequest<?>> asked = new ArrayList<>();
    private final MessageEncryptor server =
        new MessageEncryptor(said.cipher(), said.keys().get("receiving").clone(), said.sessionId());
    private boolean loggedIn;

    boolean run() {
      int answers = 0;
      for (Frame each : said.frames()) {
        if (each.toServer()) {
          ask(each);
        } else if (answers++ < answer) {
          receive(protectedByServer(each.bytes(), true), false);
          noteLogin(each);
        } else {
          break;
        }
      }
      List<PendingRequest<?>> affected = new ArrayList<>();
      for (byte[] message : new Frame(false, genuine()).messages()) {
        affected.add(asked.get((int) Recording.header(message).messageId())); // they count up by 1
      }
      attack();
      boolean isInterim = Recording.header(genuine()).status().equals(NtStatus.PENDING);
      boolean answered = affected.stream()
          .allMatch(request -> isAnswered(request) || isInterim && !request.isDone());
      checkBelief(affected);
      end();
      return answered;
    }

    private void attack() {
      boolean byServer = (how & BY_SERVER) != 0;
      receive(
          byServer ? protectedByServer(frame, Arrays.equals(frame, genuine())) : onThePath(),
          (how & IN_PIECES) != 0);
      if ((how & GENUINE_BEHIND) != 0 && !connection.isClosed()) {
        receive(protectedByServer(genuine(), true), false);
      }
    }

    /** Who has no key alters what the server has signed or encrypted. */
    private byte[] onThePath() {
      byte[] genuine = genuine();
      if ((how & STRIPPED) != 0 && frame.length >= Smb2Header.SIZE) {
        byte[] stripped = frame.clone();
        stripped[Smb2Header.FLAGS_OFFSET] &= (byte) ~HeaderFlags.SIGNED.bits();
        return stripped;
      }
      if (!isEncrypted(genuine)) {
        return frame;
      }
      byte[] encrypted = protectedByServer(genuine, true);
      int common = Math.min(frame.length, genuine.length);
      for (int i = 0; i < common; i++) { // the same damage, in the cipher text
        encrypted[encrypted.length - genuine.length + i] ^= (byte) (frame[i] ^ genuine[i]);
      }
      return Arrays.copyOf(encrypted, encrypted.length + frame.length - genuine.length);
    }

    private byte[] protectedByServer(byte[] plain, boolean asItIs) {
      if (isEncrypted(genuineFor(plain, asItIs))) {
        return bytes(
            server.encrypt(Unpooled.wrappedBuffer(plain), UnpooledByteBufAllocator.DEFAULT));
      }
      byte[] signed = plain.clone();
      boolean canBeSigned = loggedIn && signed.length >= Smb2Header.SIZE;
      if (!asItIs
          && canBeSigned
          && (signed[Smb2Header.FLAGS_OFFSET] & HeaderFlags.SIGNED.bits()) != 0) {
        new MessageSigner(said.signing(), said.keys().get("signing").clone())
            .sign(Unpooled.wrappedBuffer(signed));
      }
      return signed;
    }

    private byte[] genuineFor(byte[] plain, boolean asItIs) {
      return asItIs ? plain : genuine();
    }

    private boolean isEncrypted(byte[] plain) {
      return said.encrypted()
          && Recording.header(plain).command() != Command.NEGOTIATE
          && Recording.header(plain).command() != Command.SESSION_SETUP;
    }

    private void ask(Frame frameOfRequests) {
      List<PendingRequest<?>> chain = new ArrayList<>();
      Smb2Header first = Recording.header(frameOfRequests.bytes());
      Protection inClear = first.isSigned() ? Protection.SIGNED : Protection.NONE;
      RequestScope scope = new RequestScope(
          first.sessionId(),
          first.treeId(),
          isEncrypted(frameOfRequests.bytes()) ? Protection.ENCRYPTED : inClear);
      for (byte[] message : frameOfRequests.messages()) {
        PendingRequest<?> request = new PendingRequest<>(scope, Recording.request(message));
        chain.add(chain.isEmpty() ? request : request.related());
      }
      asked.addAll(chain);
      connection.sendCompound(chain);
    }

    private void noteLogin(Frame answered) {
      Smb2Header header = Recording.header(answered.bytes());
      if (header.command() == Command.SESSION_SETUP && header.status().equals(NtStatus.SUCCESS)) {
        loggedIn = true;
        try {
          connection.addSession(
              said.sessionId(),
              new SessionCiphers(
                  new MessageSigner(said.signing(), said.keys().get("signing").clone()),
                  new MessageEncryptor(
                      said.cipher(), said.keys().get("sending").clone(), said.sessionId()),
                  new MessageDecryptor(
                      said.cipher(), said.keys().get("receiving").clone(), said.sessionId())),
              () -> CompletableFuture.completedFuture(null));
        } catch (SmbProtocolException e) {
          throw new AssertionError("the session was there before its login", e);
        }
      }
    }

    private void receive(byte[] message, boolean inPieces) {
      ByteBuf framed =
          Unpooled.buffer(4 + message.length).writeInt(message.length).writeBytes(message);
      int cut = inPieces ? framed.readableBytes() * 2 / 3 : framed.readableBytes();
      channel.writeInbound(framed.readRetainedSlice(cut));
      if (framed.isReadable() && channel.isOpen()) {
        channel.writeInbound(framed.readRetainedSlice(framed.readableBytes()));
      }
      framed.release();
    }

    /** An answer that had to be protected, and was altered on the path, must not be one. */
    private void checkBelief(List<PendingRequest<?>> affected) {
      boolean genuineToo = (how & GENUINE_BEHIND) != 0;
      if ((how & BY_SERVER) == 0
          && !Arrays.equals(frame, genuine())
          && !genuineToo
          && affected.size() == 1
          && loggedIn) {
        PendingRequest<?> request = affected.get(0);
        assertThat(isAnswered(request)).as("believed what nobody has protected").isFalse();
      }
    }

    private void end() {
      SmbException closed = new SmbTransportException("the end");
      connection.close(closed);
      SmbException cause = connection.closed().join();
      channel.finishAndReleaseAll();
      checkForeseen(cause);
      for (PendingRequest<?> request : asked) {
        assertThat(request).isDone();
        Throwable failure = failure(request);
        if (failure != null) {
          checkForeseen(failure);
        }
      }
    }

    private void checkForeseen(Throwable failure) {
      assertThat(failure).isInstanceOfAny(SmbException.class, FailedRequestException.class);
      assertThat(String.valueOf(failure.getMessage())).doesNotContain("unexpected failure");
      if (failure.getCause() != null) {
        assertThat(failure)
            .cause()
            .isInstanceOfAny(MalformedMessageException.class, IOException.class);
      }
    }

    /** Whether the server's answer was taken for one, be it a refusal. */
    private static boolean isAnswered(PendingRequest<?> request) {
      return request.isDone() && !(failure(request) instanceof SmbException);
    }

    private static @Nullable Throwable failure(PendingRequest<?> request) {
      return request.isDone() ? request.handle((reply, failed) -> failed).join() : null;
    }

    private static byte[] bytes(ByteBuf buffer) {
      byte[] bytes = ByteBufUtil.getBytes(buffer);
      buffer.release();
      return bytes;
    }
  }
}
