package io.copychunk.client.internal.transport;

import io.copychunk.wire.Smb2Header;
import io.netty.buffer.ByteBuf;

/**
 * One message that came in.
 *
 * @param header its header
 * @param bytes the whole message from its header on, with its padding; owned by this
 * @param protection what was checked and is right: {@link Protection#SIGNED} a signature of its
 *     session, {@link Protection#ENCRYPTED} the tag of the frame that it came in
 */
public record InboundMessage(Smb2Header header, ByteBuf bytes, Protection protection)
    implements HoldsBytes {
  InboundMessage asSigned() {
    return new InboundMessage(header, bytes, Protection.SIGNED);
  }
}
