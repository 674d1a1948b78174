package io.copychunk.client;

import io.copychunk.client.internal.session.Call;
import io.copychunk.client.internal.session.Session;
import io.copychunk.client.internal.session.TreeConnect;
import io.netty.channel.EventLoop;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The asynchronous face of {@link SmbSession}. Futures complete on the callback executor; cancelling
 * one cancels what it stands for. Thread-safe.
 */
public final class AsyncSmbSession {
  /** How long a server may take to say good-bye. */
  private static final long LOGOFF_SECONDS = 5;

  private final AsyncSmbConnection connection;
  private final Session session;
  private final String host;
  private final SessionSecurity security;
  private final Executor executor;
  private final AtomicBoolean closing = new AtomicBoolean();
  private final CompletableFuture<Void> closed = new CompletableFuture<>();

  AsyncSmbSession(
      AsyncSmbConnection connection, Session session, String host, String user, Executor executor) {
    this.connection = connection;
    this.session = session;
    this.host = host;
    this.executor = executor;
    this.security = new SessionSecurity(
        session.protocol().dialect(),
        session.signed() ? session.protocol().signingAlgorithm() : null,
        null,
        user);
  }

  /**
   * Connects to a share.
   *
   * @param name the share's name
   * @return the share; fails with an {@code SmbStatusException} such as BAD_NETWORK_NAME, or another
   *     {@code SmbException}
   * @throws java.nio.file.InvalidPathException when the name can not be a share's
   */
  public CompletableFuture<AsyncSmbShare> share(String name) {
    return Published.of(
        shareNow(name),
        tree -> new AsyncSmbShare(tree, executor),
        TreeConnect::disconnect,
        executor);
  }

  Call<TreeConnect> shareNow(String name) {
    return session.connectTree(SharePath.share(host, name));
  }

  Executor executor() {
    return executor;
  }

  /**
   * How the session is protected.
   *
   * @return dialect, signing, encryption and user
   */
  public SessionSecurity security() {
    return security;
  }

  /**
   * Whether the session can be used.
   *
   * @return false after it or its connection was closed
   */
  public boolean isOpen() {
    return session.isOpen();
  }

  /**
   * Logs off; the server closes what is open in the session. The connection is closed when this was
   * its last session, also when the server does not answer in time.
   *
   * @return completes when it is done
   */
  public CompletableFuture<Void> close() {
    return Published.of(closeNow(), done -> done, done -> {}, executor);
  }

  CompletableFuture<Void> closeNow() {
    if (closing.compareAndSet(false, true)) {
      session
          .logoff()
          .orTimeout(LOGOFF_SECONDS, TimeUnit.SECONDS)
          .whenComplete((answered, failure) -> {
            connection.release();
            closed.complete(null);
          });
    }
    return closed.copy();
  }

  EventLoop eventLoop() {
    return connection.eventLoop();
  }

  /** Who is logged in where. */
  @Override
  public String toString() {
    return security.user() + " on " + connection;
  }
}
