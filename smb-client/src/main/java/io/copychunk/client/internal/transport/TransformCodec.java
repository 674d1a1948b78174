package io.copychunk.client.internal.transport;

import io.copychunk.client.error.SmbProtocolException;
import io.copychunk.wire.Smb2Header;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.util.ReferenceCountUtil;

/**
 * Stage 2: tells by the ProtocolId what a frame holds (3.2.5.1). Plain SMB2 messages pass; a
 * TRANSFORM_HEADER or COMPRESSION_TRANSFORM_HEADER, neither of which was negotiated, and SMB1 end
 * the connection.
 */
public final class TransformCodec extends ChannelDuplexHandler {
  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) throws SmbProtocolException {
    ByteBuf frame = (ByteBuf) msg;
    int protocolId = frame.getIntLE(frame.readerIndex());
    if (protocolId != Smb2Header.PROTOCOL_ID) {
      ReferenceCountUtil.release(msg);
      throw new SmbProtocolException("ProtocolId: 0x%08x (expected: 0x%08x, plain SMB2)"
          .formatted(protocolId, Smb2Header.PROTOCOL_ID));
    }
    ctx.fireChannelRead(frame.touch("transform"));
  }
}
