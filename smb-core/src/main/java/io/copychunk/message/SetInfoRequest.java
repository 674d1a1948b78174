package io.copychunk.message;

import io.copychunk.fscc.InfoType;
import io.copychunk.fscc.SettableInformation;
import io.copychunk.wire.Command;
import io.copychunk.wire.FileId;
import io.copychunk.wire.Octets;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

/**
 * SMB2 SET_INFO Request (2.2.39).
 *
 * @param infoType what is set
 * @param fileInfoClass the number of the class, 0 to 255
 * @param additionalInformation which parts of a security descriptor; else 0
 * @param fileId the open
 * @param buffer the information
 */
public record SetInfoRequest(
    InfoType infoType, int fileInfoClass, int additionalInformation, FileId fileId, Octets buffer)
    implements Smb2Request<SetInfoResponse> {
  private static final int STRUCTURE_SIZE = 33;

  /**
   * The request that carries an information.
   *
   * @param fileId the open
   * @param information what to set
   * @return the request
   */
  public static SetInfoRequest of(FileId fileId, SettableInformation information) {
    return new SetInfoRequest(
        information.infoType(),
        information.code(),
        information.additionalInformation(),
        fileId,
        Octets.copyOf(WireWriter.toBytes(information::write)));
  }

  /**
   * Reads the body.
   *
   * @param in stands behind the header
   * @return the request
   */
  public static SetInfoRequest read(WireReader in) {
    in.structureSize(STRUCTURE_SIZE);
    InfoType infoType = InfoType.of(in.u8());
    int fileInfoClass = in.u8();
    long bufferLength = in.u32();
    int bufferOffset = in.u16();
    in.skip(2); // Reserved
    int additionalInformation = in.bits32();
    FileId fileId = in.fileId();
    return new SetInfoRequest(
        infoType,
        fileInfoClass,
        additionalInformation,
        fileId,
        in.region(bufferOffset, bufferLength).rest());
  }

  @Override
  public Command command() {
    return Command.SET_INFO;
  }

  @Override
  public int payloadSize() {
    return buffer.size();
  }

  @Override
  public int responseStructureSize() {
    return SetInfoResponse.STRUCTURE_SIZE;
  }

  @Override
  public void writeBody(WireWriter out) {
    //  0 StructureSize 2 | 2 InfoType 1 | 3 FileInfoClass 1 | 4 BufferLength 4 | 8 BufferOffset 2
    // 10 Reserved 2      | 12 AdditionalInformation 4       | 16 FileId 16     | 32 Buffer
    out.u16(STRUCTURE_SIZE).u8(infoType.code()).u8(fileInfoClass);
    WireWriter.Slot bufferLength = out.u32Slot();
    WireWriter.Slot bufferOffset = out.u16Slot();
    out.u16(0).bits32(additionalInformation).fileId(fileId);
    out.payload(bufferOffset, bufferLength, 8, payload -> payload.octets(buffer));
  }

  @Override
  public SetInfoResponse readResponse(WireReader in) {
    return SetInfoResponse.read(in);
  }
}
