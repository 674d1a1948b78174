package io.copychunk.message;

import io.copychunk.wire.Command;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

/** SMB2 LOGOFF Request (2.2.7). */
public record LogoffRequest() implements Smb2Request<LogoffResponse> {
  private static final int STRUCTURE_SIZE = 4;

  /**
   * Reads the body.
   *
   * @param in stands behind the header
   * @return the request
   */
  public static LogoffRequest read(WireReader in) {
    in.structureSize(STRUCTURE_SIZE);
    in.skip(2); // Reserved
    return new LogoffRequest();
  }

  @Override
  public Command command() {
    return Command.LOGOFF;
  }

  @Override
  public int responseStructureSize() {
    return LogoffResponse.STRUCTURE_SIZE;
  }

  @Override
  public void writeBody(WireWriter out) {
    // 0 StructureSize 2 | 2 Reserved 2
    out.u16(STRUCTURE_SIZE).u16(0);
  }

  @Override
  public LogoffResponse readResponse(WireReader in) {
    return LogoffResponse.read(in);
  }
}
