package io.copychunk.client.internal.session;

import io.copychunk.client.error.SmbClosedException;
import io.copychunk.client.error.SmbException;
import io.copychunk.client.error.SmbProtocolException;
import io.copychunk.client.internal.connection.PendingRequest;
import io.copychunk.client.internal.connection.Reply;
import io.copychunk.message.CloseRequest;
import io.copychunk.message.CloseResponse;
import io.copychunk.message.CreateResponse;
import io.copychunk.message.IoctlResponse;
import io.copychunk.message.Smb2Request;
import io.copychunk.message.Smb2Response;
import io.copychunk.message.fsctl.Fsctl;
import io.copychunk.message.fsctl.SrvRequestResumeKeyResponse;
import io.copychunk.wire.FileId;
import io.copychunk.wire.Octets;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** An open file (3.2.1.6 Open). Thread-safe. */
public final class Open extends FileRequests {
  private final TreeConnect tree;
  private final String path;
  private final CreateResponse response;
  private final AtomicBoolean closed = new AtomicBoolean();
  private final AtomicInteger underWay = new AtomicInteger();
  private volatile @Nullable Octets resumeKey;
  private volatile long parentFileId;

  Open(TreeConnect tree, String path, CreateResponse response) {
    this.tree = tree;
    this.path = path;
    this.response = response;
  }

  @Override
  public TreeConnect tree() {
    return tree;
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public FileId fileId() {
    return response.fileId();
  }

  @Override
  public Open open() {
    return this;
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

  void parentListed(long fileId) {
    parentFileId = fileId;
  }

  /**
   * The directory above this one, as its listing has named it.
   *
   * @return its FileId, 0 as long as it is not known
   */
  public long parentFileId() {
    return parentFileId;
  }

  @Override
  <R extends Smb2Response> Call<Reply<R>> send(Smb2Request<R> body) {
    PendingRequest<R> request = new PendingRequest<>(tree.scope(), body);
    Call<Reply<R>> call =
        new Call<>(() -> connection().abandon(request, new CancellationException()));
    SmbException ended = ended();
    if (ended != null) {
      call.completeExceptionally(ended);
      return call;
    }
    underWay.incrementAndGet();
    request.whenComplete((reply, failure) -> {
      underWay.decrementAndGet();
      if (failure == null) {
        call.complete(reply);
      } else {
        call.completeExceptionally(failure);
      }
    });
    connection().send(request);
    return call;
  }

  /**
   * What an IOCTL about this file has come to. Only on the event loop.
   *
   * @param fsctl what was asked
   * @param reply the reply, unless it failed
   * @param failure what the request failed with, or null
   * @return the output
   * @throws SmbException what the server refused it with, or why its answer is none
   * @throws CancellationException when the request was cancelled
   */
  <O> IoctlAnswer<O> settle(
      Fsctl<O> fsctl, @Nullable Reply<IoctlResponse> reply, @Nullable Throwable failure)
      throws SmbException {
    try {
      checkFileId(reply);
      IoctlAnswer<O> answer = IoctlAnswer.of(fsctl, reply, failure, path);
      if (answer.value() instanceof SrvRequestResumeKeyResponse key) {
        resumeKey = key.resumeKey(); // in the order of the answers, whoever is told first
      }
      return answer;
    } catch (SmbProtocolException e) {
      connection().close(e);
      throw e;
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

  /**
   * Takes the file out of use, for it is closed by what is sent next.
   *
   * @return why it can not be closed any more, or null
   */
  @Nullable
  SmbException retire() {
    SmbException ended = ended();
    if (ended == null && !closed.compareAndSet(false, true)) {
      return new SmbClosedException(path + ": the file was closed");
    }
    return ended;
  }

  /** What a request is refused with once the file, its share or its session was closed. */
  @Nullable
  SmbException ended() {
    return closed.get() ? new SmbClosedException(path + ": the file was closed") : tree.ended();
  }
}
