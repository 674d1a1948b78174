package io.copychunk.fscc;

/**
 * Parts of a security descriptor (MS-SMB2 2.2.37 AdditionalInformation).
 *
 * @param bits as on the wire
 */
public record SecurityInformation(int bits) {
  /** The owner. */
  public static final SecurityInformation OWNER = new SecurityInformation(0x1);

  /** The group. */
  public static final SecurityInformation GROUP = new SecurityInformation(0x2);

  /** The discretionary access control list. */
  public static final SecurityInformation DACL = new SecurityInformation(0x4);

  /** The system access control list. */
  public static final SecurityInformation SACL = new SecurityInformation(0x8);

  /**
   * These parts and others.
   *
   * @param other the parts to add
   * @return the union
   */
  public SecurityInformation with(SecurityInformation other) {
    return new SecurityInformation(bits | other.bits);
  }

  @Override
  public String toString() {
    return "0x" + Integer.toHexString(bits);
  }
}
