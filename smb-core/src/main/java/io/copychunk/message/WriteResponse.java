package io.copychunk.message;

import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

/**
 * SMB2 WRITE Response (2.2.22).
 *
 * @param count bytes that were written, 0 to 2<sup>32</sup>-1; may be fewer than were sent
 */
public record WriteResponse(long count) implements Smb2Response {
  static final int STRUCTURE_SIZE = 17;

  /**
   * Reads the body. Whether it is no more than was sent is checked by {@link
   * WriteRequest#readResponse}.
   *
   * @param in stands behind the header
   * @return the response
   */
  public static WriteResponse read(WireReader in) {
    in.structureSize(STRUCTURE_SIZE);
    in.skip(2); // Reserved
    long count = in.u32();
    in.skip(8); // Remaining, WriteChannelInfoOffset, WriteChannelInfoLength
    return new WriteResponse(count);
  }

  @Override
  public void writeBody(WireWriter out) {
    // 0 StructureSize 2 | 2 Reserved 2 | 4 Count 4 | 8 Remaining 4 | 12 WriteChannelInfoOffset 2
    // 14 WriteChannelInfoLength 2
    out.u16(STRUCTURE_SIZE).u16(0).u32(count).u32(0).u16(0).u16(0);
  }
}
