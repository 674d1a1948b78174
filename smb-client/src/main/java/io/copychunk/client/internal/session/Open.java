package io.copychunk.client.internal.session;

import io.copychunk.client.error.SmbBufferTooSmallException;
import io.copychunk.client.error.SmbClosedException;
import io.copychunk.client.error.SmbException;
import io.copychunk.client.error.SmbProtocolException;
import io.copychunk.client.internal.connection.Connection;
import io.copychunk.client.internal.connection.FailedRequestException;
import io.copychunk.client.internal.connection.PendingRequest;
import io.copychunk.client.internal.connection.Reply;
import io.copychunk.fscc.FileIdBothDirectoryInformation;
import io.copychunk.fscc.InformationClass;
import io.copychunk.fscc.SettableInformation;
import io.copychunk.message.CloseRequest;
import io.copychunk.message.CloseResponse;
import io.copychunk.message.CreateResponse;
import io.copychunk.message.IoctlRequest;
import io.copychunk.message.IoctlResponse;
import io.copychunk.message.QueryDirectoryRequest;
import io.copychunk.message.QueryDirectoryResponse;
import io.copychunk.message.QueryInfoRequest;
import io.copychunk.message.ReadRequest;
import io.copychunk.message.SetInfoRequest;
import io.copychunk.message.SetInfoResponse;
import io.copychunk.message.Smb2Request;
import io.copychunk.message.Smb2Response;
import io.copychunk.message.fsctl.Fsctl;
import io.copychunk.message.fsctl.SrvRequestResumeKeyResponse;
import io.copychunk.wire.Command;
import io.copychunk.wire.FileId;
import io.copychunk.wire.MalformedMessageException;
import io.copychunk.wire.NtStatus;
import io.copychunk.wire.Octets;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** An open file (3.2.1.6 Open). Thread-safe. */
public final class Open {
  /** What fits into one credit. */
  private static final int LARGEST_INFORMATION = 65_536;

