package io.copychunk.message.context;

import io.copychunk.wire.Guid;
import io.copychunk.wire.Octets;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

/**
 * SMB2_CREATE_APP_INSTANCE_ID (2.2.13.2.13).
 *
 * @param appInstanceId names the application, so that it can take over its opens after a failover
 */
public record AppInstanceId(Guid appInstanceId) implements CreateContext {
  private static final Octets NAME = ContextName.octets(ContextName.APP_INSTANCE_ID);
  private static final int STRUCTURE_SIZE = 20;

  static AppInstanceId read(WireReader in) {
    in.structureSize(STRUCTURE_SIZE);
    in.skip(2); // Reserved
    return new AppInstanceId(in.guid());
  }

  @Override
  public Octets name() {
    return NAME;
  }

  @Override
  public void writeData(WireWriter out) {
    // 0 StructureSize 2 | 2 Reserved 2 | 4 AppInstanceId 16
    out.u16(STRUCTURE_SIZE).u16(0).guid(appInstanceId);
  }
}
