package io.copychunk.client.copy;

import io.copychunk.client.error.SmbException;
import java.io.InterruptedIOException;
import java.util.concurrent.CancellationException;
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
    Cancellation cancellation = new Cancellation();
    Content.Ends ends = new Content.Ends(
        source.share().session(),
        target.share().session(),
        knowledge.methods(source.share(), target.share()),
        knowledge.limits(target.share().session()));
    FileCopy copy = new FileCopy(source, target, options, ends, cancellation);
    return new CopyTask(copy.run(), cancellation);
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
