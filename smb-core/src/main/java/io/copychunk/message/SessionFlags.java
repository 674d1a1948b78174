package io.copychunk.message;

/**
 * What kind of session a server has set up (2.2.6).
 *
 * @param bits as on the wire
 */
public record SessionFlags(int bits) {
  /** No flag. */
  public static final SessionFlags NONE = new SessionFlags(0);

  /** The user is a guest: nothing can be signed or encrypted. */
  public static final SessionFlags IS_GUEST = new SessionFlags(0x1);

  /** The user is anonymous: nothing can be signed or encrypted. */
  public static final SessionFlags IS_NULL = new SessionFlags(0x2);

  /** The server insists on encryption for the whole session (3.0 and later). */
  public static final SessionFlags ENCRYPT_DATA = new SessionFlags(0x4);

  /**
   * Whether all bits of another set are in this one.
   *
   * @param other the bits to look for
   * @return whether they are all set
   */
  public boolean has(SessionFlags other) {
    return (bits & other.bits) == other.bits;
  }

  /**
   * This set and another one.
   *
   * @param other the bits to add
   * @return the union
   */
  public SessionFlags with(SessionFlags other) {
    return new SessionFlags(bits | other.bits);
  }

  @Override
  public String toString() {
    return "0x" + Integer.toHexString(bits);
  }
}
