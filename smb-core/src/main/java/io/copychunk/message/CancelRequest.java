package io.copychunk.message;

import io.copychunk.wire.Command;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

/**
 * SMB2 CANCEL Request (2.2.30).
 *
 * <p>A server never answers it: what comes is the response to the request that it cancels. Its own
 * response type is therefore the only body that could come at all, an error.
 */
public record CancelRequest() implements Smb2Request<ErrorResponse> {
  private static final int STRUCTURE_SIZE = 4;

  /**
   * Reads the body.
   *
   * @param in stands behind the header
   * @return the request
   */
  public static CancelRequest read(WireReader in) {
    in.structureSize(STRUCTURE_SIZE);
    in.skip(2); // Reserved
    return new CancelRequest();
  }

  @Override
  public Command command() {
    return Command.CANCEL;
  }

  @Override
  public int responseStructureSize() {
    return ErrorResponse.STRUCTURE_SIZE;
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
  public ErrorResponse readResponse(WireReader in) {
    return ErrorResponse.read(in);
  }
}
