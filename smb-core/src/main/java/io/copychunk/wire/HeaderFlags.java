package io.copychunk.wire;

/**
 * The Flags of an SMB2 header (2.2.1.2).
 *
 * @param bits as on the wire
 */
public record HeaderFlags(int bits) {
  /** No flag. */
  public static final HeaderFlags NONE = new HeaderFlags(0);

  /** The message is a response. */
  public static final HeaderFlags SERVER_TO_REDIR = new HeaderFlags(0x1);

  /** The header carries an AsyncId in place of the TreeId. */
  public static final HeaderFlags ASYNC_COMMAND = new HeaderFlags(0x2);

  /** The request continues the one before it in the compound. */
  public static final HeaderFlags RELATED_OPERATIONS = new HeaderFlags(0x4);

  /** The Signature field holds a signature. */
  public static final HeaderFlags SIGNED = new HeaderFlags(0x8);

  /**
   * Whether all bits of another set are in this one.
   *
   * @param other the bits to look for
   * @return whether they are all set
   */
  public boolean has(HeaderFlags other) {
    return (bits & other.bits) == other.bits;
  }

  /**
   * This set and another one.
   *
   * @param other the bits to add
   * @return the union
   */
  public HeaderFlags with(HeaderFlags other) {
    return new HeaderFlags(bits | other.bits);
  }

  @Override
  public String toString() {
    return "0x" + Integer.toHexString(bits);
  }
}
