package io.copychunk.auth;

import io.copychunk.wire.PrintableText;

/**
 * An authentication that must not go on: the server offers nothing that we accept, did not prove
 * what it has to prove, or refused.
 *
 * <p>The message never contains a secret.
 */
public final class AuthenticationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what is wrong, and what was expected
   */
  public AuthenticationException(String message) {
    super(PrintableText.of(message));
  }
}
