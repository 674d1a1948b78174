package io.copychunk.message;

import io.copychunk.message.fsctl.Fsctl;
import io.copychunk.message.fsctl.FsctlCode;
import io.copychunk.wire.Command;
import io.copychunk.wire.FileId;
import io.copychunk.wire.MalformedMessageException;
import io.copychunk.wire.NtStatus;
import io.copychunk.wire.Octets;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

/**
 * SMB2 IOCTL Request (2.2.31).
 *
 * @param controlCode what is asked for, see {@link FsctlCode}
 * @param fileId the open, or {@link FileId#PREVIOUS}
 * @param input what the control code needs
 * @param maxInputResponse bytes of input that the response may carry, 0 to 2<sup>32</sup>-1
 * @param maxOutputResponse bytes of output that the response may carry, 0 to 2<sup>32</sup>-1
 * @param fsctl whether it is an FSCTL; servers refuse anything else
 */
public record IoctlRequest(
    int controlCode,
    FileId fileId,
    Octets input,
    long maxInputResponse,
    long maxOutputResponse,
    boolean fsctl)
    implements Smb2Request<IoctlResponse> {
  private static final int STRUCTURE_SIZE = 57;
  private static final int IS_FSCTL = 1;

  /** Checks that the sizes fit into 32 bits. */
  public IoctlRequest {
    checkU32("maxInputResponse", maxInputResponse);
    checkU32("maxOutputResponse", maxOutputResponse);
  }

  /**
   * The request that carries an FSCTL.
   *
   * @param fileId the open, or {@link FileId#PREVIOUS}
   * @param fsctl what is asked for; it reads the output of the response
   * @return the request
   */
  public static IoctlRequest of(FileId fileId, Fsctl<?> fsctl) {
    Octets input = Octets.copyOf(WireWriter.toBytes(fsctl::writeInput));
    return new IoctlRequest(fsctl.controlCode(), fileId, input, 0, fsctl.maxOutputResponse(), true);
  }

  /**
   * Reads the body.
   *
   * @param in stands behind the header
   * @return the request
   */
  public static IoctlRequest read(WireReader in) {
    in.structureSize(STRUCTURE_SIZE);
    in.skip(2); // Reserved
    int controlCode = in.bits32();
    FileId fileId = in.fileId();
    long inputOffset = in.u32();
    long inputCount = in.u32();
    long maxInputResponse = in.u32();
    in.skip(8); // OutputOffset, OutputCount: no control code sends output
    long maxOutputResponse = in.u32();
    boolean fsctl = (in.bits32() & IS_FSCTL) != 0;
    in.skip(4); // Reserved2
    Octets input = in.region(inputOffset, inputCount).rest();
    return new IoctlRequest(controlCode, fileId, input, maxInputResponse, maxOutputResponse, fsctl);
  }

  @Override
  public Command command() {
    return Command.IOCTL;
  }

  @Override
  public int payloadSize() {
    long response = maxInputResponse + maxOutputResponse;
    return (int) Math.min(Integer.MAX_VALUE, Math.max(input.size(), response));
  }

  @Override
  public int responseStructureSize() {
    return IoctlResponse.STRUCTURE_SIZE;
  }

  /** Any: servers answer a COPYCHUNK with its own body under various failing statuses. */
  @Override
  public boolean accepts(NtStatus status) {
    return true;
  }

  @Override
  public void writeBody(WireWriter out) {
    //  0 StructureSize 2 | 2 Reserved 2      | 4 CtlCode 4       | 8 FileId 16
    // 24 InputOffset 4   | 28 InputCount 4   | 32 MaxInputResponse 4
    // 36 OutputOffset 4  | 40 OutputCount 4  | 44 MaxOutputResponse 4
    // 48 Flags 4         | 52 Reserved2 4    | 56 Buffer
    out.u16(STRUCTURE_SIZE).u16(0).bits32(controlCode).fileId(fileId);
    WireWriter.Slot inputOffset = out.u32Slot();
    WireWriter.Slot inputCount = out.u32Slot();
    out.u32(maxInputResponse);
    out.u32(0).u32(0); // Samba refuses an OutputOffset into the fixed part even without output
    out.u32(maxOutputResponse).bits32(fsctl ? IS_FSCTL : 0).bits32(0);
    out.payload(inputOffset, inputCount, 8, buffer -> buffer.octets(input));
  }

  @Override
  public IoctlResponse readResponse(WireReader in) {
    IoctlResponse response = IoctlResponse.read(in);
    if (response.controlCode() != controlCode) {
      throw new MalformedMessageException(
          "CtlCode: 0x%08x (expected: 0x%08x)".formatted(response.controlCode(), controlCode));
    }
    if (!fileId.equals(FileId.PREVIOUS) && !response.fileId().equals(fileId)) {
      throw new MalformedMessageException(
          "FileId: " + response.fileId() + " (expected: " + fileId + ")");
    }
    if (response.output().size() > maxOutputResponse) {
      throw new MalformedMessageException(
          "OutputCount: " + response.output().size() + " (expected: <= " + maxOutputResponse + ")");
    }
    return response;
  }

  @Override
  public String toString() {
    return "IoctlRequest[controlCode=%s, fileId=%s, input=%s, maxOutputResponse=%d]"
        .formatted(FsctlCode.name(controlCode), fileId, input, maxOutputResponse);
  }

  private static void checkU32(String name, long value) {
    if (value >>> 32 != 0) {
      throw new IllegalArgumentException(name + ": " + value + " (expected: 0..4294967295)");
    }
  }
}
