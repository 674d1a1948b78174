package io.copychunk.message.context;

import io.copychunk.wire.Octets;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

/**
 * SMB2_CREATE_TIMEWARP_TOKEN (2.2.13.2.7): open the file as it was in a snapshot.
 *
 * @param timestamp when the snapshot was taken, a FILETIME
 */
public record TimewarpToken(long timestamp) implements CreateContext {
  private static final Octets NAME = ContextName.octets(ContextName.T_WRP);

  static TimewarpToken read(WireReader in) {
    return new TimewarpToken(in.bits64());
  }

  @Override
  public Octets name() {
    return NAME;
  }

  @Override
  public void writeData(WireWriter out) {
    // 0 Timestamp 8
    out.bits64(timestamp);
  }
}
