package io.copychunk.message.context;

import io.copychunk.wire.FileId;
import io.copychunk.wire.Guid;
import io.copychunk.wire.Octets;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

/**
 * SMB2_CREATE_DURABLE_HANDLE_RECONNECT_V2 (2.2.13.2.12).
 *
 * @param fileId the open that survived
 * @param createGuid names the CREATE that made it
 * @param flags 2 when it was to survive a failover
 */
public record DurableHandleReconnectV2(FileId fileId, Guid createGuid, int flags)
    implements CreateContext {
  private static final Octets NAME = ContextName.octets(ContextName.DH2_C);

  static DurableHandleReconnectV2 read(WireReader in) {
    return new DurableHandleReconnectV2(in.fileId(), in.guid(), in.bits32());
  }

  @Override
  public Octets name() {
    return NAME;
  }

  @Override
  public void writeData(WireWriter out) {
    // 0 FileId 16 | 16 CreateGuid 16 | 32 Flags 4
    out.fileId(fileId).guid(createGuid).bits32(flags);
  }
}
