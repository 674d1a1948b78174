package io.copychunk.client.internal.transport;

import io.copychunk.wire.Smb2Header;
import io.netty.buffer.ByteBuf;
import io.netty.util.ReferenceCounted;

/**
 * One message that came in.
 *
 * @param header its header
 * @param bytes the whole message from its header on, with its padding; owned by this
 * @param protection what was checked and is right: {@link Protection#SIGNED} a signature of its
 *     session, {@link Protection#ENCRYPTED} the tag of the frame that it came in
 */
public record InboundMessage(Smb2Header header, ByteBuf bytes, Protection protection)
    implements ReferenceCounted {
  InboundMessage asSigned() {
    return new InboundMessage(header, bytes, Protection.SIGNED);
  }

  @Override
  public int refCnt() {
    return bytes.refCnt();
  }

  @Override
  public InboundMessage retain() {
    bytes.retain();
    return this;
  }

  @Override
  public InboundMessage retain(int increment) {
    bytes.retain(increment);
    return this;
  }

  @Override
  public InboundMessage touch() {
    bytes.touch();
    return this;
  }

  @Override
  public InboundMessage touch(Object hint) {
    bytes.touch(hint);
    return this;
  }

  @Override
  public boolean release() {
    return bytes.release();
  }

  @Override
  public boolean release(int decrement) {
    return bytes.release(decrement);
  }
}
