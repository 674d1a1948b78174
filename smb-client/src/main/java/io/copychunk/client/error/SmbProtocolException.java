package io.copychunk.client.error;

/** The server sent what the protocol does not allow. */
public final class SmbProtocolException extends SmbException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what failed and where
   */
  public SmbProtocolException(String message) {
    super(message);
  }

  /**
   * Creates the exception with its cause.
   *
   * @param message what failed and where
   * @param cause what made it fail
   */
  public SmbProtocolException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public Scope scope() {
    return Scope.CONNECTION;
  }

  @Override
  public SmbProtocolException withCallersStack() {
    return new SmbProtocolException(getMessage(), this);
  }
}
