package io.copychunk.message.context;

import io.copychunk.wire.MalformedMessageException;
import io.copychunk.wire.PrintableText;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

/**
 * Symbolic Link Error Response (2.2.2.2.1): the data of an error with STATUS_STOPPED_ON_SYMLINK.
 *
 * @param unparsedPathLength bytes at the end of the requested name, in UTF-16, that lie behind the
 *     link; even, 0 to 65534. Compare it with the name by {@link #unparsedPath}
 * @param substituteName where the link leads to
 * @param printName where the link leads to, for people
 * @param relative whether {@code substituteName} is relative to the link's directory
 */
public record SymbolicLinkErrorResponse(
    int unparsedPathLength, String substituteName, String printName, boolean relative) {
  private static final int SYML = 0x4C4D5953;
  private static final int REPARSE_TAG_SYMLINK = 0xA000000C;
  private static final int RELATIVE = 1;

  /** What ReparseDataLength can count, less the 12 bytes in front of the names. */
  private static final int MAX_NAMES_SIZE = 0xFFFF - 12;

  /**
   * Reads the data.
   *
   * @param in stands at the data
   * @return the answer
   */
  public static SymbolicLinkErrorResponse read(WireReader in) {
    long symLinkLength = in.u32();
    WireReader link = in.region(in.position(), symLinkLength);
    expect("SymLinkErrorTag", link.bits32(), SYML);
    expect("ReparseTag", link.bits32(), REPARSE_TAG_SYMLINK);
    int reparseDataLength = link.u16();
    int unparsedPathLength = link.u16();
    if (unparsedPathLength % 2 != 0) {
      throw new MalformedMessageException(
          "UnparsedPathLength: " + unparsedPathLength + " (expected: even)");
    }
    WireReader reparseData = link.region(link.position(), reparseDataLength);
    int substituteOffset = reparseData.u16();
    int substituteLength = reparseData.u16();
    int printOffset = reparseData.u16();
    int printLength = reparseData.u16();
    boolean relative = (reparseData.bits32() & RELATIVE) != 0;
    if (substituteLength + printLength > MAX_NAMES_SIZE) {
      throw new MalformedMessageException("SubstituteNameLength, PrintNameLength: "
          + substituteLength
          + ", "
          + printLength
          + " (expected: <= "
          + MAX_NAMES_SIZE
          + " together)");
    }
    WireReader paths = reparseData.regionFrom(reparseData.position());
    return new SymbolicLinkErrorResponse(
        unparsedPathLength,
        paths.region(substituteOffset, substituteLength).utf16(substituteLength),
        paths.region(printOffset, printLength).utf16(printLength),
        relative);
  }

  /**
   * The part of the requested name that lies behind the link.
   *
   * @param name what the request named
   * @return its end
   * @throws MalformedMessageException when the server claims more than the name has
   */
  public String unparsedPath(String name) {
    int length = unparsedPathLength / 2;
    if (length > name.length()) {
      throw new MalformedMessageException("UnparsedPathLength: "
          + unparsedPathLength
          + " (expected: <= "
          + 2 * name.length()
          + ")");
    }
    return name.substring(name.length() - length);
  }

  /**
   * Writes the data.
   *
   * @param out where it goes
   */
  public void write(WireWriter out) {
    //  0 SymLinkLength 4      | 4 SymLinkErrorTag 4       | 8 ReparseTag 4
    // 12 ReparseDataLength 2  | 14 UnparsedPathLength 2   | 16 SubstituteNameOffset 2
    // 18 SubstituteNameLength 2 | 20 PrintNameOffset 2    | 22 PrintNameLength 2
    // 24 Flags 4              | 28 PathBuffer
    int substituteLength = 2 * substituteName.length();
    int printLength = 2 * printName.length();
    WireWriter.Slot symLinkLength = out.u32Slot();
    int linkStart = out.position();
    out.bits32(SYML).bits32(REPARSE_TAG_SYMLINK);
    WireWriter.Slot reparseDataLength = out.u16Slot();
    out.u16(unparsedPathLength);
    int reparseDataStart = out.position();
    out.u16(0).u16(substituteLength).u16(substituteLength).u16(printLength);
    out.bits32(relative ? RELATIVE : 0).utf16(substituteName).utf16(printName);
    out.set(reparseDataLength, out.position() - reparseDataStart);
    out.set(symLinkLength, out.position() - linkStart);
  }

  private static void expect(String field, int actual, int expected) {
    if (actual != expected) {
      throw new MalformedMessageException(
          "%s: 0x%08x (expected: 0x%08x)".formatted(field, actual, expected));
    }
  }

  @Override
  public String toString() {
    return "SymbolicLinkErrorResponse[unparsedPathLength=%d, substituteName=%s, printName=%s, relative=%s]"
        .formatted(
            unparsedPathLength,
            PrintableText.of(substituteName),
            PrintableText.of(printName),
            relative);
  }
}
