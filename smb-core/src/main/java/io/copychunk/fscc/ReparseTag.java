package io.copychunk.fscc;

import java.util.Set;

/**
 * What kind of reparse point it is (MS-FSCC 2.1.2.1).
 *
 * @param value 32 bits
 */
public record ReparseTag(int value) {
  /** IO_REPARSE_TAG_MOUNT_POINT: another volume, or a directory of this one (a junction). */
  public static final ReparseTag MOUNT_POINT = new ReparseTag(0xA000_0003);

  /** IO_REPARSE_TAG_SYMLINK: a symbolic link to a file or a directory. */
  public static final ReparseTag SYMLINK = new ReparseTag(0xA000_000C);

  /** IO_REPARSE_TAG_DEDUP: a file whose data is stored once for many. */
  public static final ReparseTag DEDUP = new ReparseTag(0x8000_0013);

  /** IO_REPARSE_TAG_NFS: a link, a pipe or a device that a server for NFS has made. */
  public static final ReparseTag NFS = new ReparseTag(0x8000_0014);

  /** IO_REPARSE_TAG_CLOUD: a file of a cloud; of its fifteen relatives, bits 12 to 15 differ. */
  public static final ReparseTag CLOUD = new ReparseTag(0x9000_001A);

  private static final int MICROSOFT = 0x8000_0000;
  private static final int NAME_SURROGATE = 0x2000_0000;
  private static final int WHICH_CLOUD = 0xF000;

  /** HSM, HSM2, SIS, WIM, DFS, DFSR, DEDUP, FILE_PLACEHOLDER, WOF, PROJFS, STORAGE_SYNC, ONEDRIVE. */
  private static final Set<Integer> STORAGE = Set.of(
      0xC000_0004,
      0x8000_0006,
      0x8000_0007,
      0x8000_0008,
      0x8000_000A,
      0x8000_0012,
      0x8000_0013,
      0x8000_0015,
      0x8000_0017,
      0x9000_001C,
      0x8000_001E,
      0x8000_0021);

  /**
   * Whether the tag is one of Microsoft's; others come with a GUID.
   *
   * @return whether bit 31 is set
   */
  public boolean isMicrosoft() {
    return (value & MICROSOFT) != 0;
  }

  /**
   * Whether it stands for another name, as symbolic links and mount points do.
   *
   * @return whether bit 29 is set
   */
  public boolean isNameSurrogate() {
    return (value & NAME_SURROGATE) != 0;
  }

  /**
   * Whether it says how the server stores a file or directory, such as without duplicates or in a
   * cloud, and is no link: whoever opens it gets the file.
   *
   * @return whether it is one of those that are known to be so
   */
  public boolean isStorage() {
    return STORAGE.contains(value) || (value & ~WHICH_CLOUD) == CLOUD.value;
  }

  /** The tag in hexadecimal. */
  @Override
  public String toString() {
    return "0x%08x".formatted(value);
  }
}
