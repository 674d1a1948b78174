package io.copychunk.client.error;

/** The connection could not be made, or was cut. */
public final class SmbTransportException extends SmbException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what failed and where
   */
  public SmbTransportException(String message) {
    super(message);
  }

  /**
   * Creates the exception with its cause.
   *
   * @param message what failed and where
   * @param cause what made it fail
   */
  public SmbTransportException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public Scope scope() {
    return Scope.CONNECTION;
  }

  @Override
  public SmbTransportException withCallersStack() {
    return new SmbTransportException(getMessage(), this);
  }
}
