package io.copychunk.client.internal.transport;

import io.copychunk.client.internal.capture.PcapngFile;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import org.jspecify.annotations.Nullable;

/**
 * Notes every frame in plaintext, directly above the transform: after it was decrypted, and before it
 * is encrypted. Only in the pipeline where that was asked for; writes to the file on the event loop.
 */
public final class CaptureHandler extends ChannelDuplexHandler {
  private final PcapngFile file;
  private final String name;
  private PcapngFile.@Nullable Conversation conversation;

  /**
   * Creates the stage.
   *
   * @param file where frames are noted
   * @param name of the connection
   */
  public CaptureHandler(PcapngFile file, String name) {
    this.file = file;
    this.name = name;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) {
    conversation(ctx).received(((PlainFrame) msg).bytes());
    ctx.fireChannelRead(msg);
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
    conversation(ctx).sent(((EncodedChain) msg).bytes());
    ctx.write(msg, promise);
  }

  @Override
  public void close(ChannelHandlerContext ctx, ChannelPromise promise) {
    end();
    ctx.close(promise);
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    end();
    ctx.fireChannelInactive();
  }

  /** Begins with the first frame, for Netty tells of a connection after those who waited for it. */
  private PcapngFile.Conversation conversation(ChannelHandlerContext ctx) {
    if (conversation == null) {
      conversation = file.open(name, ctx.channel().localAddress(), ctx.channel().remoteAddress());
    }
    return conversation;
  }

  private void end() {
    if (conversation != null) {
      conversation.close();
    }
  }
}
