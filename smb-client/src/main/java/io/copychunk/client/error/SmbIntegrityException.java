package io.copychunk.client.error;

/**
 * What the server seems to have said is not genuine: a message is not signed or encrypted though it had
 * to be, its signature or its encryption tag is wrong, or a negotiation was tampered with. Somebody on
 * the path may be altering messages.
 */
public final class SmbIntegrityException extends SmbException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what failed and where
   */
  public SmbIntegrityException(String message) {
    super(message);
  }

  /**
   * Creates the exception with its cause.
   *
   * @param message what failed and where
   * @param cause what made it fail
   */
  public SmbIntegrityException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public Scope scope() {
    return Scope.CONNECTION;
  }

  @Override
  public SmbIntegrityException withCallersStack() {
    return new SmbIntegrityException(getMessage(), this);
  }
}
