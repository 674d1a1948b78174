package io.copychunk.client.internal.session;

import io.copychunk.client.error.SmbBufferTooSmallException;
import io.copychunk.client.error.SmbException;
import io.copychunk.client.error.SmbProtocolException;
import io.copychunk.client.internal.connection.Connection;
import io.copychunk.client.internal.connection.FailedRequestException;
import io.copychunk.client.internal.connection.Reply;
import io.copychunk.fscc.FileIdBothDirectoryInformation;
import io.copychunk.fscc.InformationClass;
import io.copychunk.message.IoctlRequest;
import io.copychunk.message.QueryDirectoryRequest;
import io.copychunk.message.QueryDirectoryResponse;
import io.copychunk.message.QueryInfoRequest;
import io.copychunk.message.ReadRequest;
import io.copychunk.message.Smb2Request;
import io.copychunk.message.Smb2Response;
import io.copychunk.message.fsctl.Fsctl;
import io.copychunk.wire.Command;
import io.copychunk.wire.FileId;
import io.copychunk.wire.MalformedMessageException;
import io.copychunk.wire.NtStatus;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What can be asked of a file, and what the answers mean: of a file that is open, by requests on their
 * own or in a compound, and of one that is opened by the compound that the requests travel in.
 */
public abstract sealed class FileRequests permits Open, CompoundedOpen, Compound {
  /** What fits into one credit. */
  private static final int LARGEST_INFORMATION = 65_536;

  /** The most bytes of entries that a directory is asked for at once. */
  public static final int LARGEST_PAGE = 1 << 20;

  private static final Set<NtStatus> LAST_PAGE =
      Set.of(NtStatus.NO_MORE_FILES, NtStatus.NO_SUCH_FILE);

  /**
   * The share.
   *
   * @return the tree connect that it is opened through
   */
  public abstract TreeConnect tree();

  /**
   * The file as {@code \\host\share\\path}.
   *
   * @return as it was opened, whatever it is called now
   */
  public abstract String path();

  /**
   * What requests call the file.
   *
   * @return its FileId, or {@link FileId#PREVIOUS} for the one that the compound opens
   */
  public abstract FileId fileId();

  /**
   * The file, once an answer about it has come.
   *
   * @return null before that, and when it could not be opened
   */
  public abstract @Nullable Open open();

  /**
   * Sends a request about this file, or lets it travel with the others.
   *
   * @param body names the file by {@link #fileId}
   * @param <R> the response
   * @return the reply; fails with whatever the request fails with, which {@link #failure} explains
   */
  abstract <R extends Smb2Response> Call<Reply<R>> send(Smb2Request<R> body);

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
    return send(new ReadRequest(fileId(), offset, length, 0)).handled((reply, failure) -> {
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
    QueryInfoRequest request = QueryInfoRequest.of(fileId(), what, LARGEST_INFORMATION);
    return send(request).handled((reply, failure) -> {
      if (reply == null) {
        throw failure(failure);
      }
      if (!reply.status().isSuccess()) {
        throw new SmbBufferTooSmallException(
            LARGEST_INFORMATION, reply.status(), Command.QUERY_INFO, path());
      }
      try {
        return what.read(reply.body().output().reader());
      } catch (MalformedMessageException e) {
        SmbProtocolException malformed =
            new SmbProtocolException(path() + ": malformed " + what + ": " + e.getMessage(), e);
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
   * @param size how many bytes they may take
   * @return entries with names that can be those of files, without those for the directory itself and
   *     the one above it; null behind the last one
   */
  public Call<@Nullable List<FileIdBothDirectoryInformation>> queryDirectory(
      String pattern, boolean restart, int size) {
    QueryDirectoryRequest request = new QueryDirectoryRequest(
        FileIdBothDirectoryInformation.CODE,
        restart ? QueryDirectoryRequest.RESTART_SCANS : 0,
        0,
        fileId(),
        pattern,
        (int) Math.min(size, tree().session().maxTransactSize()));
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
      List<FileIdBothDirectoryInformation> inside = new ArrayList<>(entries.size());
      for (FileIdBothDirectoryInformation entry : entries) {
        if (DirectoryNames.isParent(entry.fileName())) {
          parentListed(entry.fileId());
        } else if (!DirectoryNames.isSelf(entry.fileName())) {
          inside.add(entry);
        }
      }
      return inside;
    } catch (MalformedMessageException e) {
      SmbProtocolException malformed =
          new SmbProtocolException(path() + ": malformed directory: " + e.getMessage(), e);
      connection().close(malformed);
      throw malformed;
    }
  }

  private void parentListed(long fileId) {
    Open open = open();
    if (open != null) {
      open.parentListed(fileId);
    }
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
    return send(IoctlRequest.of(fileId(), fsctl)).handled((reply, failure) -> {
      Open open = open();
      if (open == null) {
        throw failure(failure);
      }
      return open.settle(fsctl, reply, failure);
    });
  }

  /**
   * What a request about this file has failed with, as a user is told.
   *
   * @return to be thrown
   * @throws CancellationException when it was cancelled
   */
  final SmbException failure(@Nullable Throwable failure) {
    Throwable cause =
        Failures.of(failure == null ? new IllegalStateException("no reply") : failure, path());
    if (cause instanceof SmbException e) {
      return e;
    }
    throw (CancellationException) cause;
  }

  final Connection connection() {
    return tree().connection();
  }
}
