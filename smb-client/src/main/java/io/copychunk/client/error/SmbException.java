package io.copychunk.client.error;

import io.copychunk.wire.PrintableText;
import java.io.IOException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What went wrong between this client and a server. Every subclass tells how far the damage reaches
 * by its {@link #scope}.
 *
 * <p>Messages say what failed and where; they never contain secrets or payload, and what is not
 * printable in them is escaped, for names may come from a hostile server.
 */
public abstract sealed class SmbException extends IOException
    permits SmbStatusException,
        SmbCopyException,
        SmbTimeoutException,
        SmbClosedException,
        SmbBusyException,
        SmbAuthenticationException,
        SmbSessionExpiredException,
        SmbEncryptionException,
        SmbNegotiationException,
        SmbProtocolException,
        SmbIntegrityException,
        SmbTransportException {
  private static final long serialVersionUID = 1L;

  /** How far the damage of an error reaches. */
  public enum Scope {
    /** This request failed; the session and the connection are sound. */
    REQUEST,
    /** The session is of no more use; the connection is sound. */
    SESSION,
    /** The connection is closed, and everything that ran over it has failed. */
    CONNECTION
  }

  SmbException(String message, @Nullable Throwable cause) {
    super(PrintableText.of(message), cause);
  }

  SmbException(String message) {
    super(PrintableText.of(message));
  }

  /** What failed and where; never null. */
  @Override
  public final String getMessage() {
    return Objects.requireNonNull(super.getMessage());
  }

  /**
   * How far the damage reaches.
   *
   * @return request, session or connection
   */
  public abstract Scope scope();

  /**
   * The same failure with the stack of the calling thread, and this one as its cause: what a
   * blocking method throws, so that the stack shows who called it.
   *
   * @return a new exception of the same class with the same message and details
   */
  public abstract SmbException withCallersStack();
}
