package io.copychunk.auth;

/**
 * The NEGOTIATE flags of NTLM (MS-NLMP 2.2.2.5).
 *
 * @param bits as on the wire
 */
public record NegotiateFlags(int bits) {
  /** No flag. */
  public static final NegotiateFlags NONE = new NegotiateFlags(0);

  /** Text is UTF-16LE. */
  public static final NegotiateFlags UNICODE = new NegotiateFlags(0x1);

  /** The server shall name itself. */
  public static final NegotiateFlags REQUEST_TARGET = new NegotiateFlags(0x4);

  /** Keys for signatures. */
  public static final NegotiateFlags SIGN = new NegotiateFlags(0x10);

  /** Keys for encryption. */
  public static final NegotiateFlags SEAL = new NegotiateFlags(0x20);

  /** NTLM authentication. */
  public static final NegotiateFlags NTLM = new NegotiateFlags(0x200);

  /** The client is anonymous; in AUTHENTICATE only. */
  public static final NegotiateFlags ANONYMOUS = new NegotiateFlags(0x800);

  /** A session key always. */
  public static final NegotiateFlags ALWAYS_SIGN = new NegotiateFlags(0x8000);

  /** The session security of NTLMv2. */
  public static final NegotiateFlags EXTENDED_SESSIONSECURITY = new NegotiateFlags(0x8_0000);

  /** The challenge describes the server in AV pairs. */
  public static final NegotiateFlags TARGET_INFO = new NegotiateFlags(0x80_0000);

  /** The messages carry a version. */
  public static final NegotiateFlags VERSION = new NegotiateFlags(0x200_0000);

  /** Keys of 128 bits. */
  public static final NegotiateFlags KEY_128 = new NegotiateFlags(0x2000_0000);

  /** The client chooses the session key. */
  public static final NegotiateFlags KEY_EXCH = new NegotiateFlags(0x4000_0000);

  /** Keys of 56 bits. */
  public static final NegotiateFlags KEY_56 = new NegotiateFlags(0x8000_0000);

  /**
   * Whether all bits of another set are in this one.
   *
   * @param other the bits to look for
   * @return whether they are all set
   */
  public boolean has(NegotiateFlags other) {
    return (bits & other.bits) == other.bits;
  }

  /**
   * This set and another one.
   *
   * @param other the bits to add
   * @return the union
   */
  public NegotiateFlags with(NegotiateFlags other) {
    return new NegotiateFlags(bits | other.bits);
  }

  /**
   * This set without another one.
   *
   * @param other the bits to remove
   * @return the difference
   */
  public NegotiateFlags without(NegotiateFlags other) {
    return new NegotiateFlags(bits & ~other.bits);
  }

  /**
   * What this set and another one share.
   *
   * @param other the bits to keep
   * @return the intersection
   */
  public NegotiateFlags and(NegotiateFlags other) {
    return new NegotiateFlags(bits & other.bits);
  }

  @Override
  public String toString() {
    return "0x%08x".formatted(bits);
  }
}
