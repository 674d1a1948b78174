package io.copychunk.message.fsctl;

import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

/**
 * FSCTL_SET_INTEGRITY_INFORMATION (MS-FSCC 2.3.73): how a file is to be protected against silent damage.
 *
 * @param checksumAlgorithm 0 none, 1 CRC32, 2 CRC64, 0xFFFF as it is; 16 bits
 * @param flags 1 when damage is not to be an error; 32 bits
 */
public record SetIntegrityInformation(int checksumAlgorithm, int flags) implements Fsctl<NoOutput> {
  /**
   * Reads the input.
   *
   * @param in the input alone
   * @return the input
   */
  public static SetIntegrityInformation readInput(WireReader in) {
    int checksumAlgorithm = in.u16();
    in.skip(2); // Reserved
    return new SetIntegrityInformation(checksumAlgorithm, in.bits32());
  }

  @Override
  public int controlCode() {
    return FsctlCode.SET_INTEGRITY_INFORMATION;
  }

  @Override
  public void writeInput(WireWriter out) {
    // 0 ChecksumAlgorithm 2 | 2 Reserved 2 | 4 Flags 4
    out.u16(checksumAlgorithm).u16(0).bits32(flags);
  }

  @Override
  public long maxOutputResponse() {
    return 0;
  }

  @Override
  public NoOutput readOutput(WireReader in) {
    return NoOutput.read(in);
  }
}
