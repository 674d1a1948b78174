package io.copychunk.message.context;

import io.copychunk.wire.FileId;
import io.copychunk.wire.Octets;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

/**
 * SMB2_CREATE_DURABLE_HANDLE_RECONNECT (2.2.13.2.4).
 *
 * @param fileId the open that survived
 */
public record DurableHandleReconnect(FileId fileId) implements CreateContext {
  private static final Octets NAME = ContextName.octets(ContextName.DHN_C);

  static DurableHandleReconnect read(WireReader in) {
    return new DurableHandleReconnect(in.fileId());
  }

  @Override
  public Octets name() {
    return NAME;
  }

  @Override
  public void writeData(WireWriter out) {
    // 0 FileId 16
    out.fileId(fileId);
  }
}
