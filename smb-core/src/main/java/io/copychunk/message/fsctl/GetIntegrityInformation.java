package io.copychunk.message.fsctl;

import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

/**
 * FSCTL_GET_INTEGRITY_INFORMATION (MS-FSCC 2.3.19): how a file is protected against silent damage. It has no input.
 */
public record GetIntegrityInformation() implements Fsctl<GetIntegrityInformationOutput> {
  /**
   * Reads the input.
   *
   * @param in the input alone
   * @return the input
   */
  public static GetIntegrityInformation readInput(WireReader in) {
    return new GetIntegrityInformation();
  }

  @Override
  public int controlCode() {
    return FsctlCode.GET_INTEGRITY_INFORMATION;
  }

  @Override
  public void writeInput(WireWriter out) {
    // no input

  }

  @Override
  public long maxOutputResponse() {
    return GetIntegrityInformationOutput.SIZE;
  }

  @Override
  public GetIntegrityInformationOutput readOutput(WireReader in) {
    return GetIntegrityInformationOutput.readOutput(in);
  }
}
