package io.copychunk.client.error;

/**
 * A request was not sent, since more of them wait on its connection than the configuration allows: the
 * server grants too few credits for what is asked of it.
 */
public final class SmbBusyException extends SmbException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param message what failed and where
   */
  public SmbBusyException(String message) {
    super(message);
  }

  private SmbBusyException(String message, Throwable cause) {
    super(message, cause);
  }

  @Override
  public Scope scope() {
    return Scope.REQUEST;
  }

  @Override
  public SmbBusyException withCallersStack() {
    return new SmbBusyException(getMessage(), this);
  }
}