  private static final int LARGEST_PAGE = 1 << 20;
  private static final Set<NtStatus> LAST_PAGE =
      Set.of(NtStatus.NO_MORE_FILES, NtStatus.NO_SUCH_FILE);

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
   * Sends a request about this file.
   *
   * @param body names the file by its FileId
   * @param <R> the response
   * @return the reply; fails with whatever the request fails with, which {@link #failure} explains
   */
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
   * Sends a request about this file and makes a result out of its response.
   *
   * @param body names the file by its FileId
   * @param result makes the result
   * @param <R> the response
   * @param <T> the result
   * @return the result; fails with an {@code SmbException}
   */
  public <R extends Smb2Response, T> Call<T> ask(
      Smb2Request<R> body, Function<? super R, ? extends T> result) {
    return send(body).handled((reply, failure) -> {
      if (reply == null) {
        throw failure(failure);
      }
      return result.apply(reply.body());
    });
  }

  /**
   * Reads; at the end of the file there is nothing (3.2.4.6).
   *
   * @param offset where to begin
   * @param length the most bytes
   * @return what was read; fails with an {@code SmbException}
   */
  public Call<ByteBuffer> read(long offset, int length) {
    return send(new ReadRequest(response.fileId(), offset, length, 0)).handled((reply, failure) -> {
      if (reply != null) {
        return reply.body().data();
      }
      if (failure instanceof FailedRequestException refused
          && refused.status().equals(NtStatus.END_OF_FILE)) {
        return ByteBuffer.allocate(0);
      }
      throw failure(failure);
    });
  }

  /**
   * Asks for something about the file (3.2.4.10).
   *
   * @param what knows how the answer is read
   * @param <T> the answer
   * @return the answer; fails with an {@code SmbException}, also when it was cut
   */
  public <T> Call<T> query(InformationClass<T> what) {
    QueryInfoRequest request = QueryInfoRequest.of(response.fileId(), what, LARGEST_INFORMATION);
    return send(request).handled((reply, failure) -> {
      if (reply == null) {
        throw failure(failure);
      }
      if (!reply.status().isSuccess()) {
        throw new SmbBufferTooSmallException(
            LARGEST_INFORMATION, reply.status(), Command.QUERY_INFO, path);
      }
      try {
        return what.read(reply.body().output().reader());
      } catch (MalformedMessageException e) {
        SmbProtocolException malformed =
            new SmbProtocolException(path + ": malformed " + what + ": " + e.getMessage(), e);
        connection().close(malformed);
        throw malformed;
      }
    });
  }

  /**
   * Asks for the next entries of a directory (3.2.4.17).
   *
   * @param pattern which names, with the wildcards * and ?
   * @param restart whether to begin with the first entry again
   * @return entries with names that can be those of files, without those for the directory itself and
   *     the one above it; null behind the last one
   */
  public Call<@Nullable List<FileIdBothDirectoryInformation>> queryDirectory(
      String pattern, boolean restart) {
    QueryDirectoryRequest request = new QueryDirectoryRequest(
        FileIdBothDirectoryInformation.CODE,
        restart ? QueryDirectoryRequest.RESTART_SCANS : 0,
        0,
        response.fileId(),
        pattern,
        (int) Math.min(LARGEST_PAGE, tree.session().maxTransactSize()));
    return send(request).handled((reply, failure) -> {
      if (reply != null) {
        return page(reply.body());
      }
      if (failure instanceof FailedRequestException refused
          && LAST_PAGE.contains(refused.status())) {
        return null;
      }
      throw failure(failure);
    });
  }

  private List<FileIdBothDirectoryInformation> page(QueryDirectoryResponse page)
      throws SmbProtocolException {
    try {
      List<FileIdBothDirectoryInformation> entries =
          FileIdBothDirectoryInformation.readList(page.output().reader());
      if (entries.isEmpty()) { // or it would be asked for ever
        throw new MalformedMessageException("no entry (expected: >= 1)");
      }
      entries.forEach(entry -> DirectoryNames.check(entry.fileName()));
      return entries.stream()
          .filter(entry -> !DirectoryNames.isSelfOrParent(entry.fileName()))
          .toList();
    } catch (MalformedMessageException e) {
      SmbProtocolException malformed =
          new SmbProtocolException(path + ": malformed directory: " + e.getMessage(), e);
      connection().close(malformed);
      throw malformed;
    }
  }

  /**
   * Sets something about the file and closes it, in one frame. It is closed even if it can not be set.
   *
   * @param information what to set
   * @return completes when it was set; fails with an {@code SmbException} when it was not
   */
  public Call<Void> setAndClose(SettableInformation information) {
    SmbException ended = ended();
    if (ended != null || !closed.compareAndSet(false, true)) {
      return Call.failed(
          ended == null ? new SmbClosedException(path + ": the file was closed") : ended);
    }
    PendingRequest<SetInfoResponse> set = new PendingRequest<>(
            tree.scope(), SetInfoRequest.of(response.fileId(), information))
        .dueAnyway();
    PendingRequest<CloseResponse> close =
        new PendingRequest<>(tree.scope(), new CloseRequest(false, response.fileId())).dueAnyway();
    Call<Void> call = new Call<>(() -> {}); // what ends something is not taken back
    set.whenComplete((reply, failure) -> close.whenComplete((answer, closeFailure) -> {
      if (failure == null) {
        call.complete(null);
      } else {
        call.completeExceptionally(Failures.of(failure, path));
      }
    }));
    connection().sendCompound(List.of(set, close));
    return call;
  }

  /**
   * Sends an FSCTL and decodes what it returns.
   *
   * @param fsctl the control and its input
   * @param <O> what it returns
   * @return the output; fails with an {@code SmbException}, also when the output was cut
   */
  public <O> Call<O> ioctl(Fsctl<O> fsctl) {
    return control(fsctl).handled((answer, failure) -> {
      if (answer == null) {
        throw failure(failure);
      }
      return answer.value();
    });
  }

  /**
   * Sends an FSCTL; a raw output that was cut to the size that was allowed is a result too.
   *
   * @param fsctl the control and its input
   * @param <O> what it returns
   * @return status and output; fails with an {@code SmbException}
   */
  public <O> Call<IoctlAnswer<O>> control(Fsctl<O> fsctl) {
    return send(IoctlRequest.of(response.fileId(), fsctl))
        .handled((reply, failure) -> settle(fsctl, reply, failure));
  }

  /**
   * What an IOCTL has come to that was sent for this file in a compound. Only on the event loop.
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
   * What a request about this file has failed with, as a user is told.
   *
   * @return to be thrown
   * @throws CancellationException when it was cancelled
   */
  private SmbException failure(@Nullable Throwable failure) {
    Throwable cause =
        Failures.of(failure == null ? new IllegalStateException("no reply") : failure, path);
    if (cause instanceof SmbException e) {
      return e;
    }
    throw (CancellationException) cause;
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
