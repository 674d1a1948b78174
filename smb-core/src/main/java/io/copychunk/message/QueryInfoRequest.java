package io.copychunk.message;

import io.copychunk.fscc.InfoType;
import io.copychunk.fscc.InformationClass;
import io.copychunk.wire.Command;
import io.copychunk.wire.FileId;
import io.copychunk.wire.MalformedMessageException;
import io.copychunk.wire.NtStatus;
import io.copychunk.wire.Octets;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

/**
 * SMB2 QUERY_INFO Request (2.2.37).
 *
 * @param infoType what is asked about
 * @param fileInfoClass the number of the class, 0 to 255
 * @param outputBufferLength the most bytes that may come back, 0 to 2<sup>31</sup>-1
 * @param additionalInformation which parts of a security descriptor; else 0
 * @param flags of queries for extended attributes; 32 bits
 * @param fileId the open, or {@link FileId#PREVIOUS}
 * @param input of queries for quotas and extended attributes; mostly empty
 */
public record QueryInfoRequest(
    InfoType infoType,
    int fileInfoClass,
    int outputBufferLength,
    int additionalInformation,
    int flags,
    FileId fileId,
    Octets input)
    implements Smb2Request<QueryInfoResponse> {
  private static final int STRUCTURE_SIZE = 41;

  /**
   * The request for an information.
   *
   * @param fileId the open, or {@link FileId#PREVIOUS}
   * @param what is asked for
   * @param outputBufferLength the most bytes that may come back
   * @return the request
   */
  public static QueryInfoRequest of(
      FileId fileId, InformationClass<?> what, int outputBufferLength) {
    return new QueryInfoRequest(
        what.infoType(),
        what.code(),
        outputBufferLength,
        what.additionalInformation(),
        0,
        fileId,
        Octets.EMPTY);
  }

  /**
   * Reads the body.
   *
   * @param in stands behind the header
   * @return the request
   */
  public static QueryInfoRequest read(WireReader in) {
    in.structureSize(STRUCTURE_SIZE);
    InfoType infoType = InfoType.of(in.u8());
    int fileInfoClass = in.u8();
    long outputBufferLength = in.u32();
    if (outputBufferLength > Integer.MAX_VALUE) {
      throw new MalformedMessageException(
          "OutputBufferLength: " + outputBufferLength + " (expected: < 2^31)");
    }
    int inputBufferOffset = in.u16();
    in.skip(2); // Reserved
    long inputBufferLength = in.u32();
    int additionalInformation = in.bits32();
    int flags = in.bits32();
    FileId fileId = in.fileId();
    return new QueryInfoRequest(
        infoType,
        fileInfoClass,
        (int) outputBufferLength,
        additionalInformation,
        flags,
        fileId,
        in.region(inputBufferOffset, inputBufferLength).rest());
  }

  @Override
  public Command command() {
    return Command.QUERY_INFO;
  }

  @Override
  public int payloadSize() {
    return Math.max(input.size(), outputBufferLength);
  }

  @Override
  public int responseStructureSize() {
    return QueryInfoResponse.STRUCTURE_SIZE;
  }

  /** BUFFER_OVERFLOW tells that the information was cut. */
  @Override
  public boolean accepts(NtStatus status) {
    return status.equals(NtStatus.BUFFER_OVERFLOW);
  }

  @Override
  public void writeBody(WireWriter out) {
    //  0 StructureSize 2 | 2 InfoType 1 | 3 FileInfoClass 1 | 4 OutputBufferLength 4
    //  8 InputBufferOffset 2 | 10 Reserved 2 | 12 InputBufferLength 4
    // 16 AdditionalInformation 4 | 20 Flags 4 | 24 FileId 16 | 40 Buffer
    out.u16(STRUCTURE_SIZE).u8(infoType.code()).u8(fileInfoClass).u32(outputBufferLength);
    WireWriter.Slot inputBufferOffset = out.u16Slot();
    out.u16(0);
    WireWriter.Slot inputBufferLength = out.u32Slot();
    out.bits32(additionalInformation).bits32(flags).fileId(fileId);
    out.payload(inputBufferOffset, inputBufferLength, 8, payload -> payload.octets(input));
  }

  @Override
  public QueryInfoResponse readResponse(WireReader in) {
    QueryInfoResponse response = QueryInfoResponse.read(in);
    if (response.output().size() > outputBufferLength) {
      throw new MalformedMessageException("OutputBufferLength: "
          + response.output().size() + " (expected: <= " + outputBufferLength + ")");
    }
    return response;
  }
}
