package io.copychunk.message.fsctl;

import io.copychunk.wire.MalformedMessageException;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

/**
 * The output of FSCTL_OFFLOAD_WRITE (MS-FSCC 2.3.45).
 *
 * @param flags none is defined; 32 bits
 * @param lengthWritten bytes that were written, 0 to what was asked for
 */
public record OffloadWriteOutput(int flags, long lengthWritten) {
  /** The size of the output in bytes. */
  public static final int SIZE = 16;

  /**
   * Reads the output.
   *
   * @param in the output alone
   * @param copyLength what was asked for
   * @return the output
   */
  public static OffloadWriteOutput readOutput(WireReader in, long copyLength) {
    in.skip(4); // Size
    int flags = in.bits32();
    long lengthWritten = in.size64("LengthWritten");
    if (lengthWritten > copyLength) {
      throw new MalformedMessageException(
          "LengthWritten: " + lengthWritten + " (expected: <= " + copyLength + ")");
    }
    return new OffloadWriteOutput(flags, lengthWritten);
  }

  /**
   * Writes the output.
   *
   * @param out where it goes
   */
  public void writeOutput(WireWriter out) {
    // 0 Size 4 | 4 Flags 4 | 8 LengthWritten 8
    out.u32(SIZE).bits32(flags).bits64(lengthWritten);
  }
}
