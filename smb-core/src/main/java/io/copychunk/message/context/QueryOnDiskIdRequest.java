package io.copychunk.message.context;

import io.copychunk.wire.Octets;
import io.copychunk.wire.WireWriter;

/** SMB2_CREATE_QUERY_ON_DISK_ID (2.2.13.2.9). */
public record QueryOnDiskIdRequest() implements CreateContext {
  private static final Octets NAME = ContextName.octets(ContextName.Q_FID);

  @Override
  public Octets name() {
    return NAME;
  }

  @Override
  public void writeData(WireWriter out) {
    // no data
  }
}
