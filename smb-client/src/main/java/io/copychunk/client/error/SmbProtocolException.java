package io.copychunk.client.error;

import org.jspecify.annotations.Nullable;

/** The server sent what the protocol does not allow, or is no SMB server at all. */
public final class SmbProtocolException extends SmbException {
  private static final long serialVersionUID = 1L;

  private final boolean smb;

  /**
   * Creates the exception.
   *
   * @param message what failed and where
   */
  public SmbProtocolException(String message) {
    super(message);
    this.smb = true;
  }

  /**
   * Creates the exception with its cause.
   *
   * @param message what failed and where
   * @param cause what made it fail
   */
  public SmbProtocolException(String message, Throwable cause) {
    this(message, true, cause);
  }

  private SmbProtocolException(String message, boolean smb, @Nullable Throwable cause) {
    super(message, cause);
    this.smb = smb;
  }

  /**
   * The exception for a server whose first bytes can not be those of an SMB server.
   *
   * @param message what failed and where
   * @return the exception
   */
  public static SmbProtocolException notSmb(String message) {
    return new SmbProtocolException(message, false, null);
  }

  /**
   * Whether the server may be an SMB server.
   *
   * @return false when its first bytes were none of SMB
   */
  public boolean isSmb() {
    return smb;
  }

  @Override
  public Scope scope() {
    return Scope.CONNECTION;
  }

  @Override
  public SmbProtocolException withCallersStack() {
    return new SmbProtocolException(getMessage(), smb, this);
  }
}
