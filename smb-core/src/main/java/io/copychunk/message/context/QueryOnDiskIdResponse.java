package io.copychunk.message.context;

import io.copychunk.wire.Octets;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

/**
 * SMB2_CREATE_QUERY_ON_DISK_ID (2.2.14.2.9).
 *
 * @param diskFileId names the file on its volume
 * @param volumeId names the volume
 */
public record QueryOnDiskIdResponse(long diskFileId, long volumeId) implements CreateContext {
  private static final Octets NAME = ContextName.octets(ContextName.Q_FID);

  static QueryOnDiskIdResponse read(WireReader in) {
    QueryOnDiskIdResponse response = new QueryOnDiskIdResponse(in.bits64(), in.bits64());
    in.skip(16); // Reserved
    return response;
  }

  @Override
  public Octets name() {
    return NAME;
  }

  @Override
  public void writeData(WireWriter out) {
    // 0 DiskFileId 8 | 8 VolumeId 8 | 16 Reserved 16
    out.bits64(diskFileId).bits64(volumeId).zeros(16);
  }
}
