package io.copychunk.client.error;

/** The server has ended the session, or lets it do nothing more before it is authenticated anew. */
public final class SmbSessionExpiredException extends SmbException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what failed and where
   */
  public SmbSessionExpiredException(String message) {
    super(message);
  }

  /**
   * Creates the exception with its cause.
   *
   * @param message what failed and where
   * @param cause what made it fail
   */
  public SmbSessionExpiredException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public Scope scope() {
    return Scope.SESSION;
  }

  @Override
  public SmbSessionExpiredException withCallersStack() {
    return new SmbSessionExpiredException(getMessage(), this);
  }
}
