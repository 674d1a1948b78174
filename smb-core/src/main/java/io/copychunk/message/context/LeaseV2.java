package io.copychunk.message.context;

import io.copychunk.wire.Guid;
import io.copychunk.wire.Octets;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

/**
 * SMB2_CREATE_REQUEST_LEASE_V2 (2.2.13.2.10) and SMB2_CREATE_RESPONSE_LEASE_V2 (2.2.14.2.11), which
 * are alike.
 *
 * @param key names the lease
 * @param state what may be cached: 1 read, 2 handle and 4 write caching
 * @param flags 4 when the parent key is set; in a response 2 while a break is in progress
 * @param parentKey the lease on the directory
 * @param epoch counts the changes of the state, 0 to 65535
 */
public record LeaseV2(Guid key, int state, int flags, Guid parentKey, int epoch)
    implements CreateContext {
  private static final Octets NAME = ContextName.octets(ContextName.RQ_LS);
  static final int SIZE = 52;

  static LeaseV2 read(WireReader in) {
    Guid key = in.guid();
    int state = in.bits32();
    int flags = in.bits32();
    in.skip(8); // LeaseDuration
    LeaseV2 lease = new LeaseV2(key, state, flags, in.guid(), in.u16());
    in.skip(2); // Reserved
    return lease;
  }

  @Override
  public Octets name() {
    return NAME;
  }

  @Override
  public void writeData(WireWriter out) {
    // 0 LeaseKey 16 | 16 LeaseState 4 | 20 LeaseFlags 4 | 24 LeaseDuration 8
    // 32 ParentLeaseKey 16 | 48 Epoch 2 | 50 Reserved 2
    out.guid(key).bits32(state).bits32(flags).bits64(0);
    out.guid(parentKey).u16(epoch).u16(0);
  }
}
