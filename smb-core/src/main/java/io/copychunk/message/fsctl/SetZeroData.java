package io.copychunk.message.fsctl;

import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

/**
 * FSCTL_SET_ZERO_DATA (MS-FSCC 2.3.71): makes a range zero, and a hole where there may be one.
 *
 * @param fileOffset where the range starts, 0 to 2<sup>63</sup>-1
 * @param beyondFinalZero the offset of the first byte behind it, 0 to 2<sup>63</sup>-1
 */
public record SetZeroData(long fileOffset, long beyondFinalZero) implements Fsctl<NoOutput> {
  /**
   * Reads the input.
   *
   * @param in the input alone
   * @return the input
   */
  public static SetZeroData readInput(WireReader in) {
    return new SetZeroData(in.size64("FileOffset"), in.size64("BeyondFinalZero"));
  }

  @Override
  public int controlCode() {
    return FsctlCode.SET_ZERO_DATA;
  }

  @Override
  public void writeInput(WireWriter out) {
    // 0 FileOffset 8 | 8 BeyondFinalZero 8
    out.bits64(fileOffset).bits64(beyondFinalZero);
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
