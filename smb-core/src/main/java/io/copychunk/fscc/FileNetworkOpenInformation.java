package io.copychunk.fscc;

import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

/**
 * FileNetworkOpenInformation (MS-FSCC 2.4.35). Times are FILETIMEs: units of 100 ns since 1601.
 *
 * @param creationTime when the file was created
 * @param lastAccessTime when it was last read
 * @param lastWriteTime when its data was last changed
 * @param changeTime when anything of it was last changed
 * @param allocationSize bytes that it occupies, 0 to 2<sup>63</sup>-1
 * @param endOfFile its size in bytes, 0 to 2<sup>63</sup>-1
 * @param fileAttributes its attributes
 */
public record FileNetworkOpenInformation(
    long creationTime,
    long lastAccessTime,
    long lastWriteTime,
    long changeTime,
    long allocationSize,
    long endOfFile,
    FileAttributes fileAttributes) {
  /** The class. */
  public static final InformationClass<FileNetworkOpenInformation> CLASS =
      InformationClass.ofFile(34, "FileNetworkOpenInformation", FileNetworkOpenInformation::read);

  /**
   * Reads the information.
   *
   * @param in the information alone
   * @return the information
   */
  public static FileNetworkOpenInformation read(WireReader in) {
    FileNetworkOpenInformation information = new FileNetworkOpenInformation(
        in.bits64(),
        in.bits64(),
        in.bits64(),
        in.bits64(),
        in.size64("AllocationSize"),
        in.size64("EndOfFile"),
        new FileAttributes(in.bits32()));
    in.skip(4); // Reserved
    return information;
  }

  /**
   * Writes the information.
   *
   * @param out where it goes
   */
  public void write(WireWriter out) {
    //  0 CreationTime 8   | 8 LastAccessTime 8 | 16 LastWriteTime 8   | 24 ChangeTime 8
    // 32 AllocationSize 8 | 40 EndOfFile 8     | 48 FileAttributes 4 | 52 Reserved 4
    out.bits64(creationTime).bits64(lastAccessTime).bits64(lastWriteTime).bits64(changeTime);
    out.bits64(allocationSize).bits64(endOfFile).bits32(fileAttributes.bits()).bits32(0);
  }
}
