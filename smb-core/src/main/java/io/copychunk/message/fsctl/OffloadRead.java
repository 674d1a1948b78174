package io.copychunk.message.fsctl;

import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

/**
 * FSCTL_OFFLOAD_READ (MS-FSCC 2.3.41): asks for a token that stands for a range.
 *
 * @param flags none is defined; 32 bits
 * @param tokenTimeToLive how long the token is to be good, in milliseconds, 0 to 2<sup>32</sup>-1; 0 leaves it to the server
 * @param fileOffset where the range starts, 0 to 2<sup>63</sup>-1
 * @param copyLength bytes, 0 to 2<sup>63</sup>-1
 */
public record OffloadRead(int flags, long tokenTimeToLive, long fileOffset, long copyLength)
    implements Fsctl<OffloadReadOutput> {
  private static final long SIZE = 32;

  /**
   * Asks for a token that is good as long as the server likes.
   *
   * @param fileOffset where the range starts
   * @param copyLength bytes
   * @return the input
   */
  public static OffloadRead of(long fileOffset, long copyLength) {
    return new OffloadRead(0, 0, fileOffset, copyLength);
  }

  /**
   * Reads the input.
   *
   * @param in the input alone
   * @return the input
   */
  public static OffloadRead readInput(WireReader in) {
    in.skip(4); // Size
    int flags = in.bits32();
    long tokenTimeToLive = in.u32();
    in.skip(4); // Reserved
    return new OffloadRead(
        flags, tokenTimeToLive, in.size64("FileOffset"), in.size64("CopyLength"));
  }

  @Override
  public int controlCode() {
    return FsctlCode.OFFLOAD_READ;
  }

  @Override
  public void writeInput(WireWriter out) {
    // 0 Size 4 | 4 Flags 4 | 8 TokenTimeToLive 4 | 12 Reserved 4 | 16 FileOffset 8
    // 24 CopyLength 8
    out.u32(SIZE).bits32(flags).u32(tokenTimeToLive).u32(0);
    out.bits64(fileOffset).bits64(copyLength);
  }

  @Override
  public long maxOutputResponse() {
    return OffloadReadOutput.SIZE;
  }

  @Override
  public OffloadReadOutput readOutput(WireReader in) {
    return OffloadReadOutput.readOutput(in, copyLength);
  }
}
