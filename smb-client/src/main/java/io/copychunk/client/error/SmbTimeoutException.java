package io.copychunk.client.error;

import org.jspecify.annotations.Nullable;

/**
 * Nothing was heard for too long: of a request, which the server may or may not have carried out; or,
 * as {@link #scope} tells, of the server as a whole, and then the connection is closed.
 */
public final class SmbTimeoutException extends SmbException {
  private static final long serialVersionUID = 1L;

  private final Scope scope;

  /**
   * Creates the exception for a request.
   *
   * @param message what failed and where
   */
  public SmbTimeoutException(String message) {
    this(message, Scope.REQUEST);
  }

  /**
   * Creates the exception for a request with its cause.
   *
   * @param message what failed and where
   * @param cause what made it fail, or null
   */
  public SmbTimeoutException(String message, @Nullable Throwable cause) {
    this(message, Scope.REQUEST, cause);
  }

  /**
   * Creates the exception.
   *
   * @param message what failed and where
   * @param scope whether a request has failed, or the connection with all that ran over it
   */
  public SmbTimeoutException(String message, Scope scope) {
    super(message);
    this.scope = scope;
  }

  private SmbTimeoutException(String message, Scope scope, @Nullable Throwable cause) {
    super(message, cause);
    this.scope = scope;
  }

  @Override
  public Scope scope() {
    return scope;
  }

  @Override
  public SmbTimeoutException withCallersStack() {
    return new SmbTimeoutException(getMessage(), scope, this);
  }
}
