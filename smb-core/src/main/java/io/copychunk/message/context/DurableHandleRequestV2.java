package io.copychunk.message.context;

import io.copychunk.wire.Guid;
import io.copychunk.wire.Octets;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

/**
 * SMB2_CREATE_DURABLE_HANDLE_REQUEST_V2 (2.2.13.2.11).
 *
 * @param timeout milliseconds that the open is to survive, 0 to 2<sup>32</sup>-1; 0 lets the server
 *     choose
 * @param flags 2 when it is to survive a failover too
 * @param createGuid names this CREATE for good
 */
public record DurableHandleRequestV2(long timeout, int flags, Guid createGuid)
    implements CreateContext {
  private static final Octets NAME = ContextName.octets(ContextName.DH2_Q);

  static DurableHandleRequestV2 read(WireReader in) {
    long timeout = in.u32();
    int flags = in.bits32();
    in.skip(8); // Reserved
    return new DurableHandleRequestV2(timeout, flags, in.guid());
  }

  @Override
  public Octets name() {
    return NAME;
  }

  @Override
  public void writeData(WireWriter out) {
    // 0 Timeout 4 | 4 Flags 4 | 8 Reserved 8 | 16 CreateGuid 16
    out.u32(timeout).bits32(flags).bits64(0).guid(createGuid);
  }
}
