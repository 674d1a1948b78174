package io.copychunk.client;

import io.copychunk.auth.Authenticator;
import io.copychunk.auth.NtlmIdentity;
import io.copychunk.auth.SpnegoAuthenticator;
import io.copychunk.client.config.SecurityConfig;
import io.copychunk.client.error.SmbClosedException;
import io.copychunk.client.internal.connection.Connection;
import io.copychunk.client.internal.session.SessionSetup;
import io.copychunk.wire.Dialect;
import io.copychunk.wire.Octets;
import io.netty.channel.EventLoop;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The asynchronous face of {@link SmbConnection}. Futures complete on the callback executor;
 * cancelling one cancels what it stands for. Thread-safe.
 */
public final class AsyncSmbConnection implements AutoCloseable {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Instant FILETIME_EPOCH = Instant.parse("1601-01-01T00:00:00Z");

  private final Connection connection;
  private final String host;
  private final SecurityConfig security;
  private final Executor executor;
  private final AtomicInteger users = new AtomicInteger();
  private volatile boolean closed;

  AsyncSmbConnection(
      Connection connection, String host, SecurityConfig security, Executor executor) {
    this.connection = connection;
    this.host = host;
    this.security = security;
    this.executor = executor;
  }

  /**
   * Authenticates with NTLMv2. When it fails and no other session uses the connection, the
   * connection is closed.
   *
   * @param credentials who logs in
   * @return the session; fails with an {@code SmbAuthenticationException} when the server does not
   *     accept them, or another {@code SmbException}
   */
  public CompletableFuture<AsyncSmbSession> login(Credentials credentials) {
    return Published.of(
        loginNow(credentials), session -> session, AsyncSmbSession::closeNow, executor);
  }

  CompletableFuture<AsyncSmbSession> loginNow(Credentials credentials) {
    if (!isOpen()) {
      return CompletableFuture.failedFuture(
          new SmbClosedException(connection + ": the connection was closed"));
    }
    NtlmIdentity identity;
    try {
      identity = credentials.ntlm();
    } catch (SmbClosedException e) {
      return CompletableFuture.failedFuture(e);
    }
    users.incrementAndGet();
    String who = "log in to " + host + " as " + credentials;
    CompletableFuture<AsyncSmbSession> login = new CompletableFuture<>();
    SessionSetup.start(connection, security, hint -> authenticator(identity, hint), who)
        .whenComplete((session, failure) -> {
          identity.destroy();
          if (failure != null) {
            release();
            login.completeExceptionally(failure);
            return;
          }
          AsyncSmbSession opened =
              new AsyncSmbSession(this, session, host, credentials.toString(), executor);
          if (!login.complete(opened)) {
            opened.closeNow();
          }
        });
    return login;
  }

  /**
   * The dialect that was agreed on.
   *
   * @return the dialect
   * @throws IllegalStateException when the connection was closed
   */
  public Dialect dialect() {
    return connection.protocol().dialect();
  }

  /**
   * Whether the connection can be used.
   *
   * @return false after it was closed from either side
   */
  public boolean isOpen() {
    return !closed && !connection.isClosed();
  }

  /** Closes the connection; what is under way fails with {@link SmbClosedException}. */
  @Override
  public void close() {
    closed = true; // seen at once by whoever closed it; the event loop may take a moment
    connection.close(new SmbClosedException(connection + ": the connection was closed"));
  }

  EventLoop eventLoop() {
    return connection.eventLoop();
  }

  /** One login or session less; with the last of them the connection ends. */
  void release() {
    if (users.decrementAndGet() == 0) {
      close();
    }
  }

  /** The server. */
  @Override
  public String toString() {
    return connection.toString();
  }

  private Authenticator authenticator(NtlmIdentity identity, Octets serverHint) {
    return SpnegoAuthenticator.ntlm(
        identity, host, serverHint, RANDOM::nextBytes, AsyncSmbConnection::fileTime);
  }

  private static long fileTime() {
    Duration since = Duration.between(FILETIME_EPOCH, Instant.now());
    return since.getSeconds() * 10_000_000 + since.getNano() / 100;
  }
}
