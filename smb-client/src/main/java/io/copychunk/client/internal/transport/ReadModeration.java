package io.copychunk.client.internal.transport;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/**
 * While a server has much to do, lets its answers come together: to be woken for each costs more than to
 * handle it. Nobody waits for that, since the server goes on with the other requests.
 */
public final class ReadModeration extends ChannelInboundHandlerAdapter {
  /** With so many unanswered, a server does not run dry while nobody reads. */
  static final int MANY = 32;

  static final long PAUSE_MILLIS = 1;

  private final IntSupplier unanswered;

  /**
   * Creates the handler.
   *
   * @param unanswered how many requests the server has
   */
  public ReadModeration(IntSupplier unanswered) {
    this.unanswered = unanswered;
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    ctx.fireChannelReadComplete();
    if (unanswered.getAsInt() >= MANY && ctx.channel().isActive()) {
      ctx.channel().config().setAutoRead(false);
      ctx.executor()
          .schedule(
              () -> ctx.channel().config().setAutoRead(true), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }
  }
}
