package io.copychunk.fscc;

import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

/**
 * FileAllocationInformation (MS-FSCC 2.4.4).
 *
 * @param allocationSize bytes to be kept for the file, 0 to 2<sup>63</sup>-1; fewer than its size cut it
 */
public record FileAllocationInformation(long allocationSize) implements SettableInformation {
  private static final int CODE = 19;

  /**
   * Reads the information.
   *
   * @param in the information alone
   * @return the information
   */
  public static FileAllocationInformation read(WireReader in) {
    return new FileAllocationInformation(in.size64("AllocationSize"));
  }

  @Override
  public int code() {
    return CODE;
  }

  @Override
  public void write(WireWriter out) {
    // 0 AllocationSize 8
    out.bits64(allocationSize);
  }
}
