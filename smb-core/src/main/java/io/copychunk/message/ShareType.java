package io.copychunk.message;

import io.copychunk.wire.MalformedMessageException;

/** What a share gives access to (2.2.10), in the order of the codes. */
public enum ShareType {
  /** Files. */
  DISK,
  /** Named pipes. */
  PIPE,
  /** A printer. */
  PRINT;

  private static final ShareType[] BY_CODE = values();

  /**
   * The constant with a code.
   *
   * @param code 1 to 3
   * @return the constant
   * @throws MalformedMessageException for any other code
   */
  public static ShareType of(long code) {
    if (code < 1 || code > 3) {
      throw new MalformedMessageException("ShareType: " + code + " (expected: 1..3)");
    }
    return BY_CODE[(int) code - 1];
  }

  /**
   * The code on the wire.
   *
   * @return 1 to 3
   */
  public int code() {
    return ordinal() + 1;
  }
}
