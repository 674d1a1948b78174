package io.copychunk.message;

/**
 * What a share offers (2.2.10).
 *
 * @param bits as on the wire
 */
public record ShareCapabilities(int bits) {
  /** No capability. */
  public static final ShareCapabilities NONE = new ShareCapabilities(0);

  /** The share is in a DFS namespace. */
  public static final ShareCapabilities DFS = new ShareCapabilities(0x8);

  /** Opens can be made to survive a failover. */
  public static final ShareCapabilities CONTINUOUS_AVAILABILITY = new ShareCapabilities(0x10);

  /** Several nodes of a cluster serve the share at once. */
  public static final ShareCapabilities SCALEOUT = new ShareCapabilities(0x20);

  /** The share moves between the nodes of a cluster. */
  public static final ShareCapabilities CLUSTER = new ShareCapabilities(0x40);

  /** The share is best reached on one node of a cluster. */
  public static final ShareCapabilities ASYMMETRIC = new ShareCapabilities(0x80);

  /** The server can redirect a client to that node. */
  public static final ShareCapabilities REDIRECT_TO_OWNER = new ShareCapabilities(0x100);

  /**
   * Whether all bits of another set are in this one.
   *
   * @param other the bits to look for
   * @return whether they are all set
   */
  public boolean has(ShareCapabilities other) {
    return (bits & other.bits) == other.bits;
  }

  /**
   * This set and another one.
   *
   * @param other the bits to add
   * @return the union
   */
  public ShareCapabilities with(ShareCapabilities other) {
    return new ShareCapabilities(bits | other.bits);
  }

  @Override
  public String toString() {
    return "0x" + Integer.toHexString(bits);
  }
}
