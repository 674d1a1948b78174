package io.copychunk.client.internal.transport;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * While a server has much to do, lets its answers come together: to be woken for each costs more than to
 * handle it. Nobody waits for that, since the server goes on with the other requests: a pause takes as
 * long as an eighth of them takes the server, going by what came since the one before, and no longer
 * than the socket has room for.
 */
public final class ReadModeration extends ChannelInboundHandlerAdapter {
  /** With so many unanswered, a server does not run dry while nobody reads. */
  static final int MANY = 32;

  /** Of what is unanswered, a pause lets the server answer one of so many. */
  static final int SHARE = 8;

  /** What a socket holds for sure. */
  static final int ROOM = 1 << 16;

  static final long SHORTEST_NANOS = TimeUnit.MICROSECONDS.toNanos(500);
  static final long LONGEST_NANOS = TimeUnit.MILLISECONDS.toNanos(4);

  private final IntSupplier unanswered;
  private long lastComplete;
  private long pause;

  /** Those without answer before what is being read now, or -1 between two readings. */
  private int before = -1;

  private long bytes;

  /**
   * Creates the handler.
   *
   * @param unanswered how many requests the server has; what an answer sets off is sent when reading is
   *     complete
   */
  public ReadModeration(IntSupplier unanswered) {
    this.unanswered = unanswered;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    if (before < 0) {
      before = unanswered.getAsInt();
    }
    bytes += ((ByteBuf) msg).readableBytes();
    ctx.fireChannelRead(msg);
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    int answers = before - unanswered.getAsInt();
    ctx.fireChannelReadComplete();
    long now = ctx.executor().ticker().nanoTime();
    adapt(now - lastComplete, answers);
    lastComplete = now;
    before = -1;
    bytes = 0;
    if (pause >= SHORTEST_NANOS
        && unanswered.getAsInt() >= MANY
        && ctx.channel().isActive()) {
      ctx.channel().config().setAutoRead(false);
      ctx.executor()
          .schedule(() -> ctx.channel().config().setAutoRead(true), pause, TimeUnit.NANOSECONDS);
    }
  }

  /** Not much longer than the last time: what came together says little of what comes next. */
  private void adapt(long elapsed, int answers) {
    double longer = Math.min(
        (double) before / SHARE / Math.max(1, answers), (double) ROOM / Math.max(1, bytes));
    long most = Math.min(LONGEST_NANOS, 2 * Math.max(pause, SHORTEST_NANOS));
    pause = (long) Math.min(most, elapsed * longer);
  }
}
