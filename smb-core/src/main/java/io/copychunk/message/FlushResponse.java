package io.copychunk.message;

import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

/** SMB2 FLUSH Response (2.2.18). */
public record FlushResponse() implements Smb2Response {
  static final int STRUCTURE_SIZE = 4;

  /**
   * Reads the body.
   *
   * @param in stands behind the header
   * @return the response
   */
  public static FlushResponse read(WireReader in) {
    in.structureSize(STRUCTURE_SIZE);
    in.skip(2); // Reserved
    return new FlushResponse();
  }

  @Override
  public void writeBody(WireWriter out) {
    // 0 StructureSize 2 | 2 Reserved 2
    out.u16(STRUCTURE_SIZE).u16(0);
  }
}
