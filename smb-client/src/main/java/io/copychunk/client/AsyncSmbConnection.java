package io.copychunk.client;

import io.copychunk.auth.Authenticator;
import io.copychunk.auth.NtlmIdentity;
import io.copychunk.auth.SpnegoAuthenticator;
import io.copychunk.client.config.SecurityPolicy;
import io.copychunk.client.config.SmbConfig;
import io.copychunk.client.error.SmbClosedException;
import io.copychunk.client.error.SmbTransportException;
import io.copychunk.client.internal.connection.Connection;
import io.copychunk.client.internal.session.Login;
import io.copychunk.client.internal.session.SessionSetup;
import io.copychunk.wire.Dialect;
import io.copychunk.wire.Guid;
import io.copychunk.wire.Octets;
import io.netty.channel.EventLoop;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The asynchronous face of {@link SmbConnection}. Futures complete on the callback executor;
 * cancelling one cancels what it stands for. Thread-safe.
 */
public final class AsyncSmbConnection implements AutoCloseable {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final Instant FILETIME_EPOCH = Instant.parse("1601-01-01T00:00:00Z");

  private final Connection connection;
  private final String host;
  private final SecurityPolicy policy;
  private final Duration timeout;
  private final int maxConnections;
  private final Supplier<CompletableFuture<AsyncSmbConnection>> again;
  private final Executor executor;
  private final AtomicReference<@Nullable Duration> firstLogin;
  private final AtomicInteger users = new AtomicInteger();
  private volatile boolean closed;

  /**
   * Takes an established connection over.
   *
   * @param remaining what connecting has left of the time for connecting and the first login
   * @param again connects to the same address once more
   */
  AsyncSmbConnection(
      Connection connection,
      String host,
      SmbConfig config,
      Duration remaining,
      Supplier<CompletableFuture<AsyncSmbConnection>> again,
      Executor executor) {
    this.connection = connection;
    this.host = host;
    this.policy = config.security();
    this.timeout = config.transport().connectTimeout();
    this.maxConnections = config.transport().maxConnections();
    this.again = again;
    this.firstLogin = new AtomicReference<>(remaining);
    this.executor = executor;
  }

  /**
   * Authenticates with NTLMv2. The credentials are asked again when the session expires: close them
   * only when that may end it. The first login and connecting share one deadline, {@link
   * io.copychunk.client.config.TransportConfig#connectTimeout}. When it fails and no other session uses the connection, the
   * connection is closed.
   *
   * @param credentials who logs in
   * @return the session; fails with an {@code SmbAuthenticationException} when the server does not
   *     accept them or the policy does not allow what they come to, an {@code SmbTimeoutException}
   *     when it takes too long, an {@code SmbClosedException} when connection or credentials were
   *     closed, or another {@code SmbException}
   */
  public CompletableFuture<AsyncSmbSession> login(Credentials credentials) {
    return Published.of(
        loginNow(credentials), session -> session, AsyncSmbSession::closeNow, executor);
  }

  CompletableFuture<AsyncSmbSession> loginNow(Credentials credentials) {
    return loginNow(credentials, null);
  }

  CompletableFuture<AsyncSmbSession> loginNow(
      Credentials credentials, @Nullable AsyncSmbSession origin) {
    if (!isOpen()) {
      return CompletableFuture.failedFuture(
          new SmbClosedException(connection + ": the connection was closed"));
    }
    try {
      credentials.requireUsable();
    } catch (SmbClosedException e) {
      return CompletableFuture.failedFuture(e);
    }
    users.incrementAndGet();
    Duration limit = Objects.requireNonNullElse(firstLogin.getAndSet(null), timeout);
    CompletableFuture<AsyncSmbSession> login = new CompletableFuture<>();
    SessionSetup.start(connection, howToLogIn(credentials), limit)
        .whenComplete((session, failure) -> {
          if (failure != null) {
            release();
            login.completeExceptionally(failure);
            return;
          }
          AsyncSmbSession opened =
              new AsyncSmbSession(this, session, credentials, host, origin, executor);
          if (!login.complete(opened)) {
            opened.closeNow();
          }
        });
    return login;
  }

  /** How somebody is logged in on this connection. */
  Login howToLogIn(Credentials credentials) {
    return new Login(
        credentials.toString(),
        policy,
        hint -> authenticator(credentials, hint),
        "log in to " + host + " as " + credentials,
        timeout);
  }

  /**
   * The dialect that was agreed on.
   *
   * @return the dialect, also after the connection was closed
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

  /** How many connections one session may have, with companions. */
  int maxConnections() {
    return maxConnections;
  }

  /** Connects to the same server once more; fails when it is another one that answers there. */
  CompletableFuture<AsyncSmbConnection> another() {
    return again.get().thenCompose(other -> {
      if (serverGuid().equals(other.serverGuid())) {
        return CompletableFuture.completedFuture(other);
      }
      other.close();
      return CompletableFuture.failedFuture(new SmbTransportException(
          connection + ": another connection has led to another server (expected: ServerGuid "
              + serverGuid() + ")"));
    });
  }

  private Guid serverGuid() {
    return connection.protocol().response().serverGuid();
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

  private Authenticator authenticator(Credentials credentials, Octets serverHint)
      throws SmbClosedException {
    NtlmIdentity identity = credentials.ntlm();
    try {
      return SpnegoAuthenticator.ntlm(
          identity, host, serverHint, RANDOM::nextBytes, AsyncSmbConnection::fileTime);
    } catch (RuntimeException e) {
      identity.destroy();
      throw e;
    }
  }

  private static long fileTime() {
    Duration since = Duration.between(FILETIME_EPOCH, Instant.now());
    return since.getSeconds() * 10_000_000 + since.getNano() / 100;
  }
}
