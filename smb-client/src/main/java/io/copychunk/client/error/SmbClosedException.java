package io.copychunk.client.error;

/**
 * A file, share, session, connection or client was closed from this side: before it was used, or
 * while a request was under way. The scope is the request's: what else has ended is known to whoever
 * closed it.
 */
public final class SmbClosedException extends SmbException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what failed and where
   */
  public SmbClosedException(String message) {
    super(message);
  }

  /**
   * Creates the exception with its cause.
   *
   * @param message what failed and where
   * @param cause what made it fail
   */
  public SmbClosedException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public Scope scope() {
    return Scope.REQUEST;
  }

  @Override
  public SmbClosedException withCallersStack() {
    return new SmbClosedException(getMessage(), this);
  }
}
