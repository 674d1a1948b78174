package io.copychunk.client.internal.session;

import io.copychunk.client.error.SmbClosedException;
import io.copychunk.client.error.SmbEncryptionException;
import io.copychunk.client.error.SmbException;
import io.copychunk.client.internal.connection.Connection;
import io.copychunk.client.internal.connection.NegotiatedProtocol;
import io.copychunk.client.internal.connection.PendingRequest;
import io.copychunk.client.internal.connection.Reply;
import io.copychunk.client.internal.connection.RequestScope;
import io.copychunk.client.internal.transport.Protection;
import io.copychunk.message.LogoffRequest;
import io.copychunk.message.LogoffResponse;
import io.copychunk.message.ShareFlags;
import io.copychunk.message.TreeConnectRequest;
import io.copychunk.message.TreeConnectResponse;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** An authenticated user on a connection (3.2.1.3 Session). Thread-safe. */
public final class Session {
  private final Connection connection;
  private final NegotiatedProtocol protocol;
  private final long sessionId;
  private final Identity identity;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final NegotiateValidation validation;
  private CompletableFuture<Session> renewal = CompletableFuture.completedFuture(this);
  private volatile Login login;
  private volatile String mechanism;
  private volatile Protection protection;

  /** What the server has taken the user for. */
  public enum Identity {
    /** The user whose credentials were given; only then there are keys. */
    USER,
    /** A guest, since it did not accept the credentials. */
    GUEST,
    /** Nobody, as was asked for. */
    ANONYMOUS
  }

  Session(
      Connection connection,
      Login login,
      long sessionId,
      Identity identity,
      String mechanism,
      Protection protection) {
    this.connection = connection;
    this.protocol = connection.protocol();
    this.login = login;
    this.sessionId = sessionId;
    this.identity = identity;
    this.mechanism = mechanism;
    this.protection = protection;
    this.validation = new NegotiateValidation(connection, protocol);
  }

  /**
   * The connection that the session lives on.
   *
   * @return the connection
   */
  public Connection connection() {
    return connection;
  }

  /**
   * What was agreed on with the server.
   *
   * @return known also when the connection was closed
   */
  public NegotiatedProtocol protocol() {
    return protocol;
  }

  /**
   * The largest input or output of an IOCTL: what the server takes, and what fits into a frame.
   *
   * @return bytes, at least 65536
   */
  public long maxTransactSize() {
    return connection.largestPayload(protocol.maxTransactSize());
  }

  /**
   * The largest data of a READ.
   *
   * @return bytes, at least 65536
   */
  public long maxReadSize() {
    return connection.largestPayload(protocol.maxReadSize());
  }

  /**
   * The largest data of a WRITE.
   *
   * @return bytes, at least 65536
   */
  public long maxWriteSize() {
    return connection.largestPayload(protocol.maxWriteSize());
  }

  /**
   * How messages of the session are protected, those of some shares even better.
   *
   * @return {@link Protection#NONE} for guests and anonymous sessions, and where neither side
   *     requires more
   */
  public Protection protection() {
    return protection;
  }

  /**
   * What the server has taken the user for.
   *
   * @return the user, a guest or nobody
   */
  public Identity identity() {
    return identity;
  }

  /**
   * What proved who the user is.
   *
   * @return such as "NTLMv2"
   */
  public String mechanism() {
    return mechanism;
  }

  /**
   * Whether the session can be used.
   *
   * @return false after it was logged off, and after the connection was closed
   */
  public boolean isOpen() {
    return !closed.get() && !connection.isClosed();
  }

  /**
   * Connects to a share (3.2.4.2.4). Where there is a key, TREE_CONNECT is signed also if nothing
   * else has to be: on 3.1.1 it must be (3.2.4.1.1), and before, the answer tells whether the share
   * demands encryption.
   *
   * @param path the share as {@code \\host\share}
   * @return the tree connect, or an {@code SmbException}
   */
  public Call<TreeConnect> connectTree(String path) {
    PendingRequest<TreeConnectResponse> request =
        new PendingRequest<>(provingScope(0), new TreeConnectRequest(path));
    Call<TreeConnect> call =
        new Call<>(() -> connection.abandon(request, new CancellationException()));
    request.onLateReply(reply -> tree(reply, path).disconnect());
    SmbException ended = ended();
    if (ended != null) {
      call.completeExceptionally(ended);
      return call;
    }
    request.whenComplete((reply, failure) -> {
      if (failure != null) {
        call.completeExceptionally(Failures.of(failure, path));
      } else {
        accept(tree(reply, path), reply.body(), call);
      }
    });
    connection.send(request);
    return call;
  }

