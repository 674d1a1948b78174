package io.copychunk.fscc;

import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

/**
 * FileDispositionInformation (MS-FSCC 2.4.11).
 *
 * @param deletePending whether the file is deleted with its last close
 */
public record FileDispositionInformation(boolean deletePending) implements SettableInformation {
  private static final int CODE = 13;

  /**
   * Reads the information.
   *
   * @param in the information alone
   * @return the information
   */
  public static FileDispositionInformation read(WireReader in) {
    return new FileDispositionInformation(in.u8() != 0);
  }

  @Override
  public int code() {
    return CODE;
  }

  @Override
  public void write(WireWriter out) {
    // 0 DeletePending 1
    out.u8(deletePending ? 1 : 0);
  }
}
