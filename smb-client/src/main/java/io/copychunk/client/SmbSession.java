package io.copychunk.client;

import io.copychunk.client.error.SmbException;
import java.io.InterruptedIOException;

/** A user who is logged in to a server. Thread-safe. */
public final class SmbSession implements AutoCloseable {
  private final AsyncSmbSession async;

  SmbSession(AsyncSmbSession async) {
    this.async = async;
  }

  /**
   * The asynchronous face of this session.
   *
   * @return shares everything with this one
   */
  public AsyncSmbSession async() {
    return async;
  }

  /**
   * Connects to a share.
   *
   * @param name the share's name
   * @return the share
   * @throws SmbException when there is no such share, or the user may not use it
   * @throws InterruptedIOException when interrupted
   * @throws java.nio.file.InvalidPathException when the name can not be a share's
   */
  public SmbShare share(String name) throws SmbException, InterruptedIOException {
    return new SmbShare(
        async.share(Waiting.forResult(async.eventLoop(), () -> async.shareNow(name))));
  }

  /**
   * Authenticates the session anew; see {@link AsyncSmbSession#reauthenticate}.
   *
   * @param credentials whose credentials are asked for from now on
   * @throws SmbException when the server does not accept them; the session has ended then, but for
   *     one of a guest or of nobody, which stays as it is
   * @throws InterruptedIOException when interrupted
   */
  public void reauthenticate(Credentials credentials) throws SmbException, InterruptedIOException {
    Waiting.forResult(async.eventLoop(), () -> async.reauthenticateNow(credentials));
  }

  /**
   * How the session is protected.
   *
   * @return what is so now; {@link SmbShare#security} for a share
   */
  public SessionSecurity security() {
    return async.security();
  }

  /**
   * Whether the session can be used.
   *
   * @return false after it or its connection was closed
   */
  public boolean isOpen() {
    return async.isOpen();
  }

  /**
   * Logs off; the connection is closed when this was its last session.
   *
   * @throws SmbException never, so far: a server that does not answer is left alone
   * @throws InterruptedIOException when interrupted
   */
  @Override
  public void close() throws SmbException, InterruptedIOException {
    Waiting.forResult(async.eventLoop(), () -> async.closeNow());
  }

  /** Who is logged in where. */
  @Override
  public String toString() {
    return async.toString();
  }
}
