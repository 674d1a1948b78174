package io.copychunk.client.internal.transport;

import io.copychunk.client.config.WireListener;
import io.copychunk.wire.Smb2Header;
import io.copychunk.wire.WireWriter;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPromise;
import java.util.List;

/**
 * Stage 3, outbound: writes headers and bodies, pads all but the last message to 8 bytes and links
 * them by NextCommand (3.2.4.1.4). It stands before the signature, which covers the padding.
 */
public final class CompoundEncoder extends ChannelOutboundHandlerAdapter {
  private static final int ALIGNMENT = 8;
  private static final int USUAL_MESSAGE = 256;

  private final WireListener listener;

  /**
   * Creates the stage.
   *
   * @param listener is told of every message
   */
  public CompoundEncoder(WireListener listener) {
    this.listener = listener;
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
    OutboundChain chain = (OutboundChain) msg;
    List<OutboundMessage> messages = chain.messages();
    ByteBuf bytes = ctx.alloc().buffer(USUAL_MESSAGE * messages.size());
    int[] ends = new int[messages.size()];
    try {
      for (int i = 0; i < ends.length; i++) {
        ends[i] = encode(messages.get(i), bytes, i == ends.length - 1);
      }
    } catch (RuntimeException e) {
      bytes.release();
      promise.setFailure(e);
      return;
    }
    ctx.write(new EncodedChain(chain, bytes.touch("encoded"), ends), promise);
  }

  private int encode(OutboundMessage message, ByteBuf bytes, boolean last) {
    int start = bytes.writerIndex();
    WireWriter out = WireWriter.appendingTo(bytes);
    message.header().write(out);
    message.body().writeBody(out);
    Smb2Header header = message.header();
    if (!last) {
      out.align(ALIGNMENT);
      header = header.withNextCommand(out.position());
      bytes.setIntLE(start + Smb2Header.NEXT_COMMAND_OFFSET, out.position());
    }
    listener.onMessage(true, header, out.position());
    return bytes.writerIndex();
  }
}
