package io.copychunk.message.fsctl;

import io.copychunk.fscc.ReparseDataBuffer;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

/**
 * FSCTL_SET_REPARSE_POINT (MS-FSCC 2.3.81): makes a reparse point of a file, or of a directory that is
 * empty.
 *
 * @param reparsePoint what it is to hold
 */
public record SetReparsePoint(ReparseDataBuffer reparsePoint) implements Fsctl<NoOutput> {
  /**
   * Reads the input.
   *
   * @param in the input alone
   * @return the input
   */
  public static SetReparsePoint readInput(WireReader in) {
    return new SetReparsePoint(ReparseDataBuffer.read(in));
  }

  @Override
  public int controlCode() {
    return FsctlCode.SET_REPARSE_POINT;
  }

  @Override
  public void writeInput(WireWriter out) {
    reparsePoint.write(out);
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
