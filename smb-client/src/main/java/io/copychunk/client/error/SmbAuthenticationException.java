package io.copychunk.client.error;

import io.copychunk.wire.NtStatus;
import org.jspecify.annotations.Nullable;

/** The server did not accept the credentials, or could not prove that it knows them. */
public final class SmbAuthenticationException extends SmbException {
  private static final long serialVersionUID = 1L;

  private final transient @Nullable NtStatus status;

  /**
   * Creates the exception for a status of the server.
   *
   * @param message who failed to log in where
   * @param status what the server said
   */
  public SmbAuthenticationException(String message, NtStatus status) {
    super(message + ": " + status.meaning() + " [" + status + "]");
    this.status = status;
  }

  /**
   * Creates the exception for a failure that this side found.
   *
   * @param message who failed to log in where, and why
   */
  public SmbAuthenticationException(String message) {
    super(message);
    this.status = null;
  }

  private SmbAuthenticationException(SmbAuthenticationException cause) {
    super(cause.getMessage(), cause);
    this.status = cause.status;
  }

  /**
   * What the server said.
   *
   * @return the status, or null when this side found the failure
   */
  public @Nullable NtStatus status() {
    return status;
  }

  @Override
  public Scope scope() {
    return Scope.SESSION;
  }

  @Override
  public SmbAuthenticationException withCallersStack() {
    return new SmbAuthenticationException(this);
  }
}
