package io.copychunk.fscc;

/**
 * What a file system can do (MS-FSCC 2.5.1).
 *
 * @param bits as on the wire
 */
public record FileSystemAttributes(int bits) {
  /** Names that differ in case only are different names. */
  public static final FileSystemAttributes CASE_SENSITIVE_SEARCH = new FileSystemAttributes(0x1);

  /** Access control lists are kept. */
  public static final FileSystemAttributes PERSISTENT_ACLS = new FileSystemAttributes(0x8);

  /** Files can have holes. */
  public static final FileSystemAttributes SUPPORTS_SPARSE_FILES = new FileSystemAttributes(0x40);

  /** Files can have alternate data streams. */
  public static final FileSystemAttributes NAMED_STREAMS = new FileSystemAttributes(0x40000);

  /** Nothing can be written. */
  public static final FileSystemAttributes READ_ONLY_VOLUME = new FileSystemAttributes(0x80000);

  /** Files can have extended attributes. */
  public static final FileSystemAttributes SUPPORTS_EXTENDED_ATTRIBUTES =
      new FileSystemAttributes(0x800000);

  /** Files can share blocks: FSCTL_DUPLICATE_EXTENTS_TO_FILE. */
  public static final FileSystemAttributes SUPPORTS_BLOCK_REFCOUNTING =
      new FileSystemAttributes(0x8000000);

  /**
   * Whether all bits of another set are in this one.
   *
   * @param other the bits to look for
   * @return whether they are all set
   */
  public boolean has(FileSystemAttributes other) {
    return (bits & other.bits) == other.bits;
  }

  @Override
  public String toString() {
    return "0x" + Integer.toHexString(bits);
  }
}
