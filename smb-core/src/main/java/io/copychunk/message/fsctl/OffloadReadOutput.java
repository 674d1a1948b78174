package io.copychunk.message.fsctl;

import io.copychunk.wire.MalformedMessageException;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

/**
 * The output of FSCTL_OFFLOAD_READ (MS-FSCC 2.3.42).
 *
 * @param flags 1 when all behind the range is zero; 32 bits
 * @param transferLength how much the token stands for, in bytes, 0 to what was asked for
 * @param token stands for the data
 */
public record OffloadReadOutput(int flags, long transferLength, StorageOffloadToken token) {
  /** The size of the output in bytes. */
  public static final int SIZE = 528;

  private static final int ALL_ZERO_BEYOND_CURRENT_RANGE = 1;

  /**
   * Reads the output.
   *
   * @param in the output alone
   * @param copyLength what was asked for
   * @return the output
   */
  public static OffloadReadOutput readOutput(WireReader in, long copyLength) {
    in.skip(4); // Size
    int flags = in.bits32();
    long transferLength = in.size64("TransferLength");
    if (transferLength > copyLength) {
      throw new MalformedMessageException(
          "TransferLength: " + transferLength + " (expected: <= " + copyLength + ")");
    }
    return new OffloadReadOutput(flags, transferLength, StorageOffloadToken.read(in));
  }

  /**
   * Writes the output.
   *
   * @param out where it goes
   */
  public void writeOutput(WireWriter out) {
    // 0 Size 4 | 4 Flags 4 | 8 TransferLength 8 | 16 Token 512
    out.u32(SIZE).bits32(flags).bits64(transferLength);
    token.write(out);
  }

  /**
   * Whether all that is behind the range in the file is zero.
   *
   * @return whether the flag is set
   */
  public boolean allZeroBeyond() {
    return (flags & ALL_ZERO_BEYOND_CURRENT_RANGE) != 0;
  }
}
