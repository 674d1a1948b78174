package io.copychunk.message;

import io.copychunk.wire.Command;
import io.copychunk.wire.FileId;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

/**
 * SMB2 FLUSH Request (2.2.17).
 *
 * @param fileId the open
 */
public record FlushRequest(FileId fileId) implements Smb2Request<FlushResponse> {
  private static final int STRUCTURE_SIZE = 24;

  /**
   * Reads the body.
   *
   * @param in stands behind the header
   * @return the request
   */
  public static FlushRequest read(WireReader in) {
    in.structureSize(STRUCTURE_SIZE);
    in.skip(6); // Reserved1, Reserved2
    return new FlushRequest(in.fileId());
  }

  @Override
  public Command command() {
    return Command.FLUSH;
  }

  @Override
  public int responseStructureSize() {
    return FlushResponse.STRUCTURE_SIZE;
  }

  @Override
  public void writeBody(WireWriter out) {
    // 0 StructureSize 2 | 2 Reserved1 2 | 4 Reserved2 4 | 8 FileId 16
    out.u16(STRUCTURE_SIZE).u16(0).bits32(0).fileId(fileId);
  }

  @Override
  public FlushResponse readResponse(WireReader in) {
    return FlushResponse.read(in);
  }
}
