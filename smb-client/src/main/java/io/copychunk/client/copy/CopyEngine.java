package io.copychunk.client.copy;

import io.copychunk.client.AsyncSmbFile;
import io.copychunk.client.AsyncSmbShare;
import io.copychunk.client.CopyRange;
import io.copychunk.client.OpenOptions;
import io.copychunk.client.copy.internal.Futures;
import io.copychunk.client.error.SmbException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Copies files between shares by the best means that their servers have: by sharing blocks, by the
 * storage, by the server, and else through the client. What it learns of two shares it remembers as
 * long as they are open, so one engine should serve many copies. Thread-safe.
 */
public final class CopyEngine {
  private final Knowledge knowledge = new Knowledge();

  /** Creates an engine that knows nothing yet. */
  public CopyEngine() {}

  /**
   * Begins to copy a file. The target has its name only when it is complete, unless {@link
   * CopyOptions#inPlace} asks for the contrary.
   *
   * @param source what to copy
   * @param target the name of the copy; a directory is none
   * @param options how
   * @return the copy under way; its result fails with an {@code SmbCopyException}, or the exception of
   *     the request that has failed
   * @throws java.nio.file.InvalidPathException when no file can have one of the paths
   */
  public CopyTask start(FileLocation source, FileLocation target, CopyOptions options) {
    Content.Ends ends = ends(source.share(), target.share());
    return CopyTask.begin(
        source.share().callbackExecutor(),
        (cancellation, callbacks) -> new FileCopy(
                source.onEventLoop(), target.onEventLoop(), options, ends, cancellation, callbacks)
            .run());
  }

  /**
   * Begins to copy a symbolic link, a mount point or another reparse point as itself: what it holds,
   * not what it leads to. Links that are absolute lead to the same place as before. The target has its
   * name only when it is complete, whatever {@link CopyOptions#inPlace} says; a target that is the same
   * link is left as it is. Of the options, the methods say nothing here, and of what can be preserved it
   * is times and attributes.
   *
   * @param source a reparse point, of a file or a directory
   * @param target the name of the copy
   * @param options how
   * @return the copy under way; its result fails with an {@code SmbCopyException} of the reason {@code
   *     LINK} where the server, or this user, can not read or make such links
   * @throws java.nio.file.InvalidPathException when no file can have one of the paths
   */
  public CopyTask startLink(FileLocation source, FileLocation target, CopyOptions options) {
    return CopyTask.begin(
        source.share().callbackExecutor(),
        (cancellation, callbacks) ->
            new LinkCopy(source.onEventLoop(), target.onEventLoop(), options, cancellation).run());
  }

  /**
   * Begins to copy ranges from one open file to another, or within one. Of two that write to the same
   * place the later one counts; a range of one file that overlaps its own target is copied as if all
   * of it was read first. The target becomes longer where that takes it, never shorter. Of the
   * options, methods, window and progress count. Nothing is undone when it fails.
   *
   * @param source open for reading
   * @param target open for writing, and for reading as well if it is the source's own file
   * @param ranges what to copy, at least one
   * @param options how
   * @return the copy under way
   * @throws IllegalArgumentException when there is no range
   */
  public CopyTask copyRanges(
      AsyncSmbFile source, AsyncSmbFile target, List<CopyRange> ranges, CopyOptions options) {
    if (ranges.isEmpty()) {
      throw new IllegalArgumentException("ranges: none (expected: >= 1)");
    }
    Content.Ends ends = ends(source.share(), target.share());
    AsyncSmbFile from = source.withCallbackExecutor(Runnable::run);
    AsyncSmbFile to = source == target ? from : target.withCallbackExecutor(Runnable::run);
    return CopyTask.begin(
        source.share().callbackExecutor(),
        (cancellation, callbacks) ->
            new RangesCopy(from, to, ranges, options, ends, cancellation, callbacks).run());
  }

  private Content.Ends ends(AsyncSmbShare source, AsyncSmbShare target) {
    return new Content.Ends(
        source.session(),
        target.session(),
        knowledge.methods(source, target),
        knowledge.limits(target.session()),
        knowledge.volumes(source));
  }

