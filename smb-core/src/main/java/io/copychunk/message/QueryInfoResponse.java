package io.copychunk.message;

import io.copychunk.wire.Octets;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

/**
 * SMB2 QUERY_INFO Response (2.2.38).
 *
 * @param output the information
 */
public record QueryInfoResponse(Octets output) implements Smb2Response {
  static final int STRUCTURE_SIZE = 9;

  /**
   * Reads the body. Whether it is no more than was asked for is checked by {@link
   * QueryInfoRequest#readResponse}.
   *
   * @param in stands behind the header
   * @return the response
   */
  public static QueryInfoResponse read(WireReader in) {
    in.structureSize(STRUCTURE_SIZE);
    int outputBufferOffset = in.u16();
    long outputBufferLength = in.u32();
    return new QueryInfoResponse(
        in.region(outputBufferOffset, outputBufferLength).rest());
  }

  @Override
  public void writeBody(WireWriter out) {
    // 0 StructureSize 2 | 2 OutputBufferOffset 2 | 4 OutputBufferLength 4 | 8 Buffer
    out.u16(STRUCTURE_SIZE);
    WireWriter.Slot outputBufferOffset = out.u16Slot();
    WireWriter.Slot outputBufferLength = out.u32Slot();
    out.payload(outputBufferOffset, outputBufferLength, 8, payload -> payload.octets(output));
  }
}
