package io.copychunk.message;

/**
 * The properties of a share (2.2.10). Two of the bits, 0x30, are a number: the caching policy.
 *
 * @param bits as on the wire
 */
public record ShareFlags(int bits) {
  /** No flag. */
  public static final ShareFlags NONE = new ShareFlags(0);

  /** The share takes part in DFS. */
  public static final ShareFlags DFS = new ShareFlags(0x1);

  /** The share is the root of a DFS tree. */
  public static final ShareFlags DFS_ROOT = new ShareFlags(0x2);

  /** Exclusive opens that would deny readers are not allowed. */
  public static final ShareFlags RESTRICT_EXCLUSIVE_OPENS = new ShareFlags(0x100);

  /** Another open can never keep a file from being deleted. */
  public static final ShareFlags FORCE_SHARED_DELETE = new ShareFlags(0x200);

  /** Clients may cache the names of the share. */
  public static final ShareFlags ALLOW_NAMESPACE_CACHING = new ShareFlags(0x400);

  /** Listings leave out what the user may not see. */
  public static final ShareFlags ACCESS_BASED_DIRECTORY_ENUM = new ShareFlags(0x800);

  /** The server grants no exclusive caching. */
  public static final ShareFlags FORCE_LEVELII_OPLOCK = new ShareFlags(0x1000);

  /** Version 1 of the hashes for branch caches. */
  public static final ShareFlags ENABLE_HASH_V1 = new ShareFlags(0x2000);

  /** Version 2 of the hashes for branch caches. */
  public static final ShareFlags ENABLE_HASH_V2 = new ShareFlags(0x4000);

  /** The server insists on encryption for this share (3.0 and later). */
  public static final ShareFlags ENCRYPT_DATA = new ShareFlags(0x8000);

  /** The identity may be remoted (3.1.1). */
  public static final ShareFlags IDENTITY_REMOTING = new ShareFlags(0x40000);

  /** The server asks for compression (3.1.1). */
  public static final ShareFlags COMPRESS_DATA = new ShareFlags(0x100000);

  /** The server asks for a transport of its own (3.1.1). */
  public static final ShareFlags ISOLATED_TRANSPORT = new ShareFlags(0x200000);

  /**
   * Whether all bits of another set are in this one.
   *
   * @param other the bits to look for
   * @return whether they are all set
   */
  public boolean has(ShareFlags other) {
    return (bits & other.bits) == other.bits;
  }

  /**
   * This set and another one.
   *
   * @param other the bits to add
   * @return the union
   */
  public ShareFlags with(ShareFlags other) {
    return new ShareFlags(bits | other.bits);
  }

  @Override
  public String toString() {
    return "0x" + Integer.toHexString(bits);
  }
}
