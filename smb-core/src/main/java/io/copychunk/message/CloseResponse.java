package io.copychunk.message;

import io.copychunk.fscc.FileAttributes;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

/**
 * SMB2 CLOSE Response (2.2.16). Times are FILETIMEs: units of 100 ns since 1601.
 *
 * @param postQueryAttributes whether the values below have a meaning; they are 0 otherwise
 * @param creationTime when the file was created
 * @param lastAccessTime when it was last read
 * @param lastWriteTime when its data was last changed
 * @param changeTime when anything of it was last changed
 * @param allocationSize bytes that it occupies, 0 to 2<sup>63</sup>-1
 * @param endOfFile its size in bytes, 0 to 2<sup>63</sup>-1
 * @param fileAttributes its attributes
 */
public record CloseResponse(
    boolean postQueryAttributes,
    long creationTime,
    long lastAccessTime,
    long lastWriteTime,
    long changeTime,
    long allocationSize,
    long endOfFile,
    FileAttributes fileAttributes)
    implements Smb2Response {
  static final int STRUCTURE_SIZE = 60;

  /**
   * Reads the body.
   *
   * @param in stands behind the header
   * @return the response
   */
  public static CloseResponse read(WireReader in) {
    in.structureSize(STRUCTURE_SIZE);
    boolean postQueryAttributes = (in.u16() & CloseRequest.POSTQUERY_ATTRIB) != 0;
    in.skip(4); // Reserved
    if (!postQueryAttributes) { // then the rest has no meaning
      in.skip(STRUCTURE_SIZE - 8);
      return new CloseResponse(false, 0, 0, 0, 0, 0, 0, FileAttributes.NONE);
    }
    return new CloseResponse(
        postQueryAttributes,
        in.bits64(),
        in.bits64(),
        in.bits64(),
        in.bits64(),
        in.size64("AllocationSize"),
        in.size64("EndOfFile"),
        new FileAttributes(in.bits32()));
  }

  @Override
  public void writeBody(WireWriter out) {
    //  0 StructureSize 2  | 2 Flags 2           | 4 Reserved 4    | 8 CreationTime 8
    // 16 LastAccessTime 8 | 24 LastWriteTime 8  | 32 ChangeTime 8 | 40 AllocationSize 8
    // 48 EndOfFile 8      | 56 FileAttributes 4
    int flags = postQueryAttributes ? CloseRequest.POSTQUERY_ATTRIB : 0;
    out.u16(STRUCTURE_SIZE).u16(flags).bits32(0);
    out.bits64(creationTime).bits64(lastAccessTime).bits64(lastWriteTime).bits64(changeTime);
    out.bits64(allocationSize).bits64(endOfFile).bits32(fileAttributes.bits());
  }
}
