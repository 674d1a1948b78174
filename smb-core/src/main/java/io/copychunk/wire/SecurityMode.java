package io.copychunk.wire;

/**
 * Whether a side can sign and whether it insists on it (2.2.3, 2.2.4, 2.2.5).
 *
 * @param bits as on the wire
 */
public record SecurityMode(int bits) {
  /** No flag. */
  public static final SecurityMode NONE = new SecurityMode(0);

  /** The side can sign. */
  public static final SecurityMode SIGNING_ENABLED = new SecurityMode(0x1);

  /** The side insists on signatures. */
  public static final SecurityMode SIGNING_REQUIRED = new SecurityMode(0x2);

  /**
   * Whether all bits of another set are in this one.
   *
   * @param other the bits to look for
   * @return whether they are all set
   */
  public boolean has(SecurityMode other) {
    return (bits & other.bits) == other.bits;
  }

  /**
   * This set and another one.
   *
   * @param other the bits to add
   * @return the union
   */
  public SecurityMode with(SecurityMode other) {
    return new SecurityMode(bits | other.bits);
  }

  @Override
  public String toString() {
    return "0x" + Integer.toHexString(bits);
  }
}
