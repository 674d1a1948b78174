package io.copychunk.client;

import io.copychunk.client.error.SmbClosedException;
import io.copychunk.client.error.SmbStatusException;
import io.copychunk.client.internal.session.Call;
import io.copychunk.client.internal.session.Compound;
import io.copychunk.client.internal.session.FileRequests;
import io.copychunk.client.internal.session.Open;
import io.copychunk.fscc.FileIdBothDirectoryInformation;
import io.copychunk.fscc.FileRenameInformation;
import io.copychunk.fscc.InformationClass;
import io.copychunk.fscc.SettableInformation;
import io.copychunk.message.FlushRequest;
import io.copychunk.message.LockElement;
import io.copychunk.message.LockRequest;
import io.copychunk.message.SetInfoRequest;
import io.copychunk.message.Smb2Request;
import io.copychunk.message.Smb2Response;
import io.copychunk.message.WriteRequest;
import io.copychunk.message.context.AaplServerQueryResponse;
import io.copychunk.message.fsctl.DuplicateExtentsToFile;
import io.copychunk.message.fsctl.Fsctl;
import io.copychunk.message.fsctl.OffloadRead;
import io.copychunk.message.fsctl.OffloadWrite;
import io.copychunk.message.fsctl.OffloadWriteOutput;
import io.copychunk.message.fsctl.QueryAllocatedRanges;
import io.copychunk.message.fsctl.RawFsctl;
import io.copychunk.message.fsctl.SrvCopyChunk;
import io.copychunk.message.fsctl.SrvCopyChunkCopy;
import io.copychunk.message.fsctl.SrvRequestResumeKey;
import io.copychunk.wire.Octets;
import io.netty.channel.EventLoop;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What can be asked of a file, be it open or about to be, by requests on their own or in a compound: checks arguments, makes requests of them, and results of the
 * answers. Calls complete on the event loop; {@link AsyncSmbFile} publishes them, and {@link SmbFile}
 * waits for them. What each does and throws is told there. Thread-safe.
 */
final class FileCalls {
  /** How many bytes of entries a directory is asked for that has just been opened. */
  private static final int FIRST_PAGE = 1 << 16;

  private final FileRequests file;

  FileCalls(FileRequests file) {
    this.file = file;
  }

  EventLoop eventLoop() {
    return file.tree().session().connection().eventLoop();
  }

  Call<ResumeKey> requestResumeKey(int maxOutput) {
    checkTransactSize("maxOutput", maxOutput);
    return file.ioctl(new SrvRequestResumeKey(maxOutput))
        .map(response -> ResumeKey.issued(open(), response));
  }

  Call<IoctlResult> ioctl(int controlCode, ByteBuffer input, int maxOutput) {
    checkTransactSize("input", input.remaining());
    checkTransactSize("maxOutput", maxOutput);
    return file.control(new RawFsctl(controlCode, Octets.copyOf(input), maxOutput))
        .map(answer -> new IoctlResult(answer.status(), answer.value()));
  }

  /** An FSCTL whose output is its result. */
  <O> Call<O> control(Fsctl<O> fsctl) {
    return file.ioctl(fsctl);
  }

  /** An FSCTL that has no result. */
  Call<Void> command(Fsctl<?> fsctl) {
    return file.ioctl(fsctl).map(FileCalls::nothing);
  }

  Call<CopyChunkOutcome> copyChunk(ResumeKey key, List<CopyRange> ranges) {
    if (ranges.isEmpty()) {
      throw new IllegalArgumentException("ranges: none (expected: >= 1)");
    }
    requireSameSession(key.open());
    SrvCopyChunkCopy copy;
    try {
      copy = copy(key, ranges);
    } catch (SmbClosedException e) {
      return Call.failed(e);
    }
    return file.ioctl(copy).handled((response, failure) -> {
      if (response != null) {
        return CopyChunkOutcome.of(response);
      }
      if (failure instanceof SmbStatusException refused) {
        return CopyChunkOutcome.of(copy, refused);
      }
      throw Call.asThrown(failure);
    });
  }

  Call<Void> copyFile(ResumeKey key) {
    requireSameSession(key.open());
    requireAaplCopyFile(key.open());
    requireAaplCopyFile(open());
    try {
      return command(copy(key, List.of()));
    } catch (SmbClosedException e) {
      return Call.failed(e);
    }
  }

  Call<Void> duplicateExtents(FileCalls source, CopyRange range) {
    requireSameSession(source.open());
    return command(new DuplicateExtentsToFile(
        source.open().fileId(), range.sourceOffset(), range.targetOffset(), range.length()));
  }

  Call<OffloadedRange> offloadRead(long offset, long length) {
    return file.ioctl(OffloadRead.of(offset, length)).map(OffloadedRange::new);
  }

