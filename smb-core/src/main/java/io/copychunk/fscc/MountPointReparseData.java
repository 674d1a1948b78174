package io.copychunk.fscc;

import io.copychunk.wire.Octets;
import io.copychunk.wire.PrintableText;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

/**
 * The data of a mount point or a junction (MS-FSCC 2.1.2.5).
 *
 * @param substituteName what is mounted, as the server calls it
 * @param printName the same for people
 */
public record MountPointReparseData(String substituteName, String printName) {
  /**
   * Reads the data of a reparse point of the tag {@link ReparseTag#MOUNT_POINT}.
   *
   * @param in the data alone
   * @return what is mounted
   */
  public static MountPointReparseData read(WireReader in) {
    int substituteOffset = in.u16();
    int substituteLength = in.u16();
    int printOffset = in.u16();
    int printLength = in.u16();
    WireReader paths = in.regionFrom(in.position());
    return new MountPointReparseData(
        paths.region(substituteOffset, substituteLength).utf16(substituteLength),
        paths.region(printOffset, printLength).utf16(printLength));
  }

  /**
   * Writes the data; each name ends with a NUL, as servers write it.
   *
   * @param out where it goes
   */
  public void write(WireWriter out) {
    // 0 SubstituteNameOffset 2 | 2 SubstituteNameLength 2 | 4 PrintNameOffset 2
    // 6 PrintNameLength 2      | 8 PathBuffer
    int substituteLength = 2 * substituteName.length();
    out.u16(0).u16(substituteLength).u16(substituteLength + 2).u16(2 * printName.length());
    out.utf16(substituteName).u16(0).utf16(printName).u16(0);
  }

  /**
   * The reparse point that has this data.
   *
   * @return a new one
   * @throws IllegalArgumentException when the names are too long for one
   */
  public ReparseDataBuffer toReparsePoint() {
    return new ReparseDataBuffer(
        ReparseTag.MOUNT_POINT, null, Octets.copyOf(WireWriter.toBytes(this::write)));
  }

  @Override
  public String toString() {
    return "MountPointReparseData[substituteName=%s, printName=%s]"
        .formatted(PrintableText.of(substituteName), PrintableText.of(printName));
  }
}
