package io.copychunk.message;

import io.copychunk.wire.Command;
import io.copychunk.wire.FileId;
import io.copychunk.wire.MalformedMessageException;
import io.copychunk.wire.PrintableText;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

/**
 * SMB2 QUERY_DIRECTORY Request (2.2.33).
 *
 * @param fileInformationClass the number of the class that entries are to have, 0 to 255
 * @param flags how to go on, as on the wire
 * @param fileIndex where to go on, if the flags say so; 32 bits
 * @param fileId the open of the directory
 * @param searchPattern which names, with the wildcards * and ?, at most 32767 characters
 * @param outputBufferLength the most bytes that may come back, 0 to 2<sup>31</sup>-1
 */
public record QueryDirectoryRequest(
    int fileInformationClass,
    int flags,
    int fileIndex,
    FileId fileId,
    String searchPattern,
    int outputBufferLength)
    implements Smb2Request<QueryDirectoryResponse> {
  /** Flag: from the first entry on. */
  public static final int RESTART_SCANS = 0x1;

  /** Flag: one entry alone. */
  public static final int RETURN_SINGLE_ENTRY = 0x2;

  /** Flag: from FileIndex on. */
  public static final int INDEX_SPECIFIED = 0x4;

  /** Flag: from the first entry on, and with another pattern. */
  public static final int REOPEN = 0x10;

  private static final int STRUCTURE_SIZE = 33;

  /**
   * Reads the body.
   *
   * @param in stands behind the header
   * @return the request
   */
  public static QueryDirectoryRequest read(WireReader in) {
    in.structureSize(STRUCTURE_SIZE);
    int fileInformationClass = in.u8();
    int flags = in.u8();
    int fileIndex = in.bits32();
    FileId fileId = in.fileId();
    int nameOffset = in.u16();
    int nameLength = in.u16();
    long outputBufferLength = in.u32();
    if (outputBufferLength > Integer.MAX_VALUE) {
      throw new MalformedMessageException(
          "OutputBufferLength: " + outputBufferLength + " (expected: < 2^31)");
    }
    return new QueryDirectoryRequest(
        fileInformationClass,
        flags,
        fileIndex,
        fileId,
        in.region(nameOffset, nameLength).utf16(nameLength),
        (int) outputBufferLength);
  }

  @Override
  public Command command() {
    return Command.QUERY_DIRECTORY;
  }

  @Override
  public int payloadSize() {
    return outputBufferLength;
  }

  @Override
  public int responseStructureSize() {
    return QueryDirectoryResponse.STRUCTURE_SIZE;
  }

  @Override
  public void writeBody(WireWriter out) {
    //  0 StructureSize 2 | 2 FileInformationClass 1 | 3 Flags 1 | 4 FileIndex 4 | 8 FileId 16
    // 24 FileNameOffset 2 | 26 FileNameLength 2 | 28 OutputBufferLength 4 | 32 Buffer
    out.u16(STRUCTURE_SIZE).u8(fileInformationClass).u8(flags).bits32(fileIndex).fileId(fileId);
    WireWriter.Slot nameOffset = out.u16Slot();
    WireWriter.Slot nameLength = out.u16Slot();
    out.u32(outputBufferLength);
    out.payload(nameOffset, nameLength, 1, buffer -> buffer.utf16(searchPattern));
  }

  @Override
  public QueryDirectoryResponse readResponse(WireReader in) {
    QueryDirectoryResponse response = QueryDirectoryResponse.read(in);
    if (response.output().size() > outputBufferLength) {
      throw new MalformedMessageException("OutputBufferLength: "
          + response.output().size() + " (expected: <= " + outputBufferLength + ")");
    }
    return response;
  }

  @Override
  public String toString() {
    return "QueryDirectoryRequest[fileInformationClass=%d, fileId=%s, searchPattern=%s]"
        .formatted(fileInformationClass, fileId, PrintableText.of(searchPattern));
  }
}