  Call<Long> offloadWrite(OffloadedRange token, long offset, long length) {
    return file.ioctl(new OffloadWrite(offset, length, 0, token.token()))
        .map(OffloadWriteOutput::lengthWritten);
  }

  Call<AllocatedRanges> queryAllocatedRanges(long offset, long length) {
    return file.control(new QueryAllocatedRanges(offset, length))
        .map(answer -> AllocatedRanges.of(answer, new FileRange(offset, length)));
  }

  Call<ByteBuffer> read(long offset, int length) {
    checkRange(offset, length, file.tree().session().maxReadSize());
    return file.read(offset, length);
  }

  Call<Integer> write(long offset, ByteBuffer data) {
    checkRange(offset, data.remaining(), file.tree().session().maxWriteSize());
    return file.ask(
        new WriteRequest(file.fileId(), offset, data, false), response -> (int) response.count());
  }

  Call<Void> flush() {
    return order(new FlushRequest(file.fileId()));
  }

  Call<Void> lock(List<LockElement> locks) {
    return order(new LockRequest(file.fileId(), locks));
  }

  <T> Call<T> query(InformationClass<T> what) {
    return file.query(what);
  }

  Call<@Nullable List<FileIdBothDirectoryInformation>> queryDirectory(
      String pattern, boolean restart) {
    return file.queryDirectory(pattern, restart, FileRequests.LARGEST_PAGE);
  }

  Call<@Nullable List<FileIdBothDirectoryInformation>> queryFirstPage(String pattern) {
    return file.queryDirectory(pattern, false, FIRST_PAGE);
  }

  Call<Void> set(SettableInformation information) {
    return order(SetInfoRequest.of(file.fileId(), information));
  }

  Call<Void> rename(String path, boolean replace) {
    return set(new FileRenameInformation(replace, SharePath.inside(path)));
  }

  /** In one round trip; it is closed even if it can not be set. */
  Call<Void> setAndClose(SettableInformation information) {
    Compound compound = new Compound(open());
    Call<Void> set = new FileCalls(compound).set(information);
    Call<Void> both = new Call<>(() -> {}); // what ends something is not taken back
    compound
        .sendAndClose(false)
        .whenComplete((closed, ignored) -> set.whenComplete((done, failure) -> {
          if (failure == null) {
            both.complete(null);
          } else {
            both.completeExceptionally(failure);
          }
        }));
    return both;
  }

  CompletableFuture<Void> close() {
    return open().close();
  }

  static boolean supportsAaplCopyFile(Open file) {
    return file.response().contexts().stream()
        .anyMatch(context ->
            context instanceof AaplServerQueryResponse answer && answer.supportsOsxCopyFile());
  }

  /** A request that has no result. */
  private <R extends Smb2Response> Call<Void> order(Smb2Request<R> request) {
    return file.ask(request, FileCalls::nothing);
  }

  private static SrvCopyChunkCopy copy(ResumeKey key, List<CopyRange> ranges)
      throws SmbClosedException {
    List<SrvCopyChunk> chunks = ranges.stream()
        .map(range -> new SrvCopyChunk(range.sourceOffset(), range.targetOffset(), range.length()))
        .toList();
    return new SrvCopyChunkCopy(key.usable(), chunks, true);
  }

  /** A server knows the keys and opens of one session only, and some end when asked for others. */
  private void requireSameSession(Open source) {
    if (source.tree().session() != file.tree().session()) {
      throw new IllegalArgumentException(
          "source: " + source.path() + " (expected: of the same session as " + file.path() + ")");
    }
  }

  private static void requireAaplCopyFile(Open file) {
    if (!supportsAaplCopyFile(file)) {
      throw new IllegalStateException(
          file.path() + ": no AAPL copyfile (expected: agreed on when it was opened)");
    }
  }

  private static void checkRange(long offset, int length, long max) {
    if (offset < 0 || length < 0 || length > max) {
      throw new IllegalArgumentException(
          "offset: " + offset + ", length: " + length + " (expected: >= 0, and 0.." + max + ")");
    }
  }

  private Open open() {
    return Objects.requireNonNull(file.open());
  }

  private void checkTransactSize(String what, int bytes) {
    if (!file.tree().isOpen()) {
      return; // the operation says so itself
    }
    long max = file.tree().session().maxTransactSize();
    if (bytes < 0 || bytes > max) {
      throw new IllegalArgumentException(
          what + ": " + bytes + " bytes (expected: 0.." + max + ", the server's MaxTransactSize)");
    }
  }

  @SuppressWarnings("NullAway") // there is no value that a Void future could complete with
  private static Void nothing(Object answer) {
    return null;
  }
}
