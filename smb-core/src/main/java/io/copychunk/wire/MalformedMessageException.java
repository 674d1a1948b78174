package io.copychunk.wire;

/**
 * Bytes that do not form what the specification says they must: the only exception that smb-core
 * throws while it decodes.
 *
 * <p>The message names the field, the offending value and what was expected; it never contains
 * payload, and what is not printable in it is escaped.
 */
public final class MalformedMessageException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message the field, the offending value and what was expected
   */
  public MalformedMessageException(String message) {
    super(PrintableText.of(message));
  }

  /**
   * Creates the exception with the failure of a lower decoder as its cause.
   *
   * @param message the field, the offending value and what was expected
   * @param cause what the lower decoder said
   */
  public MalformedMessageException(String message, Throwable cause) {
    super(PrintableText.of(message), cause);
  }
}
