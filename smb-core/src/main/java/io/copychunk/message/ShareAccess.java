package io.copychunk.message;

/**
 * What others may do while an open lasts (2.2.13).
 *
 * @param bits as on the wire
 */
public record ShareAccess(int bits) {
  /** Others may do nothing. */
  public static final ShareAccess NONE = new ShareAccess(0);

  /** Others may read. */
  public static final ShareAccess READ = new ShareAccess(0x1);

  /** Others may write. */
  public static final ShareAccess WRITE = new ShareAccess(0x2);

  /** Others may delete and rename. */
  public static final ShareAccess DELETE = new ShareAccess(0x4);

  /** Others may do anything. */
  public static final ShareAccess ALL = new ShareAccess(0x7);

  /**
   * Whether all bits of another set are in this one.
   *
   * @param other the bits to look for
   * @return whether they are all set
   */
  public boolean has(ShareAccess other) {
    return (bits & other.bits) == other.bits;
  }

  /**
   * This set and another one.
   *
   * @param other the bits to add
   * @return the union
   */
  public ShareAccess with(ShareAccess other) {
    return new ShareAccess(bits | other.bits);
  }

  @Override
  public String toString() {
    return "0x" + Integer.toHexString(bits);
  }
}
