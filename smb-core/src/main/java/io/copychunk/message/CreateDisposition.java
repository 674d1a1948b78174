package io.copychunk.message;

import io.copychunk.wire.MalformedMessageException;

/**
 * What a CREATE does when the file exists and when it does not (2.2.13), in the order of the codes.
 */
public enum CreateDisposition {
  /** Replace it, or create it. */
  SUPERSEDE,
  /** Open it, or fail. */
  OPEN,
  /** Fail, or create it. */
  CREATE,
  /** Open it, or create it. */
  OPEN_IF,
  /** Overwrite it, or fail. */
  OVERWRITE,
  /** Overwrite it, or create it. */
  OVERWRITE_IF;

  private static final CreateDisposition[] BY_CODE = values();

  /**
   * The constant with a code.
   *
   * @param code 0 to 5
   * @return the constant
   * @throws MalformedMessageException for any other code
   */
  public static CreateDisposition of(long code) {
    if (code < 0 || code > 5) {
      throw new MalformedMessageException("CreateDisposition: " + code + " (expected: 0..5)");
    }
    return BY_CODE[(int) code];
  }

  /**
   * The code on the wire.
   *
   * @return 0 to 5
   */
  public int code() {
    return ordinal();
  }
}
