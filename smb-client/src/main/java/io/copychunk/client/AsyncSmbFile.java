package io.copychunk.client;

import io.copychunk.client.internal.session.Compound;
import io.copychunk.client.internal.session.Open;
import io.copychunk.fscc.FileDispositionInformation;
import io.copychunk.fscc.FileIdBothDirectoryInformation;
import io.copychunk.fscc.FileNetworkOpenInformation;
import io.copychunk.fscc.InformationClass;
import io.copychunk.fscc.ReparseDataBuffer;
import io.copychunk.fscc.SettableInformation;
import io.copychunk.message.CreateAction;
import io.copychunk.message.CreateResponse;
import io.copychunk.message.LockElement;
import io.copychunk.message.context.QueryOnDiskIdResponse;
import io.copychunk.message.fsctl.DeleteReparsePoint;
import io.copychunk.message.fsctl.GetIntegrityInformation;
import io.copychunk.message.fsctl.GetIntegrityInformationOutput;
import io.copychunk.message.fsctl.GetReparsePoint;
import io.copychunk.message.fsctl.SetIntegrityInformation;
import io.copychunk.message.fsctl.SetReparsePoint;
import io.copychunk.message.fsctl.SetSparse;
import io.copychunk.message.fsctl.SetZeroData;
import io.copychunk.message.fsctl.SrvRequestResumeKey;
import io.copychunk.wire.PrintableText;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The asynchronous face of {@link SmbFile}. Futures complete on the callback executor; cancelling one
 * sends SMB2 CANCEL to the server. Thread-safe.
 */
public final class AsyncSmbFile {
  private final AsyncSmbShare share;
  private final Open open;
  private final FileCalls calls;
  private final Executor executor;

  AsyncSmbFile(AsyncSmbShare share, Open open, Executor executor) {
    this.share = share;
    this.open = open;
    this.calls = new FileCalls(open);
    this.executor = executor;
  }

  /**
   * Gets the resume key (FSCTL_SRV_REQUEST_RESUME_KEY, 3.3.5.15.5). Only the key that was asked for
   * last is usable.
   *
   * @return the key; fails with an {@code SmbNotSupportedException} when the server gives none
   */
  public CompletableFuture<ResumeKey> requestResumeKey() {
    return requestResumeKey(SrvRequestResumeKey.OUTPUT_SIZE);
  }

  /**
   * Gets the resume key into an output buffer of a given size, as DeviceIoControl does.
   *
   * @param maxOutput the size of the output buffer in bytes, 0 to the server's MaxTransactSize; 32
   *     suffices for every server known
   * @return the key; fails with an {@code SmbBufferTooSmallException} when the buffer is too small
   * @throws IllegalArgumentException when the size is out of range
   */
  public CompletableFuture<ResumeKey> requestResumeKey(int maxOutput) {
    return published(calls.requestResumeKey(maxOutput));
  }

  /**
   * Sends any FSCTL (3.2.4.20).
   *
   * @param controlCode such as 0x00140078
   * @param input what is between position and limit is sent; at most the server's MaxTransactSize
   * @param maxOutput the most bytes that may come back, 0 to the server's MaxTransactSize
   * @return status and output; fails with an {@code SmbStatusException}, which carries the output if
   *     there was any
   * @throws IllegalArgumentException when input or output are larger than the server takes
   */
  public CompletableFuture<IoctlResult> ioctl(int controlCode, ByteBuffer input, int maxOutput) {
    return published(calls.ioctl(controlCode, input, maxOutput));
  }

  /**
   * Lets the server copy from another file into this one (FSCTL_SRV_COPYCHUNK_WRITE, 3.3.5.15.6),
   * which needs to be open for writing only. The ranges are copied in their order; nothing is
   * undone when one fails. Neither times, attributes nor other streams are copied, and the file does
   * not become shorter.
   *
   * @param key names the source; of the same session as this file, not necessarily of the same share
   * @param ranges at least one
   * @return whether it was copied, or was too much for one request; fails with an {@code
   *     SmbPartialCopyException} when it failed midway, another {@code SmbException}, or with {@code
   *     SmbClosedException} when the key is not usable any more
   * @throws IllegalArgumentException when there is no range, one is of 4 GiB or more, or the key is of
   *     another session
   */
  public CompletableFuture<CopyChunkOutcome> copyChunk(ResumeKey key, List<CopyRange> ranges) {
    return published(calls.copyChunk(key, ranges));
  }

