package io.copychunk.message;

import io.copychunk.wire.Command;
import io.copychunk.wire.FileId;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

/**
 * SMB2 CLOSE Request (2.2.15).
 *
 * @param postQueryAttributes whether the response is to tell the file's attributes
 * @param fileId the open
 */
public record CloseRequest(boolean postQueryAttributes, FileId fileId)
    implements Smb2Request<CloseResponse> {
  private static final int STRUCTURE_SIZE = 24;
  static final int POSTQUERY_ATTRIB = 1;

  /**
   * Reads the body.
   *
   * @param in stands behind the header
   * @return the request
   */
  public static CloseRequest read(WireReader in) {
    in.structureSize(STRUCTURE_SIZE);
    boolean postQueryAttributes = (in.u16() & POSTQUERY_ATTRIB) != 0;
    in.skip(4); // Reserved
    return new CloseRequest(postQueryAttributes, in.fileId());
  }

  @Override
  public Command command() {
    return Command.CLOSE;
  }

  @Override
  public int responseStructureSize() {
    return CloseResponse.STRUCTURE_SIZE;
  }

  @Override
  public void writeBody(WireWriter out) {
    // 0 StructureSize 2 | 2 Flags 2 | 4 Reserved 4 | 8 FileId 16
    out.u16(STRUCTURE_SIZE).u16(postQueryAttributes ? POSTQUERY_ATTRIB : 0).bits32(0);
    out.fileId(fileId);
  }

  @Override
  public CloseResponse readResponse(WireReader in) {
    return CloseResponse.read(in);
  }
}
