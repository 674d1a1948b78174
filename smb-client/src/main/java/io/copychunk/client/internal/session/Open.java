package io.copychunk.client.internal.session;

import io.copychunk.client.error.SmbClosedException;
import io.copychunk.client.error.SmbException;
import io.copychunk.client.internal.connection.Connection;
import io.copychunk.client.internal.connection.PendingRequest;
import io.copychunk.message.CloseRequest;
import io.copychunk.message.CreateResponse;
import io.copychunk.message.IoctlRequest;
import io.copychunk.message.IoctlResponse;
import io.copychunk.message.fsctl.Fsctl;
import io.copychunk.wire.NtStatus;
import io.copychunk.wire.Octets;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** An open file (3.2.1.6 Open). Thread-safe. */
public final class Open {
  private final TreeConnect tree;
  private final String path;
  private final CreateResponse response;
  private final AtomicBoolean closed = new AtomicBoolean();
  private volatile @Nullable Octets resumeKey;

  Open(TreeConnect tree, String path, CreateResponse response) {
    this.tree = tree;
    this.path = path;
    this.response = response;
  }

  /**
   * The share.
   *
   * @return the tree connect that it was opened through
   */
  public TreeConnect tree() {
    return tree;
  }

  /**
   * The file as {@code \\host\share\path}.
   *
   * @return as it was opened, whatever it is called now
   */
  public String path() {
    return path;
  }

  /**
   * What the server told when it was opened.
   *
   * @return its response
   */
  public CreateResponse response() {
    return response;
  }

  /**
   * Whether the file can be used.
   *
   * @return false after it, its share, its session or its connection was closed
   */
  public boolean isOpen() {
    return !closed.get() && tree.isOpen();
  }

  /**
   * The key that was issued last, the only one that the server is bound to know (3.3.5.15.5).
   *
   * @return 24 bytes, or null
   */
  public @Nullable Octets resumeKey() {
    return resumeKey;
  }

  /**
   * Remembers the key that was issued last.
   *
   * @param key 24 bytes
   */
  public void resumeKey(Octets key) {
    resumeKey = key;
  }

  /**
   * Sends an FSCTL and decodes what it returns.
   *
   * @param fsctl the control and its input
   * @param <O> what it returns
   * @return the output; fails with an {@code SmbException}, also when the output was cut
   */
  public <O> Call<O> ioctl(Fsctl<O> fsctl) {
    Call<IoctlAnswer<O>> answer = control(fsctl);
    Call<O> call = new Call<>(() -> answer.cancel(false));
    answer.whenComplete((got, failure) -> {
      if (failure != null) {
        call.completeExceptionally(failure);
      } else if (got.status().equals(NtStatus.BUFFER_OVERFLOW)) {
        call.completeExceptionally(IoctlAnswer.cut(fsctl, path));
      } else {
        call.complete(got.value());
      }
    });
    return call;
  }

  /**
   * Sends an FSCTL; an output that was cut to the size that was allowed is a result too.
   *
   * @param fsctl the control and its input
   * @param <O> what it returns
   * @return status and output; fails with an {@code SmbException}
   */
  public <O> Call<IoctlAnswer<O>> control(Fsctl<O> fsctl) {
    PendingRequest<IoctlResponse> request =
        new PendingRequest<>(tree.scope(), IoctlRequest.of(response.fileId(), fsctl));
    Call<IoctlAnswer<O>> call =
        new Call<>(() -> connection().abandon(request, new CancellationException()));
    if (closed.get() || tree.isDisconnected()) {
      call.completeExceptionally(closedException());
      return call;
    }
    request.whenComplete((reply, failure) -> {
      try {
        call.complete(IoctlAnswer.of(fsctl, reply, failure, path));
      } catch (SmbException | CancellationException e) {
        call.completeExceptionally(e);
      }
    });
    connection().send(request);
    return call;
  }

  /**
   * Closes the file (3.2.4.5).
   *
   * @return completes when the server has answered, at once when it was closed before
   */
  public CompletableFuture<Void> close() {
    if (!closed.compareAndSet(false, true) || !tree.isOpen()) {
      return CompletableFuture.completedFuture(null);
    }
    return connection()
        .send(tree.scope(), new CloseRequest(false, response.fileId()))
        .handle((reply, failure) -> {
          if (failure != null) {
            throw new CompletionException(Failures.of(failure, path));
          }
          return null;
        });
  }

  private Connection connection() {
    return tree.connection();
  }

  private SmbException closedException() {
    return new SmbClosedException(path + ": the file was closed");
  }
}