  /**
   * Ends the session (3.2.4.23). Files and shares of it are closed by the server.
   *
   * @return completes when the server has answered; fails with an {@code SmbException} when it could
   *     not be asked; at once when the session was ended before
   */
  public CompletableFuture<Void> logoff() {
    if (!closed.compareAndSet(false, true) || connection.isClosed()) {
      return CompletableFuture.completedFuture(null);
    }
    CompletableFuture<Void> done = new CompletableFuture<>();
    PendingRequest<LogoffResponse> logoff =
        new PendingRequest<>(scope(0), new LogoffRequest()).dueAnyway();
    connection.send(logoff).whenComplete((reply, failure) -> {
      connection.removeSession(sessionId);
      if (failure == null) {
        done.complete(null);
      } else {
        done.completeExceptionally(Failures.of(failure, "LOGOFF"));
      }
    });
    return done;
  }

  /**
   * Who is logged in.
   *
   * @return domain and name, as given with the credentials that were accepted last
   */
  public String user() {
    return login.user();
  }

  /** How its user was logged in last. */
  Login login() {
    return login;
  }

  long sessionId() {
    return sessionId;
  }

  RequestScope scope(int treeId) {
    return new RequestScope(sessionId, treeId, protection);
  }

  /** Whether there is a key, and a cipher was negotiated. */
  boolean canEncrypt() {
    return identity == Identity.USER && protocol.cipher() != null;
  }

  /** The scope of what proves something about the session: at least signed, if there is a key. */
  RequestScope provingScope(int treeId) {
    Protection least = identity == Identity.USER ? Protection.SIGNED : Protection.NONE;
    return new RequestScope(sessionId, treeId, protection.or(least));
  }

  /** Takes over what a further authentication has come to. It never makes the session weaker. */
  void renewed(Login newLogin, String newMechanism, Protection newProtection) {
    login = newLogin;
    mechanism = newMechanism;
    protection = protection.or(newProtection);
  }

  /**
   * The session is of no more use, since the server did not let the user in again. It is not logged
   * off: Samba has ended it already, and answers a LOGOFF without a valid signature or not at all.
   */
  void end() {
    if (closed.compareAndSet(false, true)) {
      connection.removeSession(sessionId);
    }
  }

  /**
   * Notes a renewal that is to begin when the latest one is done. Only on the event loop.
   *
   * @param next completes with the renewal
   * @return the latest one before it
   */
  CompletableFuture<Session> succeededBy(CompletableFuture<Session> next) {
    CompletableFuture<Session> before = renewal;
    renewal = next;
    return before;
  }

  private TreeConnect tree(Reply<TreeConnectResponse> reply, String path) {
    return new TreeConnect(this, reply.header().treeId(), path, reply.body());
  }

  private void accept(TreeConnect tree, TreeConnectResponse response, Call<TreeConnect> call) {
    SmbException ended = ended();
    if (ended != null) { // by LOGOFF, which has disconnected the tree too
      call.completeExceptionally(ended);
      return;
    }
    if (response.flags().has(ShareFlags.ENCRYPT_DATA) && !canEncrypt()) {
      tree.disconnect();
      call.completeExceptionally(new SmbEncryptionException(
          tree.path() + ": the share demands encryption, and there is no "
              + (identity == Identity.USER ? "cipher" : "key") + " for it",
          SmbException.Scope.REQUEST));
      return;
    }
    RequestScope proving = provingScope(tree.treeId());
    validation
        .validate(
            new RequestScope(sessionId, tree.treeId(), proving.protection().or(tree.protection())))
        .whenComplete((valid, failure) -> {
          if (failure != null) {
            tree.disconnect();
            call.completeExceptionally(Failures.of(failure, tree.path()));
          } else if (!call.complete(tree)) {
            tree.disconnect();
          }
        });
  }

  /** What a request is refused with once the session was ended from this side, else null. */
  @Nullable
  SmbException ended() {
    return closed.get() ? new SmbClosedException(connection + ": the session was closed") : null;
  }
}