  /**
   * Lets the server copy the whole of another file into this one, with all its streams: Apple's
   * copyfile, a FSCTL_SRV_COPYCHUNK_WRITE of no chunks. What this file had and the other one has not
   * may stay.
   *
   * @param key names the source; of the same session as this file
   * @return completes when the server says that it is done, which it does without counting; fails with
   *     an {@code SmbException}, then with a part copied perhaps, or with {@code SmbClosedException}
   *     when the key is not usable any more
   * @throws IllegalArgumentException when the key is of another session
   * @throws IllegalStateException when this file or the source was not opened with {@link
   *     OpenOptions#withAaplQuery}, or the server does not offer it: elsewhere the request would be a
   *     success that copies nothing
   */
  public CompletableFuture<Void> copyFile(ResumeKey key) {
    return published(calls.copyFile(key));
  }

  /**
   * Lets this file share the blocks of another one (FSCTL_DUPLICATE_EXTENTS_TO_FILE, MS-FSCC 2.3.7).
   * Both are on one volume, the ranges of whole clusters but at the end of the source, and within the
   * size that this file has already.
   *
   * @param source open for reading in the same session
   * @param range less than 4 GiB on Windows
   * @return completes when it is done; fails with an {@code SmbNotSupportedException} where the file
   *     system can not, or another {@code SmbException}
   * @throws IllegalArgumentException when the source is of another session
   */
  public CompletableFuture<Void> duplicateExtents(AsyncSmbFile source, CopyRange range) {
    return published(calls.duplicateExtents(source.calls, range));
  }

  /**
   * Gets a token that stands for a range of this file (FSCTL_OFFLOAD_READ, MS-FSCC 2.3.41).
   *
   * @param offset where the range starts, a multiple of the sector size
   * @param length bytes, a multiple of the sector size
   * @return the token; it may stand for less than was asked for
   */
  public CompletableFuture<OffloadedRange> offloadRead(long offset, long length) {
    return published(calls.offloadRead(offset, length));
  }

  /**
   * Writes what a token stands for into this file (FSCTL_OFFLOAD_WRITE, MS-FSCC 2.3.44). The file does
   * not become longer.
   *
   * @param token from {@link #offloadRead}, of this or another file
   * @param offset where it goes, a multiple of the sector size
   * @param length bytes from the start of what the token stands for
   * @return how many bytes were written, 0 to {@code length}
   */
  public CompletableFuture<Long> offloadWrite(OffloadedRange token, long offset, long length) {
    return published(calls.offloadWrite(token, offset, length));
  }

  /**
   * The parts of the file that are not holes (FSCTL_QUERY_ALLOCATED_RANGES, MS-FSCC 2.3.48), as many as
   * one answer holds.
   *
   * @param offset where to begin, 0 to 2<sup>63</sup>-1
   * @param length how far to look, in bytes
   * @return the parts in their order, and whether there are more behind them
   */
  public CompletableFuture<AllocatedRanges> queryAllocatedRanges(long offset, long length) {
    return published(calls.queryAllocatedRanges(offset, length));
  }

  /**
   * Lets the file have holes, or not any more (FSCTL_SET_SPARSE, MS-FSCC 2.3.69).
   *
   * @param sparse whether it may
   * @return completes when it is done
   */
  public CompletableFuture<Void> setSparse(boolean sparse) {
    return published(calls.command(new SetSparse(sparse)));
  }

  /**
   * Makes a part of the file zero, and a hole where it may have holes (FSCTL_SET_ZERO_DATA, MS-FSCC
   * 2.3.71).
   *
   * @param range the part
   * @return completes when it is done
   */
  public CompletableFuture<Void> setZeroData(FileRange range) {
    return published(calls.command(new SetZeroData(range.offset(), range.end())));
  }

  /**
   * How the file system protects the file against silent damage (FSCTL_GET_INTEGRITY_INFORMATION,
   * MS-FSCC 2.3.19), which ReFS does.
   *
   * @return what is so now
   */
  public CompletableFuture<GetIntegrityInformationOutput> getIntegrityInformation() {
    return published(calls.control(new GetIntegrityInformation()));
  }

  /**
   * Sets how the file system protects the file against silent damage
   * (FSCTL_SET_INTEGRITY_INFORMATION, MS-FSCC 2.3.73).
   *
   * @param integrity what is to be so
   * @return completes when it is done
   */
  public CompletableFuture<Void> setIntegrityInformation(SetIntegrityInformation integrity) {
    return published(calls.command(integrity));
  }

