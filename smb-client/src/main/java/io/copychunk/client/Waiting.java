package io.copychunk.client;

import io.copychunk.client.error.SmbException;
import io.netty.channel.EventLoop;
import java.io.InterruptedIOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;

/** How the blocking façade waits for the asynchronous core. */
final class Waiting {
  private Waiting() {}

  /**
   * Does something and waits for its result, unless this is the event loop that brings it, on which
   * waiting would be for ever: then nothing is done.
   *
   * @param loop the event loop that completes the future
   * @param operation begins the operation
   * @return its result
   * @throws SmbException what the operation failed with, with the caller's stack
   * @throws InterruptedIOException when the caller was interrupted; the thread's flag stays set
   * @throws CancellationException when the operation was cancelled by somebody else
   * @throws IllegalStateException when called on the event loop
   */
  static <T> T forResult(EventLoop loop, Supplier<? extends CompletableFuture<T>> operation)
      throws SmbException, InterruptedIOException {
    if (loop.inEventLoop()) {
      throw new IllegalStateException(
          "a blocking call on the connection's own event loop would never return");
    }
    return forResult(operation.get());
  }

  /**
   * Waits for a result, where the caller is known not to be on the event loop that brings it. An
   * interrupt cancels the operation, unless its result is there already; the thread's flag stays set
   * in either case.
   */
  static <T> T forResult(CompletableFuture<T> future) throws SmbException, InterruptedIOException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return future.get();
        } catch (InterruptedException e) {
          interrupted = true;
          if (future.cancel(true)) {
            InterruptedIOException failure =
                new InterruptedIOException("interrupted while waiting");
            failure.initCause(e);
            throw failure;
          }
          // The result came first: it is the caller's, who may have to close it.
        }
      }
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
