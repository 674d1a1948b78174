package io.copychunk.fscc;

import io.copychunk.wire.PrintableText;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

/**
 * FileRenameInformation for SMB2 (MS-FSCC 2.4.42.2).
 *
 * @param replaceIfExists whether a file that has the name is replaced
 * @param fileName the new path from the share's root, separated by backslashes and without a leading
 *     one, at most 32767 characters
 */
public record FileRenameInformation(boolean replaceIfExists, String fileName)
    implements SettableInformation {
  private static final int CODE = 10;

  /** Old servers take no less. */
  private static final int SMALLEST_SIZE = 24;

  /**
   * Reads the information.
   *
   * @param in the information alone
   * @return the information
   */
  public static FileRenameInformation read(WireReader in) {
    boolean replaceIfExists = in.u8() != 0;
    in.skip(15); // Reserved, RootDirectory
    return new FileRenameInformation(replaceIfExists, in.utf16(in.u32()));
  }

  @Override
  public int code() {
    return CODE;
  }

  @Override
  public void write(WireWriter out) {
    // 0 ReplaceIfExists 1 | 1 Reserved 7 | 8 RootDirectory 8 | 16 FileNameLength 4 | 20 FileName
    out.u8(replaceIfExists ? 1 : 0).zeros(15).u32(2L * fileName.length()).utf16(fileName);
    out.zeros(Math.max(0, SMALLEST_SIZE - out.position()));
  }

  @Override
  public String toString() {
    return "FileRenameInformation[replaceIfExists=%s, fileName=%s]"
        .formatted(replaceIfExists, PrintableText.of(fileName));
  }
}
