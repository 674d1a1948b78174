package io.copychunk.fscc;

import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

/**
 * FileEndOfFileInformation (MS-FSCC 2.4.14).
 *
 * @param endOfFile the new size in bytes, 0 to 2<sup>63</sup>-1
 */
public record FileEndOfFileInformation(long endOfFile) implements SettableInformation {
  private static final int CODE = 20;

  /**
   * Reads the information.
   *
   * @param in the information alone
   * @return the information
   */
  public static FileEndOfFileInformation read(WireReader in) {
    return new FileEndOfFileInformation(in.size64("EndOfFile"));
  }

  @Override
  public int code() {
    return CODE;
  }

  @Override
  public void write(WireWriter out) {
    // 0 EndOfFile 8
    out.bits64(endOfFile);
  }
}
