package io.copychunk.message;

import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

/** SMB2 SET_INFO Response (2.2.40). */
public record SetInfoResponse() implements Smb2Response {
  static final int STRUCTURE_SIZE = 2;

  /**
   * Reads the body.
   *
   * @param in stands behind the header
   * @return the response
   */
  public static SetInfoResponse read(WireReader in) {
    in.structureSize(STRUCTURE_SIZE);
    return new SetInfoResponse();
  }

  @Override
  public void writeBody(WireWriter out) {
    // 0 StructureSize 2
    out.u16(STRUCTURE_SIZE);
  }
}
