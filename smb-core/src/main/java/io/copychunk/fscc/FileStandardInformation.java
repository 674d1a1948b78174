package io.copychunk.fscc;

import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

/**
 * FileStandardInformation (MS-FSCC 2.4.47).
 *
 * @param allocationSize bytes that the file occupies, 0 to 2<sup>63</sup>-1
 * @param endOfFile its size in bytes, 0 to 2<sup>63</sup>-1
 * @param numberOfLinks how many names it has, 0 to 2<sup>32</sup>-1
 * @param deletePending whether it is deleted with its last close
 * @param directory whether it is a directory
 */
public record FileStandardInformation(
    long allocationSize,
    long endOfFile,
    long numberOfLinks,
    boolean deletePending,
    boolean directory) {
  /** The class. */
  public static final InformationClass<FileStandardInformation> CLASS =
      InformationClass.ofFile(5, "FileStandardInformation", FileStandardInformation::read);

  /**
   * Reads the information.
   *
   * @param in the information alone; older servers leave out its last 2 bytes
   * @return the information
   */
  public static FileStandardInformation read(WireReader in) {
    return new FileStandardInformation(
        in.size64("AllocationSize"), in.size64("EndOfFile"), in.u32(), in.u8() != 0, in.u8() != 0);
  }

  /**
   * Writes the information.
   *
   * @param out where it goes
   */
  public void write(WireWriter out) {
    // 0 AllocationSize 8 | 8 EndOfFile 8 | 16 NumberOfLinks 4 | 20 DeletePending 1
    // 21 Directory 1     | 22 Reserved 2
    out.bits64(allocationSize).bits64(endOfFile).u32(numberOfLinks);
    out.u8(deletePending ? 1 : 0).u8(directory ? 1 : 0).u16(0);
  }
}
