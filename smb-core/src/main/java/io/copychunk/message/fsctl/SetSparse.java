package io.copychunk.message.fsctl;

import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

/**
 * FSCTL_SET_SPARSE (MS-FSCC 2.3.69): lets a file have holes, or not any more.
 *
 * @param setSparse whether it may
 */
public record SetSparse(boolean setSparse) implements Fsctl<NoOutput> {
  /**
   * Reads the input.
   *
   * @param in the input alone
   * @return the input
   */
  public static SetSparse readInput(WireReader in) {
    return new SetSparse(in.remaining() == 0 || in.u8() != 0); // without an input it may
  }

  @Override
  public int controlCode() {
    return FsctlCode.SET_SPARSE;
  }

  @Override
  public void writeInput(WireWriter out) {
    // 0 SetSparse 1
    out.u8(setSparse ? 1 : 0);
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
