package io.copychunk.message.fsctl;

import io.copychunk.fscc.ReparseDataBuffer;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

/** FSCTL_GET_REPARSE_POINT (MS-FSCC 2.3.29): what a reparse point holds. It has no input. */
public record GetReparsePoint() implements Fsctl<ReparseDataBuffer> {
  /**
   * Reads the input.
   *
   * @param in the input alone
   * @return the input
   */
  public static GetReparsePoint readInput(WireReader in) {
    return new GetReparsePoint();
  }

  @Override
  public int controlCode() {
    return FsctlCode.GET_REPARSE_POINT;
  }

  @Override
  public void writeInput(WireWriter out) {
    // no input
  }

  @Override
  public long maxOutputResponse() {
    return ReparseDataBuffer.MAX_SIZE;
  }

  @Override
  public ReparseDataBuffer readOutput(WireReader in) {
    return ReparseDataBuffer.read(in);
  }
}
