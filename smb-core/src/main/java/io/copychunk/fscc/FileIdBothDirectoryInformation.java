package io.copychunk.fscc;

import io.copychunk.wire.MalformedMessageException;
import io.copychunk.wire.PrintableText;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;
import java.util.List;

/**
 * FileIdBothDirectoryInformation (MS-FSCC 2.4.22): one entry of a directory. Times are FILETIMEs: units
 * of 100 ns since 1601.
 *
 * @param fileIndex the server's own, 0 to 2<sup>32</sup>-1
 * @param creationTime when the file was created
 * @param lastAccessTime when it was last read
 * @param lastWriteTime when its data was last changed
 * @param changeTime when anything of it was last changed
 * @param endOfFile its size in bytes, 0 to 2<sup>63</sup>-1
 * @param allocationSize bytes that it occupies, 0 to 2<sup>63</sup>-1
 * @param fileAttributes its attributes
 * @param eaSize bytes of its extended attributes, or the tag of its reparse point; 32 bits
 * @param shortName its name in 8.3 form, at most 12 characters; empty when it has none
 * @param fileId tells it from the others of its volume
 * @param fileName its name; whatever the server says, so to be checked before it is used
 */
public record FileIdBothDirectoryInformation(
    long fileIndex,
    long creationTime,
    long lastAccessTime,
    long lastWriteTime,
    long changeTime,
    long endOfFile,
    long allocationSize,
    FileAttributes fileAttributes,
    int eaSize,
    String shortName,
    long fileId,
    String fileName) {
  /** The number of the class. */
  public static final int CODE = 37;

  private static final int ENTRY_SIZE = 104;
  private static final int SHORT_NAME_SIZE = 24;

  /**
   * Reads what QUERY_DIRECTORY returned.
   *
   * @param in the entries alone; may be empty
   * @return the entries in their order
   */
  public static List<FileIdBothDirectoryInformation> readList(WireReader in) {
    return Entries.read(in, ENTRY_SIZE, FileIdBothDirectoryInformation::read);
  }

  private static FileIdBothDirectoryInformation read(WireReader in) {
    long fileIndex = in.u32();
    long creationTime = in.bits64();
    long lastAccessTime = in.bits64();
    long lastWriteTime = in.bits64();
    long changeTime = in.bits64();
    long endOfFile = in.size64("EndOfFile");
    long allocationSize = in.size64("AllocationSize");
    FileAttributes fileAttributes = new FileAttributes(in.bits32());
    long nameLength = in.u32();
    int eaSize = in.bits32();
    int shortNameLength = in.u8();
    in.skip(1); // Reserved1
    if (shortNameLength > SHORT_NAME_SIZE) {
      throw new MalformedMessageException(
          "ShortNameLength: " + shortNameLength + " (expected: <= " + SHORT_NAME_SIZE + ")");
    }
    String shortName = in.utf16(shortNameLength);
    in.skip(SHORT_NAME_SIZE - shortNameLength + 2); // and Reserved2
    long fileId = in.bits64();
    return new FileIdBothDirectoryInformation(
        fileIndex,
        creationTime,
        lastAccessTime,
        lastWriteTime,
        changeTime,
        endOfFile,
        allocationSize,
        fileAttributes,
        eaSize,
        shortName,
        fileId,
        in.utf16(nameLength));
  }

  /**
   * Writes entries.
   *
   * @param out where they go
   * @param entries in their order
   */
  public static void writeList(WireWriter out, List<FileIdBothDirectoryInformation> entries) {
    Entries.write(out, entries, 8, (one, entry) -> entry.write(one));
  }

  private void write(WireWriter out) {
    //  0 NextEntryOffset 4 | 4 FileIndex 4      | 8 CreationTime 8    | 16 LastAccessTime 8
    // 24 LastWriteTime 8   | 32 ChangeTime 8    | 40 EndOfFile 8      | 48 AllocationSize 8
    // 56 FileAttributes 4  | 60 FileNameLength 4 | 64 EaSize 4        | 68 ShortNameLength 1
    // 69 Reserved1 1       | 70 ShortName 24    | 94 Reserved2 2      | 96 FileId 8 | 104 FileName
    out.u32(fileIndex).bits64(creationTime).bits64(lastAccessTime).bits64(lastWriteTime);
    out.bits64(changeTime).bits64(endOfFile).bits64(allocationSize);
    out.bits32(fileAttributes.bits()).u32(2L * fileName.length()).bits32(eaSize);
    out.u8(2 * shortName.length()).u8(0).utf16(shortName);
    out.zeros(SHORT_NAME_SIZE - 2 * shortName.length() + 2).bits64(fileId).utf16(fileName);
  }

  @Override
  public String toString() {
    return "FileIdBothDirectoryInformation[fileName=%s, endOfFile=%d, fileAttributes=%s]"
        .formatted(PrintableText.of(fileName), endOfFile, fileAttributes);
  }
}