  /**
   * What the reparse point holds (FSCTL_GET_REPARSE_POINT, MS-FSCC 2.3.29). The file has to be opened
   * by {@link OpenOptions#withOpenReparsePoint}, or it is what the link leads to.
   *
   * @return its tag and data; fails with NOT_A_REPARSE_POINT when it is none
   */
  public CompletableFuture<ReparseDataBuffer> getReparsePoint() {
    return published(calls.control(new GetReparsePoint()));
  }

  /**
   * Makes a reparse point of the file, or of an empty directory (FSCTL_SET_REPARSE_POINT, MS-FSCC
   * 2.3.81).
   *
   * @param reparsePoint what it is to hold
   * @return completes when it is done; fails with PRIVILEGE_NOT_HELD where this user may make none
   */
  public CompletableFuture<Void> setReparsePoint(ReparseDataBuffer reparsePoint) {
    return published(calls.command(new SetReparsePoint(reparsePoint)));
  }

  /**
   * Makes an ordinary file or directory of a reparse point (FSCTL_DELETE_REPARSE_POINT, MS-FSCC
   * 2.3.5).
   *
   * @param reparsePoint has the tag, and the GUID, that it is known to have; its data does not count
   * @return completes when it is done; fails when it has another tag
   */
  public CompletableFuture<Void> deleteReparsePoint(ReparseDataBuffer reparsePoint) {
    return published(
        calls.command(new DeleteReparsePoint(reparsePoint.tag(), reparsePoint.guid())));
  }

  /**
   * Reads from the file (3.2.4.6).
   *
   * @param offset where to begin, 0 to 2<sup>63</sup>-1
   * @param length the most bytes to read, 0 to {@link AsyncSmbSession#maxReadSize}
   * @return a new buffer with what was read; empty at and beyond the end of the file
   * @throws IllegalArgumentException when offset or length are out of range
   */
  public CompletableFuture<ByteBuffer> read(long offset, int length) {
    return published(calls.read(offset, length));
  }

  /**
   * Writes to the file (3.2.4.7).
   *
   * @param offset where to begin, 0 to 2<sup>63</sup>-1
   * @param data what is between position and limit is written, at most {@link
   *     AsyncSmbSession#maxWriteSize}; not copied, so not to be changed before the future has
   *     completed, and not at all when it was cancelled
   * @return how many bytes were written, which may be fewer; the data's position does not move
   * @throws IllegalArgumentException when the offset is out of range, or the data are too much
   */
  public CompletableFuture<Integer> write(long offset, ByteBuffer data) {
    return published(calls.write(offset, data));
  }

  /**
   * Lets the server put on the disk what was written (3.2.4.9).
   *
   * @return completes when it is done
   */
  public CompletableFuture<Void> flush() {
    return published(calls.flush());
  }

  /**
   * Locks or unlocks ranges of the file (3.2.4.19).
   *
   * @param locks at least one; of several, each must fail at once where it can not be had
   * @return completes when all are locked or unlocked
   */
  public CompletableFuture<Void> lock(List<LockElement> locks) {
    return published(calls.lock(locks));
  }

  /**
   * Asks for something about the file or its volume (3.2.4.10).
   *
   * @param what such as {@code FileNetworkOpenInformation.CLASS}
   * @param <T> the answer
   * @return the answer; fails with an {@code SmbBufferTooSmallException} when it is longer than 64 KiB
   */
  public <T> CompletableFuture<T> query(InformationClass<T> what) {
    return published(calls.query(what));
  }

  /**
   * Sets something about the file (3.2.4.11).
   *
   * @param information such as a {@code FileBasicInformation}
   * @return completes when it is done
   */
  public CompletableFuture<Void> set(SettableInformation information) {
    return published(calls.set(information));
  }

  /**
   * Asks for the next entries of this directory (3.2.4.17), as many as one answer holds.
   *
   * @param pattern which names, with the wildcards * and ?
   * @param restart whether to begin with the first entry again
   * @return the entries, without those for the directory itself and the one above it, so that there may
   *     be none; null behind the last one. A server that gives a name which can not be that of one
   *     entry, such as one with a separator, breaks the protocol
   */
  public CompletableFuture<@Nullable List<FileIdBothDirectoryInformation>> queryDirectory(
      String pattern, boolean restart) {
    return published(calls.queryDirectory(pattern, restart));
  }

