package io.copychunk.client;

import io.copychunk.client.internal.session.CompoundedOpen;
import io.copychunk.client.internal.session.Open;
import io.copychunk.fscc.FileIdBothDirectoryInformation;
import io.copychunk.fscc.InformationClass;
import io.copychunk.fscc.ReparseDataBuffer;
import io.copychunk.fscc.SettableInformation;
import io.copychunk.message.fsctl.GetReparsePoint;
import io.copychunk.message.fsctl.SetReparsePoint;
import io.copychunk.message.fsctl.SrvRequestResumeKey;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A file that is about to be opened, and what is asked of it in the same frame (3.2.4.1.4): all of it
 * costs one round trip. Nothing is sent before {@link #open} or {@link #openAndClose}. When the file
 * can not be opened, everything fails for that reason; what comes after a request that the server
 * refuses is served all the same.
 *
 * <p>Samba serves FSCTL_SRV_REQUEST_RESUME_KEY and FSCTL_SRV_COPYCHUNK_WRITE only as the last request of
 * a frame, and refuses them with INTERNAL_ERROR elsewhere.
 *
 * <p>Each instance is for one thread and sends once; its futures complete on the callback executor.
 */
public final class AsyncSmbOpening {
  private final AsyncSmbShare share;
  private final CompoundedOpen compound;
  private final FileCalls calls;
  private final Executor executor;

  AsyncSmbOpening(AsyncSmbShare share, CompoundedOpen compound, Executor executor) {
    this.share = share;
    this.compound = compound;
    this.calls = new FileCalls(compound);
    this.executor = executor;
  }

  /**
   * Asks for the resume key, as {@link AsyncSmbFile#requestResumeKey()}.
   *
   * @return the key
   */
  public CompletableFuture<ResumeKey> requestResumeKey() {
    return published(calls.requestResumeKey(SrvRequestResumeKey.OUTPUT_SIZE));
  }

  /**
   * Lets the server copy into the file, as {@link AsyncSmbFile#copyChunk}.
   *
   * @param key names the source; of the same session
   * @param ranges at least one
   * @return whether it was copied, or was too much for one request
   * @throws IllegalArgumentException when there is no range, one is of 4 GiB or more, or the key is of
   *     another session
   */
  public CompletableFuture<CopyChunkOutcome> copyChunk(ResumeKey key, List<CopyRange> ranges) {
    return published(calls.copyChunk(key, ranges));
  }

  /**
   * Lets the file share blocks of another one, as {@link AsyncSmbFile#duplicateExtents}; it has to be
   * given its size before.
   *
   * @param source open for reading in the same session
   * @param range less than 4 GiB on Windows
   * @return completes when it is done
   * @throws IllegalArgumentException when the source is of another session
   */
  public CompletableFuture<Void> duplicateExtents(AsyncSmbFile source, CopyRange range) {
    return published(calls.duplicateExtents(source.calls(), range));
  }

  /**
   * Asks for something about the file or its volume, as {@link AsyncSmbFile#query}.
   *
   * @param what such as {@code FileStreamInformation.CLASS}
   * @param <T> the answer
   * @return the answer
   */
  public <T> CompletableFuture<T> query(InformationClass<T> what) {
    return published(calls.query(what));
  }

  /**
   * Sets something about the file, as {@link AsyncSmbFile#set}.
   *
   * @param information such as a {@code FileBasicInformation}
   * @return completes when it is done
   */
  public CompletableFuture<Void> set(SettableInformation information) {
    return published(calls.set(information));
  }

  /**
   * Asks what the reparse point holds, as {@link AsyncSmbFile#getReparsePoint}.
   *
   * @return its tag and data
   */
  public CompletableFuture<ReparseDataBuffer> getReparsePoint() {
    return published(calls.control(new GetReparsePoint()));
  }

  /**
   * Makes a reparse point of the file or directory, as {@link AsyncSmbFile#setReparsePoint}.
   *
   * @param reparsePoint what it is to hold
   * @return completes when it is done
   */
  public CompletableFuture<Void> setReparsePoint(ReparseDataBuffer reparsePoint) {
    return published(calls.command(new SetReparsePoint(reparsePoint)));
  }

  /**
   * Asks for the first entries of the directory, as {@link AsyncSmbFile#queryDirectory}, for no more than
   * 64 KiB of them, so that what is found first can be begun early.
   *
   * @param pattern which names, with the wildcards * and ?
   * @return the entries, or null where there is none
   */
  public CompletableFuture<@Nullable List<FileIdBothDirectoryInformation>> queryDirectory(
      String pattern) {
    return published(calls.queryFirstPage(pattern));
  }

  /**
   * Sends all that was asked for.
   *
   * @return the file, when the server has opened it; fails with an {@code SmbException}. Cancelling it
   *     gives up the rest as well
   */
  public CompletableFuture<AsyncSmbFile> open() {
    return Published.of(compound.send(), share::file, Open::close, executor);
  }

  /**
   * Sends all that was asked for, and closes the file in the same frame.
   *
   * @return the file, closed again, which still tells what it was when it was opened; once the rest is
   *     answered as well. Fails with an {@code SmbException} when it could not be opened
   */
  public CompletableFuture<AsyncSmbFile> openAndClose() {
    return Published.of(compound.sendAndClose(), share::file, Open::close, executor);
  }

  private <T> CompletableFuture<T> published(CompletableFuture<T> call) {
    return Published.of(call, value -> value, value -> {}, executor);
  }
}
