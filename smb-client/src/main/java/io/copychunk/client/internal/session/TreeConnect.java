package io.copychunk.client.internal.session;

import io.copychunk.client.error.SmbClosedException;
import io.copychunk.client.error.SmbException;
import io.copychunk.client.internal.connection.Connection;
import io.copychunk.client.internal.connection.PendingRequest;
import io.copychunk.client.internal.connection.Reply;
import io.copychunk.client.internal.connection.RequestScope;
import io.copychunk.client.internal.transport.Protection;
import io.copychunk.message.CreateRequest;
import io.copychunk.message.CreateResponse;
import io.copychunk.message.ShareFlags;
import io.copychunk.message.TreeConnectResponse;
import io.copychunk.message.TreeDisconnectRequest;
import io.copychunk.message.fsctl.SrvRequestResumeKeyResponse;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A connected share (3.2.1.4 TreeConnect). Thread-safe. */
public final class TreeConnect {
  private final Session session;
  private final int treeId;
  private final String path;
  private final TreeConnectResponse response;
  private final AtomicBoolean closed = new AtomicBoolean();

  TreeConnect(Session session, int treeId, String path, TreeConnectResponse response) {
    this.session = session;
    this.treeId = treeId;
    this.path = path;
    this.response = response;
  }

  /**
   * A file that was opened and its resume key, from one compound.
   *
   * @param open the open
   * @param key its key
   * @param roundTrips what both cost together: 1, or 2 when the server would not compound them
   */
  public record KeyedOpen(Open open, SrvRequestResumeKeyResponse key, int roundTrips) {}

  /**
   * The session.
   *
   * @return the session
   */
  public Session session() {
    return session;
  }

  /**
   * The share as {@code \\host\share}.
   *
   * @return the path that was connected to
   */
  public String path() {
    return path;
  }

  /**
   * What the server told of the share.
   *
   * @return its response
   */
  public TreeConnectResponse response() {
    return response;
  }

  /**
   * Whether the share can be used.
   *
   * @return false after it, its session or its connection was closed
   */
  public boolean isOpen() {
    return !closed.get() && session.isOpen();
  }

  /**
   * Opens or creates a file (3.2.4.3).
   *
   * @param request the request
   * @return the open, or an {@code SmbException}
   */
  public Call<Open> open(CreateRequest request) {
    String name = pathOf(request.name());
    PendingRequest<CreateResponse> create = create(request);
    Call<Open> call = new Call<>(() -> connection().abandon(create, new CancellationException()));
    SmbException ended = ended();
    if (ended != null) {
      call.completeExceptionally(ended);
      return call;
    }
    create.whenComplete((reply, failure) -> {
      if (failure != null) {
        call.completeExceptionally(Failures.of(failure, name));
        return;
      }
      Open open = opened(reply, request.name());
      if (!call.complete(open)) {
        open.close();
      }
    });
    connection().send(create);
    return call;
  }

  /**
   * Begins a compound that opens or creates a file, and asks of it what is added.
   *
   * @param request how the file is opened
   * @return nothing is sent yet
   */
  public CompoundedOpen compound(CreateRequest request) {
    return new CompoundedOpen(this, request);
  }

  /**
   * Opens a file and asks for its resume key in one round trip.
   *
   * @param request the request
   * @return both, or an {@code SmbException}; then the file is closed
   */
  public Call<KeyedOpen> openWithResumeKey(CreateRequest request) {
    return OpenWithResumeKey.start(this, request);
  }

  /**
   * Disconnects from the share (3.2.4.22). The server closes what is open on it.
   *
   * @return completes when the server has answered, at once when it was disconnected before
   */
  public CompletableFuture<Void> disconnect() {
    if (!closed.compareAndSet(false, true) || !session.isOpen()) {
      return CompletableFuture.completedFuture(null);
    }
    return connection()
        .send(new PendingRequest<>(scope(), new TreeDisconnectRequest()).dueAnyway())
        .handle((reply, failure) -> {
          if (failure != null) {
            throw new CompletionException(Failures.of(failure, path));
          }
          return null;
        });
  }

  int treeId() {
    return treeId;
  }

  /**
   * How messages about the share are protected.
   *
   * @return what the session has, or {@link Protection#ENCRYPTED} where the share demands it
   */
  public Protection protection() {
    boolean demanded = response.flags().has(ShareFlags.ENCRYPT_DATA);
    return demanded && session.canEncrypt() ? Protection.ENCRYPTED : session.protection();
  }

  RequestScope scope() {
    return new RequestScope(session.sessionId(), treeId, protection());
  }

  Connection connection() {
    return session.connection();
  }

  /** What a request is refused with once the share or its session was closed, else null. */
  @Nullable
  SmbException ended() {
    return closed.get() ? new SmbClosedException(path + ": the share was closed") : session.ended();
  }

  PendingRequest<CreateResponse> create(CreateRequest request) {
    return new PendingRequest<>(scope(), request)
        .onLateReply(reply -> opened(reply, request.name()).close());
  }

  Open opened(Reply<CreateResponse> reply, String name) {
    return new Open(this, pathOf(name), reply.body());
  }

  String pathOf(String name) {
    return name.isEmpty() ? path : path + "\\" + name;
  }
}
