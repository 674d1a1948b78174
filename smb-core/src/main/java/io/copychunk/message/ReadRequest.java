package io.copychunk.message;

import io.copychunk.wire.Command;
import io.copychunk.wire.FileId;
import io.copychunk.wire.MalformedMessageException;
import io.copychunk.wire.NtStatus;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

/**
 * SMB2 READ Request (2.2.19).
 *
 * @param fileId the open
 * @param offset where to begin, 0 to 2<sup>63</sup>-1
 * @param length the most bytes that may come back, 0 to the server's MaxReadSize
 * @param minimumCount fewer bytes than that are a failure, 0 to 2<sup>32</sup>-1
 */
public record ReadRequest(FileId fileId, long offset, int length, long minimumCount)
    implements Smb2Request<ReadResponse> {
  private static final int STRUCTURE_SIZE = 49;

  /** Where the data of the response shall stand: right behind header and fixed part. */
  private static final int DATA_OFFSET = 0x50;

  /** Checks the length. */
  public ReadRequest {
    if (length < 0) {
      throw new IllegalArgumentException("length: " + length + " (expected: >= 0)");
    }
  }

  /**
   * Reads the body.
   *
   * @param in stands behind the header
   * @return the request
   */
  public static ReadRequest read(WireReader in) {
    in.structureSize(STRUCTURE_SIZE);
    in.skip(2); // Padding, Flags
    long length = in.u32();
    if (length > Integer.MAX_VALUE) {
      throw new MalformedMessageException("Length: " + length + " (expected: < 2^31)");
    }
    long offset = in.bits64();
    FileId fileId = in.fileId();
    long minimumCount = in.u32();
    in.skip(13); // Channel, RemainingBytes, ReadChannelInfoOffset and Length, one byte of Buffer
    return new ReadRequest(fileId, offset, (int) length, minimumCount);
  }

  @Override
  public Command command() {
    return Command.READ;
  }

  @Override
  public int payloadSize() {
    return length;
  }

  @Override
  public int responseStructureSize() {
    return ReadResponse.STRUCTURE_SIZE;
  }

  /** BUFFER_OVERFLOW tells that a message of a pipe was cut. */
  @Override
  public boolean accepts(NtStatus status) {
    return status.equals(NtStatus.BUFFER_OVERFLOW);
  }

  @Override
  public void writeBody(WireWriter out) {
    //  0 StructureSize 2 | 2 Padding 1      | 3 Flags 1 | 4 Length 4 | 8 Offset 8 | 16 FileId 16
    // 32 MinimumCount 4  | 36 Channel 4     | 40 RemainingBytes 4
    // 44 ReadChannelInfoOffset 2 | 46 ReadChannelInfoLength 2 | 48 Buffer, at least 1 byte
    out.u16(STRUCTURE_SIZE).u8(DATA_OFFSET).u8(0).u32(length).bits64(offset).fileId(fileId);
    out.u32(minimumCount).bits32(0).u32(0).u16(0).u16(0).u8(0);
  }

  @Override
  public ReadResponse readResponse(WireReader in) {
    ReadResponse response = ReadResponse.read(in);
    if (response.data().remaining() > length) {
      throw new MalformedMessageException(
          "DataLength: " + response.data().remaining() + " (expected: <= " + length + ")");
    }
    return response;
  }
}