  /**
   * Begins to copy a file of this machine to a share. Of the options, {@code methods} says nothing
   * here, and of what can be preserved it is the time of the last change alone.
   *
   * @param source what to copy: a regular file, or a link to one
   * @param target the name of the copy; a directory is none
   * @param options how
   * @return the copy under way; its result fails with an {@link java.io.IOException}, mostly an {@code
   *     SmbException}
   * @throws java.nio.file.InvalidPathException when no file can have the target's path
   */
  public CopyTask upload(Path source, FileLocation target, CopyOptions options) {
    LearntMethods learnt = knowledge.methods(target.share(), target.share());
    return CopyTask.begin(
        target.share().callbackExecutor(),
        (cancellation, callbacks) ->
            new Upload(source, target, options, learnt, cancellation, callbacks).run());
  }

  /**
   * Begins to copy a file of a share to this machine. Of the options, {@code methods} says nothing
   * here, and of what can be preserved it is the time of the last change alone.
   *
   * @param source what to copy
   * @param target the name of the copy, or a link to what is to be replaced; a directory, a pipe or a
   *     device is none
   * @param options how
   * @return the copy under way; its result fails with an {@link java.io.IOException}, mostly an {@code
   *     SmbException}
   * @throws java.nio.file.InvalidPathException when no file can have the source's path
   */
  public CopyTask download(FileLocation source, Path target, CopyOptions options) {
    LearntMethods learnt = knowledge.methods(source.share(), source.share());
    return CopyTask.begin(
        source.share().callbackExecutor(),
        (cancellation, callbacks) ->
            new Download(source, target, options, learnt, cancellation, callbacks).run());
  }

  /**
   * Begins to write the content of a file to a stream, reading ahead. The stream is not closed.
   *
   * @param source what to read
   * @param out is written to by one thread at a time
   * @return completes when all was written; fails with an {@link java.io.IOException}, mostly an {@code
   *     SmbException}. Cancelling it stops reading
   * @throws java.nio.file.InvalidPathException when no file can have the path
   */
  public CompletableFuture<Void> read(FileLocation source, OutputStream out) {
    return Futures.then(
        source.share().open(source.path(), OpenOptions.read()),
        file -> Futures.compose(
            ReadAhead.of(
                file,
                file.size(),
                source.share().session().maxReadSize(),
                data -> out.write(
                    data.array(), data.arrayOffset() + data.position(), data.remaining())),
            (done, failure) -> Futures.compose(
                file.close(),
                (closed, ignored) ->
                    failure == null ? Futures.done() : CompletableFuture.failedFuture(failure))));
  }

  /**
   * Compares the content of two files, both of which are read over the network unless their sizes
   * differ.
   *
   * @param one of them
   * @param other the other one
   * @return completes with whether it is the same; fails with an {@code SmbException}. Cancelling it
   *     stops reading
   * @throws java.nio.file.InvalidPathException when no file can have one of the paths
   */
  public CompletableFuture<Boolean> isSameContent(FileLocation one, FileLocation other) {
    return Digest.isSame(one.onEventLoop(), other.onEventLoop());
  }

  /**
   * Copies a file, and waits until it is done.
   *
   * @param source what to copy
   * @param target the name of the copy; a directory is none
   * @param options how
   * @return how it was done
   * @throws SmbException {@code SmbCopyException}, or what a request has failed with; the target is as
   *     it was before, unless it was to be written in place
   * @throws InterruptedIOException when interrupted; the copy was cancelled then, and what it made
   *     removed
   * @throws java.nio.file.InvalidPathException when no file can have one of the paths
   */
  public CopyResult copy(FileLocation source, FileLocation target, CopyOptions options)
      throws SmbException, InterruptedIOException {
    CopyTask task = start(source, target, options);
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return task.result().get();
        } catch (InterruptedException e) {
          interrupted = true;
          task.cancel(); // and wait until nothing is left of it
        }
      }
    } catch (CancellationException e) {
      InterruptedIOException failure = new InterruptedIOException("interrupted while copying");
      failure.initCause(e);
      throw failure;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SmbException failure) {
        throw failure.withCallersStack();
      }
      throw new IllegalStateException("unexpected failure", e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
