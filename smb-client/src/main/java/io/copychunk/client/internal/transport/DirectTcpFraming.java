package io.copychunk.client.internal.transport;

import io.copychunk.client.error.SmbException;
import io.copychunk.client.error.SmbProtocolException;
import io.copychunk.client.error.SmbTimeoutException;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import io.netty.channel.CombinedChannelDuplexHandler;
import io.netty.handler.codec.ByteToMessageDecoder;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Stage 1: the Direct TCP transport (2.1).
 *
 * <pre>
 *  0 zero 1
 *  1 StreamProtocolLength 3, big-endian
 *  4 SMB2Message
 * </pre>
 *
 * <p>A frame that announces more than the limit, or that is not whole in time, ends the connection.
 * Memory grows with the bytes that have come, not with what was announced.
 */
public final class DirectTcpFraming
    extends CombinedChannelDuplexHandler<DirectTcpFraming.Decoder, DirectTcpFraming.Encoder> {
  private static final int PREFIX_SIZE = 4;
  private static final int LENGTH_BITS = 24;
  private static final int SMALLEST_MESSAGE = 4;
  private static final int LARGEST_MESSAGE = 0x00FF_FFFF;

  /**
   * Creates the stage.
   *
   * @param limit the largest frame that is accepted, in bytes
   * @param frameTimeout how long a frame may take once its first byte has come
   */
  public DirectTcpFraming(int limit, Duration frameTimeout) {
    super(new Decoder(limit, frameTimeout), new Encoder());
  }

  /**
   * Sets the largest frame that is accepted from now on.
   *
   * @param bytes without the prefix
   */
  public void limit(int bytes) {
    inboundHandler().limit = bytes;
  }

  /** What was received of a frame that is not whole yet. */
  ByteBuf cumulated() {
    return inboundHandler().cumulated();
  }

  static final class Decoder extends ByteToMessageDecoder {
    private final long timeoutNanos;
    private int limit;

    /** Whether the server has sent a frame. */
    private boolean begun;

    private @Nullable Future<?> deadline;

    Decoder(int limit, Duration frameTimeout) {
      this.limit = limit;
      this.timeoutNanos = frameTimeout.toNanos();
    }

    ByteBuf cumulated() {
      return internalBuffer();
    }

    @Override
    protected void decode(ChannelHandlerContext ctx, ByteBuf in, List<Object> out)
        throws SmbProtocolException {
      if (in.readableBytes() < PREFIX_SIZE) {
        return;
      }
      int prefix = in.getInt(in.readerIndex());
      if (prefix < SMALLEST_MESSAGE || prefix > limit) {
        in.skipBytes(in.readableBytes());
        String message = "frame prefix: 0x%08x (expected: a length of %d..%d bytes)"
            .formatted(prefix, SMALLEST_MESSAGE, limit);
        throw begun || prefix >>> LENGTH_BITS == 0
            ? new SmbProtocolException(message)
            : SmbProtocolException.notSmb(message + ": this is no SMB server");
      }
      if (in.readableBytes() < PREFIX_SIZE + prefix) {
        return;
      }
      begun = true;
      in.skipBytes(PREFIX_SIZE);
      out.add(in.readRetainedSlice(prefix).touch("framing"));
      disarm();
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext ctx) throws Exception {
      super.channelReadComplete(ctx);
      if (actualReadableBytes() == 0) {
        disarm();
      } else if (deadline == null) {
        deadline = ctx.executor().schedule(() -> expire(ctx), timeoutNanos, TimeUnit.NANOSECONDS);
      }
    }

    @Override
    protected void handlerRemoved0(ChannelHandlerContext ctx) {
      disarm();
    }

    private void expire(ChannelHandlerContext ctx) {
      deadline = null;
      ctx.fireExceptionCaught(new SmbTimeoutException(
          "a frame was begun and not finished within "
              + TimeUnit.NANOSECONDS.toMillis(timeoutNanos)
              + " ms",
          SmbException.Scope.CONNECTION));
    }

    private void disarm() {
      if (deadline != null) {
        deadline.cancel(false);
        deadline = null;
      }
    }
  }

  static final class Encoder extends ChannelOutboundHandlerAdapter {
    @Override
    public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
      ByteBuf message = (ByteBuf) msg;
      int size = message.readableBytes();
      if (size > LARGEST_MESSAGE) {
        message.release();
        promise.setFailure(new IllegalArgumentException(
            "message: " + size + " bytes (expected: <= " + LARGEST_MESSAGE + ")"));
        return;
      }
      ctx.write(ctx.alloc().ioBuffer(PREFIX_SIZE).writeInt(size));
      ctx.write(message, promise);
    }
  }
}
