package io.copychunk.fscc;

/**
 * Attributes of a file or a directory (MS-FSCC 2.6).
 *
 * @param bits as on the wire
 */
public record FileAttributes(int bits) {
  /** No attribute: as it is. */
  public static final FileAttributes NONE = new FileAttributes(0);

  /** Can not be written or deleted. */
  public static final FileAttributes READONLY = new FileAttributes(0x1);

  /** Left out of usual listings. */
  public static final FileAttributes HIDDEN = new FileAttributes(0x2);

  /** Belongs to the operating system. */
  public static final FileAttributes SYSTEM = new FileAttributes(0x4);

  /** Is a directory. */
  public static final FileAttributes DIRECTORY = new FileAttributes(0x10);

  /** Changed since the last backup. */
  public static final FileAttributes ARCHIVE = new FileAttributes(0x20);

  /** No other attribute; valid alone only. */
  public static final FileAttributes NORMAL = new FileAttributes(0x80);

  /** Short-lived. */
  public static final FileAttributes TEMPORARY = new FileAttributes(0x100);

  /** Holes occupy no space. */
  public static final FileAttributes SPARSE_FILE = new FileAttributes(0x200);

  /** Has a reparse point, such as a symbolic link. */
  public static final FileAttributes REPARSE_POINT = new FileAttributes(0x400);

  /** Compressed by the file system. */
  public static final FileAttributes COMPRESSED = new FileAttributes(0x800);

  /** The data is not at hand. */
  public static final FileAttributes OFFLINE = new FileAttributes(0x1000);

  /** Left out of the content index. */
  public static final FileAttributes NOT_CONTENT_INDEXED = new FileAttributes(0x2000);

  /** Encrypted by the file system. */
  public static final FileAttributes ENCRYPTED = new FileAttributes(0x4000);

  /** Protected by checksums. */
  public static final FileAttributes INTEGRITY_STREAM = new FileAttributes(0x8000);

  /** Left out of background integrity scans. */
  public static final FileAttributes NO_SCRUB_DATA = new FileAttributes(0x20000);

  /** Opening fetches the file from remote storage. */
  public static final FileAttributes RECALL_ON_OPEN = new FileAttributes(0x40000);

  /** Kept at hand. */
  public static final FileAttributes PINNED = new FileAttributes(0x80000);

  /** May be kept remote only. */
  public static final FileAttributes UNPINNED = new FileAttributes(0x100000);

  /** Reading fetches the file from remote storage. */
  public static final FileAttributes RECALL_ON_DATA_ACCESS = new FileAttributes(0x400000);

  private static final int SETTABLE = READONLY.bits
      | HIDDEN.bits
      | SYSTEM.bits
      | ARCHIVE.bits
      | TEMPORARY.bits
      | OFFLINE.bits
      | NOT_CONTENT_INDEXED.bits;

  /**
   * Whether all bits of another set are in this one.
   *
   * @param other the bits to look for
   * @return whether they are all set
   */
  public boolean has(FileAttributes other) {
    return (bits & other.bits) == other.bits;
  }

  /**
   * This set and another one.
   *
   * @param other the bits to add
   * @return the union
   */
  public FileAttributes with(FileAttributes other) {
    return new FileAttributes(bits | other.bits);
  }

  /**
   * Whether the file may have holes.
   *
   * @return whether {@link #SPARSE_FILE} is set
   */
  public boolean isSparse() {
    return has(SPARSE_FILE);
  }

  /**
   * Whether it is a directory.
   *
   * @return whether {@link #DIRECTORY} is set
   */
  public boolean isDirectory() {
    return has(DIRECTORY);
  }

  /**
   * Whether it has a reparse point, such as a symbolic link.
   *
   * @return whether {@link #REPARSE_POINT} is set
   */
  public boolean isReparsePoint() {
    return has(REPARSE_POINT);
  }

  /**
   * Those that a client can set: not what the file is, or what the file system has made of it.
   *
   * @return some of these, or {@link #NORMAL} when there is none
   */
  public FileAttributes settable() {
    int kept = bits & SETTABLE;
    return kept == 0 ? NORMAL : new FileAttributes(kept);
  }

  @Override
  public String toString() {
    return "0x" + Integer.toHexString(bits);
  }
}
