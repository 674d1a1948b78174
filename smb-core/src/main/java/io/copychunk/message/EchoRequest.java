package io.copychunk.message;

import io.copychunk.wire.Command;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

/** SMB2 ECHO Request (2.2.28). */
public record EchoRequest() implements Smb2Request<EchoResponse> {
  private static final int STRUCTURE_SIZE = 4;

  /**
   * Reads the body.
   *
   * @param in stands behind the header
   * @return the request
   */
  public static EchoRequest read(WireReader in) {
    in.structureSize(STRUCTURE_SIZE);
    in.skip(2); // Reserved
    return new EchoRequest();
  }

  @Override
  public Command command() {
    return Command.ECHO;
  }

  @Override
  public int responseStructureSize() {
    return EchoResponse.STRUCTURE_SIZE;
  }

  @Override
  public boolean mayPend() {
    return false;
  }

  @Override
  public void writeBody(WireWriter out) {
    // 0 StructureSize 2 | 2 Reserved 2
    out.u16(STRUCTURE_SIZE).u16(0);
  }

  @Override
  public EchoResponse readResponse(WireReader in) {
    return EchoResponse.read(in);
  }
}
