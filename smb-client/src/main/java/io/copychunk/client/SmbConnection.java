package io.copychunk.client;

import io.copychunk.client.error.SmbException;
import io.copychunk.wire.Dialect;
import java.io.InterruptedIOException;

/**
 * A connection to a server, with dialect and limits agreed on. Closes itself with its last session,
 * and when a login fails while there is no other. Thread-safe.
 */
public final class SmbConnection implements AutoCloseable {
  private final AsyncSmbConnection async;

  SmbConnection(AsyncSmbConnection async) {
    this.async = async;
  }

  /**
   * The asynchronous face of this connection.
   *
   * @return shares everything with this one
   */
  public AsyncSmbConnection async() {
    return async;
  }

  /**
   * Authenticates with NTLMv2. The credentials are asked again when the session expires: close them
   * only when that may end it. The first login and connecting share one deadline, {@link
   * io.copychunk.client.config.TransportConfig#connectTimeout}. When it fails and no other session
   * uses the connection, the connection is closed.
   *
   * @param credentials who logs in
   * @return the session
   * @throws SmbException an {@code SmbAuthenticationException} when the server does not accept them
   *     or the policy does not allow what they come to, an {@code SmbTimeoutException} when it takes
   *     too long, an {@code SmbClosedException} when connection or credentials were closed
   * @throws InterruptedIOException when interrupted
   * @throws IllegalStateException when called on the connection's event loop
   */
  public SmbSession login(Credentials credentials) throws SmbException, InterruptedIOException {
    return new SmbSession(Waiting.forResult(async.eventLoop(), () -> async.loginNow(credentials)));
  }

  /**
   * The dialect that was agreed on.
   *
   * @return the dialect, also after the connection was closed
   */
  public Dialect dialect() {
    return async.dialect();
  }

  /**
   * Whether the connection can be used.
   *
   * @return false after it was closed from either side
   */
  public boolean isOpen() {
    return async.isOpen();
  }

  /** Closes the connection; what is under way fails. */
  @Override
  public void close() {
    async.close();
  }

  /** The server. */
  @Override
  public String toString() {
    return async.toString();
  }
}
