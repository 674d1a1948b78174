package io.copychunk.message;

import io.copychunk.wire.Octets;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

/**
 * SMB2 QUERY_DIRECTORY Response (2.2.34).
 *
 * @param output the entries
 */
public record QueryDirectoryResponse(Octets output) implements Smb2Response {
  static final int STRUCTURE_SIZE = 9;

  /**
   * Reads the body. Whether it is no more than was asked for is checked by {@link
   * QueryDirectoryRequest#readResponse}.
   *
   * @param in stands behind the header
   * @return the response
   */
  public static QueryDirectoryResponse read(WireReader in) {
    in.structureSize(STRUCTURE_SIZE);
    int outputBufferOffset = in.u16();
    long outputBufferLength = in.u32();
    return new QueryDirectoryResponse(
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
