package io.copychunk.client.internal.transport;

import io.copychunk.client.error.SmbException;
import io.copychunk.client.error.SmbIntegrityException;
import io.copychunk.client.error.SmbProtocolException;
import io.copychunk.wire.MalformedMessageException;
import io.copychunk.wire.Smb2Header;
import io.copychunk.wire.WireReader;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Stage 3, inbound: splits a frame along the NextCommand chain and reads each header (3.2.5.1.9).
 *
 * <p>Every step goes forward by at least a header, so a chain has an end; whatever does not fit the
 * frame ends the connection. So does a frame with more messages than can be answers: that would be
 * much work for little.
 */
public final class CompoundDecoder extends ChannelInboundHandlerAdapter {
  private static final int ALIGNMENT = 8;

  private final IntSupplier outstanding;

  /**
   * Creates the stage.
   *
   * @param outstanding how many requests wait for their answers now
   */
  public CompoundDecoder(IntSupplier outstanding) {
    this.outstanding = outstanding;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) throws SmbException {
    PlainFrame plain = (PlainFrame) msg;
    ByteBuf frame = plain.bytes();
    Protection protection = plain.encryptedFor() == null ? Protection.NONE : Protection.ENCRYPTED;
    int most = outstanding.getAsInt() + 1; // and something unsolicited
    try {
      for (int messages = 1; frame.isReadable(); messages++) {
        if (messages > most) {
          throw new SmbProtocolException(
              messages + " messages in one frame (expected: <= " + most + ")");
        }
        Smb2Header header = Smb2Header.read(WireReader.of(frame));
        int size = elementSize(header, frame.readableBytes());
        checkSession(header, plain.encryptedFor());
        ctx.fireChannelRead(new InboundMessage(
            header, frame.readRetainedSlice(size).touch("compound"), protection));
      }
    } catch (MalformedMessageException e) {
      throw new SmbProtocolException("malformed header: " + e.getMessage(), e);
    } finally {
      frame.release();
    }
  }

  /** 3.2.5.1.1: one session must not speak in the name of another. */
  private static void checkSession(Smb2Header header, @Nullable Long encryptedFor)
      throws SmbIntegrityException {
    boolean unsolicited = header.messageId() == Smb2Header.UNSOLICITED && header.sessionId() == 0;
    if (encryptedFor != null && header.sessionId() != encryptedFor && !unsolicited) {
      throw new SmbIntegrityException(
          "SessionId: 0x%x (expected: 0x%x, of the frame that it was encrypted in)"
              .formatted(header.sessionId(), encryptedFor));
    }
  }

  private static int elementSize(Smb2Header header, int remaining) {
    long next = header.nextCommand();
    if (next == 0) {
      return remaining;
    }
    if (next < Smb2Header.SIZE || next % ALIGNMENT != 0 || next > remaining - Smb2Header.SIZE) {
      throw new MalformedMessageException("NextCommand: "
          + next
          + " (expected: 0, or a multiple of "
          + ALIGNMENT
          + " in "
          + Smb2Header.SIZE
          + ".."
          + (remaining - Smb2Header.SIZE)
          + ")");
    }
    return (int) next;
  }
}
