package io.copychunk.client.error;

/** Client and server have no dialect or algorithm in common that both allow. */
public final class SmbNegotiationException extends SmbException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what failed and where
   */
  public SmbNegotiationException(String message) {
    super(message);
  }

  /**
   * Creates the exception with its cause.
   *
   * @param message what failed and where
   * @param cause what made it fail
   */
  public SmbNegotiationException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public Scope scope() {
    return Scope.CONNECTION;
  }

  @Override
  public SmbNegotiationException withCallersStack() {
    return new SmbNegotiationException(getMessage(), this);
  }
}
