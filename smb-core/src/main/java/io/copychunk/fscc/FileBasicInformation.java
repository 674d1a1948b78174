package io.copychunk.fscc;

import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

/**
 * FileBasicInformation (MS-FSCC 2.4.7). Times are FILETIMEs: units of 100 ns since 1601. When it is
 * set, 0 leaves a value as it is, and for a time, -1 keeps the server from changing it any more while
 * the file is open.
 *
 * @param creationTime when the file was created
 * @param lastAccessTime when it was last read
 * @param lastWriteTime when its data was last changed
 * @param changeTime when anything of it was last changed
 * @param fileAttributes its attributes
 */
public record FileBasicInformation(
    long creationTime,
    long lastAccessTime,
    long lastWriteTime,
    long changeTime,
    FileAttributes fileAttributes)
    implements SettableInformation {
  private static final int CODE = 4;

  /** The class. */
  public static final InformationClass<FileBasicInformation> CLASS =
      InformationClass.ofFile(CODE, "FileBasicInformation", FileBasicInformation::read);

  /**
   * Sets the attributes and leaves the times.
   *
   * @param attributes what is to be so
   * @return to be set
   */
  public static FileBasicInformation ofAttributes(FileAttributes attributes) {
    return new FileBasicInformation(0, 0, 0, 0, attributes);
  }

  /**
   * Reads the information.
   *
   * @param in the information alone
   * @return the information
   */
  public static FileBasicInformation read(WireReader in) {
    FileBasicInformation basic = new FileBasicInformation(
        in.bits64(), in.bits64(), in.bits64(), in.bits64(), new FileAttributes(in.bits32()));
    in.skip(4); // Reserved
    return basic;
  }

  @Override
  public int code() {
    return CODE;
  }

  @Override
  public void write(WireWriter out) {
    //  0 CreationTime 8   | 8 LastAccessTime 8 | 16 LastWriteTime 8 | 24 ChangeTime 8
    // 32 FileAttributes 4 | 36 Reserved 4
    out.bits64(creationTime).bits64(lastAccessTime).bits64(lastWriteTime).bits64(changeTime);
    out.bits32(fileAttributes.bits()).bits32(0);
  }
}
