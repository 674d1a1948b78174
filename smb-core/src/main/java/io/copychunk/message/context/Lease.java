package io.copychunk.message.context;

import io.copychunk.wire.Guid;
import io.copychunk.wire.Octets;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

/**
 * SMB2_CREATE_REQUEST_LEASE (2.2.13.2.8) and SMB2_CREATE_RESPONSE_LEASE (2.2.14.2.10), which are
 * alike.
 *
 * @param key names the lease
 * @param state what may be cached: 1 read, 2 handle and 4 write caching
 * @param flags in a response 2 while a break is in progress
 */
public record Lease(Guid key, int state, int flags) implements CreateContext {
  private static final Octets NAME = ContextName.octets(ContextName.RQ_LS);

  static Lease read(WireReader in) {
    Lease lease = new Lease(in.guid(), in.bits32(), in.bits32());
    in.skip(8); // LeaseDuration
    return lease;
  }

  @Override
  public Octets name() {
    return NAME;
  }

  @Override
  public void writeData(WireWriter out) {
    // 0 LeaseKey 16 | 16 LeaseState 4 | 20 LeaseFlags 4 | 24 LeaseDuration 8
    out.guid(key).bits32(state).bits32(flags).bits64(0);
  }
}
