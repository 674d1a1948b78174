package io.copychunk.message;

import io.copychunk.message.fsctl.FsctlCode;
import io.copychunk.wire.FileId;
import io.copychunk.wire.Octets;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

/**
 * SMB2 IOCTL Response (2.2.32).
 *
 * @param controlCode what was asked for, see {@link FsctlCode}
 * @param fileId the open
 * @param flags without meaning
 * @param input usually empty; some old servers send back the input of the request
 * @param output the answer
 */
public record IoctlResponse(int controlCode, FileId fileId, int flags, Octets input, Octets output)
    implements Smb2Response {
  static final int STRUCTURE_SIZE = 49;

  /**
   * Reads the body. Whether it answers the request is checked by {@link IoctlRequest#readResponse}.
   *
   * @param in stands behind the header
   * @return the response
   */
  public static IoctlResponse read(WireReader in) {
    in.structureSize(STRUCTURE_SIZE);
    in.skip(2); // Reserved
    int controlCode = in.bits32();
    FileId fileId = in.fileId();
    long inputOffset = in.u32();
    long inputCount = in.u32();
    long outputOffset = in.u32();
    long outputCount = in.u32();
    int flags = in.bits32();
    in.skip(4); // Reserved2
    Octets input = in.region(inputOffset, inputCount).rest();
    Octets output = in.region(outputOffset, outputCount).rest();
    return new IoctlResponse(controlCode, fileId, flags, input, output);
  }

  @Override
  public void writeBody(WireWriter out) {
    //  0 StructureSize 2 | 2 Reserved 2     | 4 CtlCode 4      | 8 FileId 16
    // 24 InputOffset 4   | 28 InputCount 4  | 32 OutputOffset 4 | 36 OutputCount 4
    // 40 Flags 4         | 44 Reserved2 4   | 48 Buffer
    out.u16(STRUCTURE_SIZE).u16(0).bits32(controlCode).fileId(fileId);
    WireWriter.Slot inputOffset = out.u32Slot();
    WireWriter.Slot inputCount = out.u32Slot();
    WireWriter.Slot outputOffset = out.u32Slot();
    WireWriter.Slot outputCount = out.u32Slot();
    out.bits32(flags).bits32(0);
    out.set(inputOffset, out.position()); // servers name an offset also for what is empty
    out.payload(inputOffset, inputCount, 8, buffer -> buffer.octets(input));
    out.set(outputOffset, out.position());
    out.payload(outputOffset, outputCount, 8, buffer -> buffer.octets(output));
  }

  @Override
  public String toString() {
    return "IoctlResponse[controlCode=%s, fileId=%s, input=%s, output=%s]"
        .formatted(FsctlCode.name(controlCode), fileId, input, output);
  }
}
