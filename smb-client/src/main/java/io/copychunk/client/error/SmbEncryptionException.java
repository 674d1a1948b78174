package io.copychunk.client.error;

/**
 * The server demands encryption for a session, or a share for itself, and this side has no key or no
 * cipher for it: the login is one of nobody or of a guest, or the policy or the dialect leaves no
 * cipher. The scope tells which it was.
 */
public final class SmbEncryptionException extends SmbException {
  private static final long serialVersionUID = 1L;

  private final Scope scope;

  /**
   * Creates the exception.
   *
   * @param message what failed and where
   * @param scope the session's when the session can not be, the request's when a share can not be
   *     connected to
   */
  public SmbEncryptionException(String message, Scope scope) {
    super(message);
    this.scope = scope;
  }

  private SmbEncryptionException(SmbEncryptionException cause) {
    super(cause.getMessage(), cause);
    this.scope = cause.scope;
  }

  @Override
  public Scope scope() {
    return scope;
  }

  @Override
  public SmbEncryptionException withCallersStack() {
    return new SmbEncryptionException(this);
  }
}
