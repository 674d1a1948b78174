package io.copychunk.message.context;

import io.copychunk.wire.Octets;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

/**
 * SMB2_CREATE_QUERY_MAXIMAL_ACCESS_REQUEST (2.2.13.2.5).
 *
 * @param timestamp tell only if the file changed since this FILETIME; 0 to tell always, which is
 *     sent as no data
 */
public record QueryMaximalAccessRequest(long timestamp) implements CreateContext {
  private static final Octets NAME = ContextName.octets(ContextName.MX_AC);

  static QueryMaximalAccessRequest read(WireReader in) {
    return new QueryMaximalAccessRequest(in.remaining() == 0 ? 0 : in.bits64());
  }

  @Override
  public Octets name() {
    return NAME;
  }

  @Override
  public void writeData(WireWriter out) {
    // 0 Timestamp 8, or nothing
    if (timestamp != 0) {
      out.bits64(timestamp);
    }
  }
}