  /**
   * Gives the file another name in the same share. It must have been opened with the right DELETE.
   *
   * @param path the new path from the share's root, with slashes or backslashes
   * @param replace whether a file that has this name is replaced
   * @return completes when it is done; fails with OBJECT_NAME_COLLISION when the name is taken
   * @throws java.nio.file.InvalidPathException when no file can have this path
   */
  public CompletableFuture<Void> rename(String path, boolean replace) {
    return published(calls.rename(path, replace));
  }

  /**
   * Deletes the file and closes it, in one round trip. It must have been opened with the right DELETE.
   *
   * @return completes when the server has agreed to delete it, which it does with the last close
   */
  public CompletableFuture<Void> deleteAndClose() {
    return published(calls.setAndClose(new FileDispositionInformation(true)));
  }

  /**
   * The same file, whose futures complete on another executor.
   *
   * @param executor as for {@link AsyncSmbShare#withCallbackExecutor}
   * @return shares all but the executor with this one
   */
  public AsyncSmbFile withCallbackExecutor(Executor executor) {
    return new AsyncSmbFile(share.withCallbackExecutor(executor), open, executor);
  }

  /**
   * The share that the file was opened in.
   *
   * @return the share
   */
  public AsyncSmbShare share() {
    return share;
  }

  /**
   * The file as {@code \\host\share\path}.
   *
   * @return as it was opened, whatever it is called now
   */
  public String path() {
    return open.path();
  }

  /**
   * The file's size when it was opened.
   *
   * @return bytes
   */
  public long size() {
    return open.response().endOfFile();
  }

  /**
   * What the server told of the file when it was opened.
   *
   * @return times, sizes and attributes
   */
  public FileNetworkOpenInformation openedAs() {
    return openedAs(open.response());
  }

  static FileNetworkOpenInformation openedAs(CreateResponse opened) {
    return new FileNetworkOpenInformation(
        opened.creationTime(),
        opened.lastAccessTime(),
        opened.lastWriteTime(),
        opened.changeTime(),
        opened.allocationSize(),
        opened.endOfFile(),
        opened.fileAttributes());
  }

  /**
   * Whether the file was made by opening it.
   *
   * @return false when it was there before
   */
  public boolean wasCreated() {
    return open.response().action().equals(CreateAction.CREATED);
  }

  /**
   * What tells the file from all others of its server.
   *
   * @return null when it was opened without {@link OpenOptions#withOnDiskId}, or the server does not
   *     tell: with the id 0 of every file, as Samba does to clients for macOS
   */
  public @Nullable OnDiskId onDiskId() {
    return open.response().contexts().stream()
        .filter(QueryOnDiskIdResponse.class::isInstance)
        .map(context -> OnDiskId.of((QueryOnDiskIdResponse) context))
        .filter(id -> id.diskFileId() != 0)
        .findFirst()
        .orElse(null);
  }

  /**
   * What the server calls the directory that this one is in, by which a link that the server follows
   * itself can be told from a directory: it is in another one than its name says.
   *
   * @return the FileId of {@code ..} in what {@link #queryDirectory} has read; 0 before that, and from a
   *     server that does not tell
   */
  public long parentFileId() {
    return open.parentFileId();
  }

  /**
   * Whether the server has agreed to copy whole files from and into this one by {@link #copyFile}.
   *
   * @return false when it was opened without {@link OpenOptions#withAaplQuery}, or the server does not
   *     offer it
   */
  public boolean supportsAaplCopyFile() {
    return FileCalls.supportsAaplCopyFile(open);
  }

  /**
   * Whether the file can be used.
   *
   * @return false after it, its share, its session or its connection was closed
   */
  public boolean isOpen() {
    return open.isOpen();
  }

  /**
   * Closes the file.
   *
   * @return completes when the server has answered
   */
  public CompletableFuture<Void> close() {
    return published(calls.close());
  }

  /**
   * Begins to ask several things of the file in one round trip, and to close it with the last if so
   * wished.
   *
   * @return nothing is sent yet
   */
  public AsyncSmbCompound compound() {
    return new AsyncSmbCompound(new Compound(open), executor);
  }

  FileCalls calls() {
    return calls;
  }

  private <T> CompletableFuture<T> published(CompletableFuture<T> call) {
    return Published.of(call, value -> value, value -> {}, executor);
  }

  /** The file. */
  @Override
  public String toString() {
    return PrintableText.of(path());
  }
}
