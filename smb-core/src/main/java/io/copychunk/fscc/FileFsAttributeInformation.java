package io.copychunk.fscc;

import io.copychunk.wire.PrintableText;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

/**
 * FileFsAttributeInformation (MS-FSCC 2.5.1).
 *
 * @param fileSystemAttributes what the file system can do
 * @param maximumComponentNameLength of a name, in characters, 0 to 2<sup>32</sup>-1
 * @param fileSystemName such as "NTFS"; whatever the server says
 */
public record FileFsAttributeInformation(
    FileSystemAttributes fileSystemAttributes,
    long maximumComponentNameLength,
    String fileSystemName) {
  /** The class. */
  public static final InformationClass<FileFsAttributeInformation> CLASS =
      InformationClass.ofFileSystem(
          5, "FileFsAttributeInformation", FileFsAttributeInformation::read);

  /**
   * Reads the information.
   *
   * @param in the information alone
   * @return the information
   */
  public static FileFsAttributeInformation read(WireReader in) {
    return new FileFsAttributeInformation(
        new FileSystemAttributes(in.bits32()), in.u32(), in.utf16(in.u32()));
  }

  /**
   * Writes the information.
   *
   * @param out where it goes
   */
  public void write(WireWriter out) {
    // 0 FileSystemAttributes 4 | 4 MaximumComponentNameLength 4 | 8 FileSystemNameLength 4
    // 12 FileSystemName
    out.bits32(fileSystemAttributes.bits()).u32(maximumComponentNameLength);
    out.u32(2L * fileSystemName.length()).utf16(fileSystemName);
  }

  @Override
  public String toString() {
    return "FileFsAttributeInformation[fileSystemAttributes=%s, fileSystemName=%s]"
        .formatted(fileSystemAttributes, PrintableText.of(fileSystemName));
  }
}
