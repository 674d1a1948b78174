package io.copychunk.message;

import io.copychunk.wire.Command;
import io.copychunk.wire.FileId;
import io.copychunk.wire.MalformedMessageException;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;
import java.nio.ByteBuffer;

/**
 * SMB2 WRITE Request (2.2.21).
 *
 * @param fileId the open
 * @param offset where to begin, 0 to 2<sup>63</sup>-1
 * @param data what to write, between position and limit, at most the server's MaxWriteSize; not
 *     copied, and not to be changed before the request was answered
 * @param writeThrough whether the data is to be on the disk before the answer (2.1 and later)
 */
public record WriteRequest(FileId fileId, long offset, ByteBuffer data, boolean writeThrough)
    implements Smb2Request<WriteResponse> {
  private static final int STRUCTURE_SIZE = 49;
  private static final int WRITE_THROUGH = 1;

  /** Takes a view of the data. */
  public WriteRequest {
    data = data.asReadOnlyBuffer();
  }

  /**
   * Reads the body.
   *
   * @param in stands behind the header
   * @return the request
   */
  public static WriteRequest read(WireReader in) {
    in.structureSize(STRUCTURE_SIZE);
    int dataOffset = in.u16();
    long length = in.u32();
    long offset = in.bits64();
    FileId fileId = in.fileId();
    in.skip(12); // Channel, RemainingBytes, WriteChannelInfoOffset, WriteChannelInfoLength
    boolean writeThrough = (in.bits32() & WRITE_THROUGH) != 0;
    WireReader data = in.region(dataOffset, length);
    return new WriteRequest(fileId, offset, data.byteBuffer(data.remaining()), writeThrough);
  }

  @Override
  public Command command() {
    return Command.WRITE;
  }

  @Override
  public int payloadSize() {
    return data.remaining();
  }

  @Override
  public int responseStructureSize() {
    return WriteResponse.STRUCTURE_SIZE;
  }

  @Override
  public void writeBody(WireWriter out) {
    //  0 StructureSize 2 | 2 DataOffset 2 | 4 Length 4 | 8 Offset 8 | 16 FileId 16
    // 32 Channel 4       | 36 RemainingBytes 4         | 40 WriteChannelInfoOffset 2
    // 42 WriteChannelInfoLength 2        | 44 Flags 4  | 48 Buffer
    out.u16(STRUCTURE_SIZE);
    WireWriter.Slot dataOffset = out.u16Slot();
    WireWriter.Slot length = out.u32Slot();
    out.bits64(offset).fileId(fileId).bits32(0).u32(0).u16(0).u16(0);
    out.bits32(writeThrough ? WRITE_THROUGH : 0);
    out.set(dataOffset, out.position()); // also for no data at all: servers check it
    out.payload(dataOffset, length, 1, buffer -> buffer.byteBuffer(data));
  }

  @Override
  public WriteResponse readResponse(WireReader in) {
    WriteResponse response = WriteResponse.read(in);
    if (response.count() > data.remaining()) {
      throw new MalformedMessageException(
          "Count: " + response.count() + " (expected: <= " + data.remaining() + ")");
    }
    return response;
  }

  /** Tells how much is written, and not what. */
  @Override
  public String toString() {
    return "WriteRequest[fileId=%s, offset=%d, data=%d bytes, writeThrough=%s]"
        .formatted(fileId, offset, data.remaining(), writeThrough);
  }
}
