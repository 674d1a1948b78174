package io.copychunk.client.internal.session;

import io.copychunk.client.error.SmbClosedException;
import io.copychunk.client.error.SmbException;
import io.copychunk.client.error.SmbProtocolException;
import io.copychunk.client.internal.connection.Connection;
import io.copychunk.client.internal.connection.PendingRequest;
import io.copychunk.client.internal.connection.Reply;
import io.copychunk.message.CloseRequest;
import io.copychunk.message.CloseResponse;
import io.copychunk.message.CreateResponse;
import io.copychunk.message.IoctlRequest;
import io.copychunk.message.IoctlResponse;
import io.copychunk.message.fsctl.Fsctl;
import io.copychunk.message.fsctl.SrvRequestResumeKeyResponse;
import io.copychunk.wire.FileId;
import io.copychunk.wire.Octets;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** An open file (3.2.1.6 Open). Thread-safe. */
public final class Open {
  private final TreeConnect tree;
  private final String path;
  private final CreateResponse response;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final AtomicInteger underWay = new AtomicInteger();
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
      } else {
        call.complete(got.value());
      }
    });
    return call;
  }

  /**
   * Sends an FSCTL; a raw output that was cut to the size that was allowed is a result too.
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
    SmbException ended = ended();
    if (ended != null) {
      call.completeExceptionally(ended);
      return call;
    }
    underWay.incrementAndGet();
    request.whenComplete((reply, failure) -> {
      underWay.decrementAndGet();
      settle(fsctl, reply, failure, call::complete, call::completeExceptionally);
    });
    connection().send(request);
    return call;
  }

  /**
   * What an IOCTL has come to that was sent for this file in a compound. Only on the event loop.
   *
   * @param fsctl what was asked
   * @param reply the reply, unless it failed
   * @param failure what the request failed with, or null
   * @return completed; fails with an {@code SmbException} or a {@link CancellationException}
   */
  <O> CompletableFuture<O> settled(
      Fsctl<O> fsctl, @Nullable Reply<IoctlResponse> reply, @Nullable Throwable failure) {
    CompletableFuture<O> settled = new CompletableFuture<>();
    settle(
        fsctl,
        reply,
        failure,
        answer -> settled.complete(answer.value()),
        settled::completeExceptionally);
    return settled;
  }

  private <O> void settle(
      Fsctl<O> fsctl,
      @Nullable Reply<IoctlResponse> reply,
      @Nullable Throwable failure,
      Consumer<IoctlAnswer<O>> onAnswer,
      Consumer<Throwable> onFailure) {
    try {
      checkFileId(reply);
      IoctlAnswer<O> answer = IoctlAnswer.of(fsctl, reply, failure, path);
      if (answer.value() instanceof SrvRequestResumeKeyResponse key) {
        resumeKey = key.resumeKey(); // in the order of the answers, whoever is told first
      }
      onAnswer.accept(answer);
    } catch (SmbProtocolException e) {
      connection().close(e);
      onFailure.accept(e);
    } catch (SmbException | RuntimeException e) { // a cancel, too: whatever it is, somebody waits
      onFailure.accept(e);
    }
  }

  /**
   * An answer must be about this file. For the last of a compound Samba repeats the FileId of the
   * request, which says "the one before".
   */
  private void checkFileId(@Nullable Reply<IoctlResponse> reply) throws SmbProtocolException {
    FileId named = reply == null ? FileId.PREVIOUS : reply.body().fileId();
    if (!named.equals(FileId.PREVIOUS) && !named.equals(response.fileId())) {
      throw new SmbProtocolException(
          path + ": IOCTL: FileId: " + named + " (expected: " + response.fileId() + ")");
    }
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
    CloseRequest close = new CloseRequest(false, response.fileId());
    PendingRequest<CloseResponse> request = new PendingRequest<>(tree.scope(), close).dueAnyway();
    if (underWay.get() == 0) {
      request.urgent(); // else it would overtake what was asked of this file before
    }
    return connection().send(request).handle((reply, failure) -> {
      if (failure != null) {
        throw new CompletionException(Failures.of(failure, path));
      }
      return null;
    });
  }

  private Connection connection() {
    return tree.connection();
  }

  /** What a request is refused with once the file, its share or its session was closed. */
  private @Nullable SmbException ended() {
    return closed.get() ? new SmbClosedException(path + ": the file was closed") : tree.ended();
  }
}
