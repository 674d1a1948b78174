package io.copychunk.fscc;

import io.copychunk.wire.PrintableText;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

/**
 * FileNormalizedNameInformation (MS-FSCC 2.4.36): what a file is really called, by whatever name it was
 * opened.
 *
 * @param fileName the path from the share's root, as the server says, so to be checked before it is
 *     used
 */
public record FileNormalizedNameInformation(String fileName) {
  /** The class. */
  public static final InformationClass<FileNormalizedNameInformation> CLASS =
      InformationClass.ofFile(
          48, "FileNormalizedNameInformation", FileNormalizedNameInformation::read);

  /**
   * Reads the information.
   *
   * @param in the information alone
   * @return the information
   */
  public static FileNormalizedNameInformation read(WireReader in) {
    return new FileNormalizedNameInformation(in.utf16(in.u32()));
  }

  /**
   * Writes the information.
   *
   * @param out where it goes
   */
  public void write(WireWriter out) {
    // 0 FileNameLength 4 | 4 FileName
    out.u32(2L * fileName.length()).utf16(fileName);
  }

  @Override
  public String toString() {
    return "FileNormalizedNameInformation[fileName=%s]".formatted(PrintableText.of(fileName));
  }
}
