package io.copychunk.client.internal.transport;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.DecoderException;
import io.netty.util.ReferenceCounted;
import java.util.ArrayList;
import java.util.List;

/** One stage of the pipeline alone in a channel; keeps what comes out and what it fails with. */
final class Stage {
  final EmbeddedChannel channel;
  final List<Throwable> failures = new ArrayList<>();
  final List<Object> inbound = new ArrayList<>();
  private final List<ReferenceCounted> given = new ArrayList<>();

  Stage(ChannelHandler... handlers) {
    channel = new EmbeddedChannel(handlers);
    channel.freezeTime();
    channel.pipeline().addLast(new ChannelInboundHandlerAdapter() {
      @Override
      public void channelRead(ChannelHandlerContext ctx, Object msg) {
        inbound.add(msg);
      }

      @Override
      public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        failures.add(
            cause instanceof DecoderException && cause.getCause() != null
                ? cause.getCause()
                : cause);
      }
    });
  }

  /** Gives a message to the stage, which owns it from now on. */
  Stage receive(Object message) {
    if (message instanceof ReferenceCounted counted) {
      given.add(counted);
    }
    channel.writeInbound(message);
    return this;
  }

  Stage receiveBytes(byte[] bytes) {
    return receive(Unpooled.directBuffer(bytes.length).writeBytes(bytes));
  }

  Stage receiveByteByByte(byte[] bytes) {
    for (byte octet : bytes) {
      receiveBytes(new byte[] {octet});
    }
    return this;
  }

  /** What came out at the top, as arrays; the buffers are released. */
  List<byte[]> frames() {
    List<byte[]> frames = new ArrayList<>();
    for (Object message : inbound) {
      ByteBuf frame = message instanceof PlainFrame plain ? plain.bytes() : (ByteBuf) message;
      frames.add(bytes(frame));
      frame.release();
    }
    inbound.clear();
    return frames;
  }

  /** What came out at the top; the messages are to be released by the caller. */
  List<InboundMessage> messages() {
    List<InboundMessage> messages =
        inbound.stream().map(InboundMessage.class::cast).toList();
    inbound.clear();
    return messages;
  }

  /** Ends the channel; whatever was given to the stage must have been released by now. */
  void finish() {
    channel.finishAndReleaseAll();
    for (ReferenceCounted message : given) {
      if (message.refCnt() != 0) {
        throw new AssertionError("not released: " + message);
      }
    }
  }

  static byte[] bytes(ByteBuf buffer) {
    byte[] bytes = new byte[buffer.readableBytes()];
    buffer.getBytes(buffer.readerIndex(), bytes);
    return bytes;
  }
}
