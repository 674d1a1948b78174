package io.copychunk.message;

import io.copychunk.wire.Command;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

/** SMB2 TREE_DISCONNECT Request (2.2.11). */
public record TreeDisconnectRequest() implements Smb2Request<TreeDisconnectResponse> {
  private static final int STRUCTURE_SIZE = 4;

  /**
   * Reads the body.
   *
   * @param in stands behind the header
   * @return the request
   */
  public static TreeDisconnectRequest read(WireReader in) {
    in.structureSize(STRUCTURE_SIZE);
    in.skip(2); // Reserved
    return new TreeDisconnectRequest();
  }

  @Override
  public Command command() {
    return Command.TREE_DISCONNECT;
  }

  @Override
  public int responseStructureSize() {
    return TreeDisconnectResponse.STRUCTURE_SIZE;
  }

  @Override
  public void writeBody(WireWriter out) {
    // 0 StructureSize 2 | 2 Reserved 2
    out.u16(STRUCTURE_SIZE).u16(0);
  }

  @Override
  public TreeDisconnectResponse readResponse(WireReader in) {
    return TreeDisconnectResponse.read(in);
  }
}
