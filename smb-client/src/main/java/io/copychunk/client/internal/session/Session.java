package io.copychunk.client.internal.session;

import io.copychunk.client.error.SmbClosedException;
import io.copychunk.client.error.SmbException;
import io.copychunk.client.error.SmbNotSupportedException;
import io.copychunk.client.internal.connection.Connection;
import io.copychunk.client.internal.connection.NegotiatedProtocol;
import io.copychunk.client.internal.connection.PendingRequest;
import io.copychunk.client.internal.connection.Reply;
import io.copychunk.client.internal.connection.RequestScope;
import io.copychunk.message.LogoffRequest;
import io.copychunk.message.LogoffResponse;
import io.copychunk.message.ShareFlags;
import io.copychunk.message.TreeConnectRequest;
import io.copychunk.message.TreeConnectResponse;
import io.copychunk.wire.Command;
import io.copychunk.wire.Dialect;
import io.copychunk.wire.NtStatus;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** An authenticated user on a connection (3.2.1.3 Session). Thread-safe. */
public final class Session {
  private final Connection connection;
  private final NegotiatedProtocol protocol;
  private final long sessionId;
  private final boolean hasKey;
  private final boolean signed;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final NegotiateValidation validation;

  Session(
      Connection connection,
      NegotiatedProtocol protocol,
      long sessionId,
      boolean hasKey,
      boolean signed) {
    this.connection = connection;
    this.protocol = protocol;
    this.sessionId = sessionId;
    this.hasKey = hasKey;
    this.signed = signed;
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
   * Whether every message of the session is signed.
   *
   * @return false for guests and anonymous sessions, and where neither side requires it
   */
  public boolean signed() {
    return signed;
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
   * Connects to a share (3.2.4.2.4).
   *
   * @param path the share as {@code \\host\share}
   * @return the tree connect, or an {@code SmbException}
   */
  public Call<TreeConnect> connectTree(String path) {
    PendingRequest<TreeConnectResponse> request =
        new PendingRequest<>(connectingScope(), new TreeConnectRequest(path));
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
      connection.removeSigner(sessionId);
      if (failure == null) {
        done.complete(null);
      } else {
        done.completeExceptionally(Failures.of(failure, "LOGOFF"));
      }
    });
    return done;
  }

  RequestScope scope(int treeId) {
    return new RequestScope(sessionId, treeId, signed);
  }

  /** 3.2.4.1.1: on 3.1.1 TREE_CONNECT is signed also where nothing else has to be. */
  private RequestScope connectingScope() {
    boolean mustSign = hasKey && protocol.dialect() == Dialect.SMB_3_1_1;
    return new RequestScope(sessionId, 0, signed || mustSign);
  }

  private TreeConnect tree(Reply<TreeConnectResponse> reply, String path) {
    return new TreeConnect(this, reply.header().treeId(), path, reply.body());
  }

  private void accept(TreeConnect tree, TreeConnectResponse response, Call<TreeConnect> call) {
    if (response.flags().has(ShareFlags.ENCRYPT_DATA)) {
      tree.disconnect();
      call.completeExceptionally(new SmbNotSupportedException(
          "encryption, which the share demands,",
          NtStatus.NOT_SUPPORTED,
          Command.TREE_CONNECT,
          tree.path()));
      return;
    }
    validation
        .validate(new RequestScope(sessionId, tree.treeId(), hasKey))
        .whenComplete((valid, failure) -> {
          if (failure != null) {
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
