package io.copychunk.fscc;

import io.copychunk.wire.Octets;
import io.copychunk.wire.PrintableText;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

/**
 * The data of a symbolic link (MS-FSCC 2.1.2.4).
 *
 * @param substituteName where the link leads to; whatever the server says, so to be checked before it
 *     is used
 * @param printName where the link leads to, for people
 * @param relative whether {@code substituteName} is relative to the link's directory
 */
public record SymbolicLinkReparseData(String substituteName, String printName, boolean relative) {
  private static final int RELATIVE = 1;

  /**
   * Reads the data of a reparse point of the tag {@link ReparseTag#SYMLINK}.
   *
   * @param in the data alone
   * @return where it leads to
   */
  public static SymbolicLinkReparseData read(WireReader in) {
    int substituteOffset = in.u16();
    int substituteLength = in.u16();
    int printOffset = in.u16();
    int printLength = in.u16();
    boolean relative = (in.bits32() & RELATIVE) != 0;
    WireReader paths = in.regionFrom(in.position());
    return new SymbolicLinkReparseData(
        paths.region(substituteOffset, substituteLength).utf16(substituteLength),
        paths.region(printOffset, printLength).utf16(printLength),
        relative);
  }

  /**
   * Writes the data.
   *
   * @param out where it goes
   */
  public void write(WireWriter out) {
    // 0 SubstituteNameOffset 2 | 2 SubstituteNameLength 2 | 4 PrintNameOffset 2
    // 6 PrintNameLength 2      | 8 Flags 4                | 12 PathBuffer
    int substituteLength = 2 * substituteName.length();
    out.u16(0).u16(substituteLength).u16(substituteLength).u16(2 * printName.length());
    out.bits32(relative ? RELATIVE : 0).utf16(substituteName).utf16(printName);
  }

  /**
   * The reparse point that has this data.
   *
   * @return a new one
   * @throws IllegalArgumentException when the names are too long for one
   */
  public ReparseDataBuffer toReparsePoint() {
    return new ReparseDataBuffer(
        ReparseTag.SYMLINK, null, Octets.copyOf(WireWriter.toBytes(this::write)));
  }

  @Override
  public String toString() {
    return "SymbolicLinkReparseData[substituteName=%s, printName=%s, relative=%s]"
        .formatted(PrintableText.of(substituteName), PrintableText.of(printName), relative);
  }
}
