package io.copychunk.message.context;

import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

/**
 * SMB2_TRANSPORT_CAPABILITIES (2.2.3.1.5).
 *
 * @param flags 1 when the security of the transport is accepted in place of SMB's own
 */
public record TransportCapabilities(int flags) implements NegotiateContext {
  static final int TYPE = 0x0006;

  static TransportCapabilities read(WireReader in) {
    return new TransportCapabilities(in.bits32());
  }

  @Override
  public int type() {
    return TYPE;
  }

  @Override
  public void writeData(WireWriter out) {
    // 0 Flags 4
    out.bits32(flags);
  }
}
