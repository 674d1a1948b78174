package io.copychunk.wire;

/**
 * What a side of a connection can do (2.2.3, 2.2.4, 2.2.5).
 *
 * @param bits as on the wire
 */
public record Capabilities(int bits) {
  /** No capability. */
  public static final Capabilities NONE = new Capabilities(0);

  /** The Distributed File System. */
  public static final Capabilities DFS = new Capabilities(0x1);

  /** Leases (2.1 and later). */
  public static final Capabilities LEASING = new Capabilities(0x2);

  /** Requests that cost more than one credit (2.1 and later). */
  public static final Capabilities LARGE_MTU = new Capabilities(0x4);

  /** Several connections for one session (3.0 and later). */
  public static final Capabilities MULTI_CHANNEL = new Capabilities(0x8);

  /** Opens that survive a failover (3.0 and later). */
  public static final Capabilities PERSISTENT_HANDLES = new Capabilities(0x10);

  /** Leases on directories (3.0 and later). */
  public static final Capabilities DIRECTORY_LEASING = new Capabilities(0x20);

  /** Encryption; 3.1.1 uses a negotiate context instead (3.0 and 3.0.2). */
  public static final Capabilities ENCRYPTION = new Capabilities(0x40);

  /** Notifications from the server to the client (3.1.1). */
  public static final Capabilities NOTIFICATIONS = new Capabilities(0x80);

  /**
   * Whether all bits of another set are in this one.
   *
   * @param other the bits to look for
   * @return whether they are all set
   */
  public boolean has(Capabilities other) {
    return (bits & other.bits) == other.bits;
  }

  /**
   * This set and another one.
   *
   * @param other the bits to add
   * @return the union
   */
  public Capabilities with(Capabilities other) {
    return new Capabilities(bits | other.bits);
  }

  @Override
  public String toString() {
    return "0x" + Integer.toHexString(bits);
  }
}
