package io.copychunk.message.fsctl;

import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

/**
 * The output of FSCTL_GET_INTEGRITY_INFORMATION (MS-FSCC 2.3.20).
 *
 * @param checksumAlgorithm 0 none, 1 CRC32, 2 CRC64; 16 bits
 * @param flags 1 when damage is no error; 32 bits
 * @param checksumChunkSize bytes that one checksum is about, 0 to 2<sup>32</sup>-1
 * @param clusterSize bytes of an allocation unit, 0 to 2<sup>32</sup>-1
 */
public record GetIntegrityInformationOutput(
    int checksumAlgorithm, int flags, long checksumChunkSize, long clusterSize) {
  /** The size of the output in bytes. */
  public static final int SIZE = 16;

  /**
   * Reads the output.
   *
   * @param in the output alone
   * @return the output
   */
  public static GetIntegrityInformationOutput readOutput(WireReader in) {
    int checksumAlgorithm = in.u16();
    in.skip(2); // Reserved
    return new GetIntegrityInformationOutput(checksumAlgorithm, in.bits32(), in.u32(), in.u32());
  }

  /**
   * Writes the output.
   *
   * @param out where it goes
   */
  public void writeOutput(WireWriter out) {
    // 0 ChecksumAlgorithm 2 | 2 Reserved 2 | 4 Flags 4 | 8 ChecksumChunkSize 4 | 12 ClusterSize 4
    out.u16(checksumAlgorithm).u16(0).bits32(flags).u32(checksumChunkSize).u32(clusterSize);
  }
}
