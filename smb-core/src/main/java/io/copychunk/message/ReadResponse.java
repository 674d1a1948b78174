package io.copychunk.message;

import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;
import java.nio.ByteBuffer;

/**
 * SMB2 READ Response (2.2.20).
 *
 * @param data what was read, copied out of the message: from position 0 to the limit
 * @param dataRemaining bytes that a pipe's message has left, 0 to 2<sup>32</sup>-1; 0 for files
 */
public record ReadResponse(ByteBuffer data, long dataRemaining) implements Smb2Response {
  static final int STRUCTURE_SIZE = 17;

  /**
   * Reads the body. Whether it is no more than was asked for is checked by {@link
   * ReadRequest#readResponse}.
   *
   * @param in stands behind the header
   * @return the response
   */
  public static ReadResponse read(WireReader in) {
    in.structureSize(STRUCTURE_SIZE);
    int dataOffset = in.u8();
    in.skip(1); // Reserved
    long dataLength = in.u32();
    long dataRemaining = in.u32();
    in.skip(4); // Flags: of compression and RDMA, which are not asked for
    WireReader data = in.region(dataOffset, dataLength);
    return new ReadResponse(data.byteBuffer(data.remaining()), dataRemaining);
  }

  @Override
  public void writeBody(WireWriter out) {
    // 0 StructureSize 2 | 2 DataOffset 1 | 3 Reserved 1 | 4 DataLength 4 | 8 DataRemaining 4
    // 12 Flags 4        | 16 Buffer
    out.u16(STRUCTURE_SIZE);
    WireWriter.Slot dataOffset = out.u8Slot();
    out.u8(0);
    WireWriter.Slot dataLength = out.u32Slot();
    out.u32(dataRemaining).bits32(0);
    out.payload(dataOffset, dataLength, 1, buffer -> buffer.byteBuffer(data));
  }

  /** Tells how much was read, and not what. */
  @Override
  public String toString() {
    return "ReadResponse[data=" + data.remaining() + " bytes, dataRemaining=" + dataRemaining + "]";
  }
}
