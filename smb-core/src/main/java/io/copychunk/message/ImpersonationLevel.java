package io.copychunk.message;

import io.copychunk.wire.MalformedMessageException;

/** How far a server may act as the user (2.2.13), in the order of the codes. */
public enum ImpersonationLevel {
  /** Not even know the user. */
  ANONYMOUS,
  /** Know the user. */
  IDENTIFICATION,
  /** Act as the user. */
  IMPERSONATION,
  /** Act as the user, also towards other servers. */
  DELEGATE;

  private static final ImpersonationLevel[] BY_CODE = values();

  /**
   * The constant with a code.
   *
   * @param code 0 to 3
   * @return the constant
   * @throws MalformedMessageException for any other code
   */
  public static ImpersonationLevel of(long code) {
    if (code < 0 || code > 3) {
      throw new MalformedMessageException("ImpersonationLevel: " + code + " (expected: 0..3)");
    }
    return BY_CODE[(int) code];
  }

  /**
   * The code on the wire.
   *
   * @return 0 to 3
   */
  public int code() {
    return ordinal();
  }
}
