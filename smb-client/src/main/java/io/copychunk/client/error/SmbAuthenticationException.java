package io.copychunk.client.error;

import io.copychunk.wire.NtStatus;
import org.jspecify.annotations.Nullable;

/**
 * The server did not accept the credentials, or could not prove that it knows them; or what a login is
 * or would be is not acceptable here.
 */
public final class SmbAuthenticationException extends SmbException {
  private static final long serialVersionUID = 1L;

  private final transient @Nullable NtStatus status;
  private final Reason reason;

  /** Why nobody is logged in. */
  public enum Reason {
    /** The server found the credentials wanting. */
    CREDENTIALS,
    /** The server did not do its part: it offers no mechanism in common, or does not prove who it is. */
    SERVER,
    /** The server did not accept them and made the user a guest, which the policy does not allow. */
    GUEST,
    /** The credentials may be right: the policy, or what the session is, does not allow such a login. */
    POLICY
  }

  /**
   * Creates the exception for a status of the server.
   *
   * @param message who failed to log in where
   * @param status what the server said
   */
  public SmbAuthenticationException(String message, NtStatus status) {
    super(message + ": " + status.meaning() + " [" + status + "]");
    this.status = status;
    this.reason = Reason.CREDENTIALS;
  }

  /**
   * Creates the exception for a failure that this side found.
   *
   * @param message who failed to log in where, and why
   * @param reason of what kind the failure is
   */
  public SmbAuthenticationException(String message, Reason reason) {
    super(message);
    this.status = null;
    this.reason = reason;
  }

  private SmbAuthenticationException(SmbAuthenticationException cause) {
    super(cause.getMessage(), cause);
    this.status = cause.status;
    this.reason = cause.reason;
  }

  /**
   * What the server said.
   *
   * @return the status, or null when this side found the failure
   */
  public @Nullable NtStatus status() {
    return status;
  }

  /**
   * Why nobody is logged in.
   *
   * @return of what kind the failure is
   */
  public Reason reason() {
    return reason;
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
