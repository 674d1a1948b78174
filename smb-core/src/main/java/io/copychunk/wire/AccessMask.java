package io.copychunk.wire;

/**
 * Rights to a file or a directory (2.2.13.1).
 *
 * @param bits as on the wire
 */
public record AccessMask(int bits) {
  /** No right. */
  public static final AccessMask NONE = new AccessMask(0);

  /** Read data; list a directory. */
  public static final AccessMask READ_DATA = new AccessMask(0x1);

  /** Write data; add a file to a directory. */
  public static final AccessMask WRITE_DATA = new AccessMask(0x2);

  /** Append data; add a directory to a directory. */
  public static final AccessMask APPEND_DATA = new AccessMask(0x4);

  /** Read extended attributes. */
  public static final AccessMask READ_EA = new AccessMask(0x8);

  /** Write extended attributes. */
  public static final AccessMask WRITE_EA = new AccessMask(0x10);

  /** Execute; traverse a directory. */
  public static final AccessMask EXECUTE = new AccessMask(0x20);

  /** Delete what is in a directory. */
  public static final AccessMask DELETE_CHILD = new AccessMask(0x40);

  /** Read attributes and times. */
  public static final AccessMask READ_ATTRIBUTES = new AccessMask(0x80);

  /** Write attributes and times. */
  public static final AccessMask WRITE_ATTRIBUTES = new AccessMask(0x100);

  /** Delete and rename. */
  public static final AccessMask DELETE = new AccessMask(0x10000);

  /** Read owner, group and access control list. */
  public static final AccessMask READ_CONTROL = new AccessMask(0x20000);

  /** Write the access control list. */
  public static final AccessMask WRITE_DAC = new AccessMask(0x40000);

  /** Write the owner. */
  public static final AccessMask WRITE_OWNER = new AccessMask(0x80000);

  /** Wait for the file; without meaning over SMB. */
  public static final AccessMask SYNCHRONIZE = new AccessMask(0x100000);

  /** Read and write the audit list. */
  public static final AccessMask ACCESS_SYSTEM_SECURITY = new AccessMask(0x1000000);

  /** Whatever the user may do. */
  public static final AccessMask MAXIMUM_ALLOWED = new AccessMask(0x2000000);

  /** Everything. */
  public static final AccessMask GENERIC_ALL = new AccessMask(0x10000000);

  /** The usual rights for executing. */
  public static final AccessMask GENERIC_EXECUTE = new AccessMask(0x20000000);

  /** The usual rights for writing. */
  public static final AccessMask GENERIC_WRITE = new AccessMask(0x40000000);

  /** The usual rights for reading. */
  public static final AccessMask GENERIC_READ = new AccessMask(0x80000000);

  /**
   * Whether all bits of another set are in this one.
   *
   * @param other the bits to look for
   * @return whether they are all set
   */
  public boolean has(AccessMask other) {
    return (bits & other.bits) == other.bits;
  }

  /**
   * This set and another one.
   *
   * @param other the bits to add
   * @return the union
   */
  public AccessMask with(AccessMask other) {
    return new AccessMask(bits | other.bits);
  }

  @Override
  public String toString() {
    return "0x" + Integer.toHexString(bits);
  }
}
