package io.copychunk.message.context;

import io.copychunk.wire.Octets;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

/**
 * SMB2_CREATE_DURABLE_HANDLE_RESPONSE_V2 (2.2.14.2.12).
 *
 * @param timeout milliseconds that the open survives a disconnect, 0 to 2<sup>32</sup>-1
 * @param flags 2 when it survives a failover too
 */
public record DurableHandleResponseV2(long timeout, int flags) implements CreateContext {
  private static final Octets NAME = ContextName.octets(ContextName.DH2_Q);

  static DurableHandleResponseV2 read(WireReader in) {
    return new DurableHandleResponseV2(in.u32(), in.bits32());
  }

  @Override
  public Octets name() {
    return NAME;
  }

  @Override
  public void writeData(WireWriter out) {
    // 0 Timeout 4 | 4 Flags 4
    out.u32(timeout).bits32(flags);
  }
}
