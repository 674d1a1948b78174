package io.copychunk.message.fsctl;

import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

/**
 * FSCTL_OFFLOAD_WRITE (MS-FSCC 2.3.44): writes what a token stands for.
 *
 * @param fileOffset where it goes, 0 to 2<sup>63</sup>-1
 * @param copyLength bytes, 0 to 2<sup>63</sup>-1
 * @param transferOffset where to begin in what the token stands for, 0 to 2<sup>63</sup>-1
 * @param token from OFFLOAD_READ
 */
public record OffloadWrite(
    long fileOffset, long copyLength, long transferOffset, StorageOffloadToken token)
    implements Fsctl<OffloadWriteOutput> {
  private static final long SIZE = 544;

  /**
   * Reads the input.
   *
   * @param in the input alone
   * @return the input
   */
  public static OffloadWrite readInput(WireReader in) {
    in.skip(8); // Size, Flags
    return new OffloadWrite(
        in.size64("FileOffset"),
        in.size64("CopyLength"),
        in.size64("TransferOffset"),
        StorageOffloadToken.read(in));
  }

  @Override
  public int controlCode() {
    return FsctlCode.OFFLOAD_WRITE;
  }

  @Override
  public void writeInput(WireWriter out) {
    // 0 Size 4 | 4 Flags 4 | 8 FileOffset 8 | 16 CopyLength 8 | 24 TransferOffset 8
    // 32 Token 512
    out.u32(SIZE).u32(0).bits64(fileOffset).bits64(copyLength).bits64(transferOffset);
    token.write(out);
  }

  @Override
  public long maxOutputResponse() {
    return OffloadWriteOutput.SIZE;
  }

  @Override
  public OffloadWriteOutput readOutput(WireReader in) {
    return OffloadWriteOutput.readOutput(in, copyLength);
  }
}
