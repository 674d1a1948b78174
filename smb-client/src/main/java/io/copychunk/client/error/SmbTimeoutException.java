package io.copychunk.client.error;

import org.jspecify.annotations.Nullable;

/** Nothing was heard of a request for too long. The server may or may not have carried it out. */
public final class SmbTimeoutException extends SmbException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what failed and where
   */
  public SmbTimeoutException(String message) {
    super(message);
  }

  /**
   * Creates the exception with its cause.
   *
   * @param message what failed and where
   * @param cause what made it fail, or null
   */
  public SmbTimeoutException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  @Override
  public Scope scope() {
    return Scope.REQUEST;
  }

  @Override
  public SmbTimeoutException withCallersStack() {
    return new SmbTimeoutException(getMessage(), this);
  }
}
