package io.copychunk.client;

import io.copychunk.client.error.SmbAuthenticationException;
import io.copychunk.client.error.SmbAuthenticationException.Reason;
import io.copychunk.client.error.SmbClosedException;
import io.copychunk.client.internal.session.Call;
import io.copychunk.client.internal.session.Session;
import io.copychunk.client.internal.session.SessionSetup;
import io.copychunk.client.internal.session.TreeConnect;
import io.netty.channel.EventLoop;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * The asynchronous face of {@link SmbSession}. Futures complete on the callback executor; cancelling
 * one cancels what it stands for. Thread-safe.
 */
public final class AsyncSmbSession {
  /** How long a server may take to say good-bye. */
  private static final long LOGOFF_SECONDS = 5;

  private final AsyncSmbConnection connection;
  private final Session session;
  private final Companions companions = new Companions(this::loginAgain);
  private final String host;
  private final Executor executor;
  private final AtomicBoolean closing = new AtomicBoolean();
  private final CompletableFuture<Void> closed = new CompletableFuture<>();
  private final @Nullable AsyncSmbSession origin;
  private volatile Credentials credentials;

  AsyncSmbSession(
      AsyncSmbConnection connection,
      Session session,
      Credentials credentials,
      String host,
      @Nullable AsyncSmbSession origin,
      Executor executor) {
    this.origin = origin;
    this.connection = connection;
    this.session = session;
    this.credentials = credentials;
    this.host = host;
    this.executor = executor;
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
    return Published.of(shareNow(name), this::share, TreeConnect::disconnect, executor);
  }

  Call<TreeConnect> shareNow(String name) {
    return session.connectTree(SharePath.share(host, name));
  }

  AsyncSmbShare share(TreeConnect tree) {
    return new AsyncSmbShare(this, tree, executor);
  }

  /**
   * Authenticates the session anew. Its keys, shares and files stay. Happens by itself when the
   * server says that the session has expired; to be called when the server is known to end it soon,
   * or with new credentials of the same user, such as a changed password.
   *
   * @param credentials whose credentials are asked for from now on
   * @return completes when the server has accepted them; fails with an {@code
   *     SmbAuthenticationException} or another {@code SmbException}, and then the session has ended.
   *     It stays as it is where nothing was sent: when the session is one of a guest or of nobody,
   *     which has no key to go on with, or the credentials are anonymous or were wiped
   */
  public CompletableFuture<Void> reauthenticate(Credentials credentials) {
    return Published.of(reauthenticateNow(credentials), done -> done, done -> {}, executor);
  }

  CompletableFuture<Void> reauthenticateNow(Credentials credentials) {
    try {
      credentials.requireUsable();
    } catch (SmbClosedException e) {
      return CompletableFuture.failedFuture(e);
    }
    if (credentials.isAnonymous()) {
      return CompletableFuture.failedFuture(new SmbAuthenticationException(
          this + ": a user's session can not become nobody's", Reason.POLICY));
    }
    return SessionSetup.renew(session, connection.howToLogIn(credentials))
        .thenAccept(renewed -> this.credentials = credentials);
  }

  /**
   * A further session of the same user, on a connection of its own to the same server: where one
   * connection has too few credits, or one core is too little on either side, for a server may serve
   * each connection by a process of its own. It is made when it is first asked for, protected by the
   * same policy, kept, and ended with this session.
   *
   * @param number which one, 1 to {@link #maxConnections} - 1
   * @return the session; fails when the server accepts no more, another server answers, or the
   *     credentials were closed
   * @throws IllegalArgumentException when the number is out of range
   */
  public CompletableFuture<AsyncSmbSession> companion(int number) {
    if (number < 1 || number >= maxConnections()) {
      throw new IllegalArgumentException(
          "number: " + number + " (expected: 1.." + (maxConnections() - 1) + ")");
    }
    return Published.of(companions.get(number), made -> made, made -> {}, executor);
  }

  /**
   * The most connections that this session may have, its own and those of its companions.
   *
   * @return {@link io.copychunk.client.config.TransportConfig#maxConnections}
   */
  public int maxConnections() {
    return connection.maxConnections();
  }

  /**
   * The session that this one is a companion of.
   *
   * @return this one, if it is none
   */
  public AsyncSmbSession origin() {
    return origin == null ? this : origin;
  }

  private CompletableFuture<AsyncSmbSession> loginAgain() {
    return connection.another().thenCompose(other -> other.loginNow(credentials, origin()));
  }

  /**
   * The most that one {@link AsyncSmbFile#read} may ask for: what the server gives, and what fits into
   * a message.
   *
   * @return bytes, at least 65536
   */
  public int maxReadSize() {
    return (int) session.maxReadSize();
  }

  /**
   * The most that one {@link AsyncSmbFile#write} may carry.
   *
   * @return bytes, at least 65536
   */
  public int maxWriteSize() {
    return (int) session.maxWriteSize();
  }

  /**
   * The most that an FSCTL may carry or return.
   *
   * @return bytes, at least 65536
   */
  public int maxTransactSize() {
    return (int) session.maxTransactSize();
  }

  /**
   * The credits that the connection has now, those of requests under way included: how much it may have
   * under way at once.
   *
   * @return 0 to the target of the configuration
   */
  public CompletableFuture<Integer> credits() {
    return Published.of(
        session.connection().credits(), credits -> credits, credits -> {}, executor);
  }

  /**
   * The shortest time in which a request of the connection was answered so far: the way there and back,
   * and what the server needs at least.
   *
   * @return more than nothing
   */
  public Duration leastRoundTrip() {
    return Duration.ofNanos(session.connection().leastRoundTrip());
  }

  /**
   * How the session is protected.
   *
   * @return what is so now; {@link AsyncSmbShare#security} for a share
   */
  public SessionSecurity security() {
    return SessionSecurity.of(session, session.protection());
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
      companions.close();
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
    return session.user() + " on " + connection;
  }
}
