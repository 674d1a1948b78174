package io.copychunk.client;

import io.copychunk.client.error.SmbException;
import io.netty.channel.EventLoop;
import java.io.InterruptedIOException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;

/** How the blocking façade waits for the asynchronous core. */
final class Waiting {
  private Waiting() {}

  /**
   * Waits for a result. An interrupt cancels the operation.
   *
   * @param loop the event loop that completes the future, on which waiting would be for ever; null
   *     when there is none yet
   * @param future the operation
   * @return its result
   * @throws SmbException what the operation failed with, with the caller's stack
   * @throws InterruptedIOException when the caller was interrupted; the thread's flag stays set
   * @throws CancellationException when the operation was cancelled by somebody else
   * @throws IllegalStateException when called on the event loop
   */
  static <T> T forResult(@Nullable EventLoop loop, CompletableFuture<T> future)
      throws SmbException, InterruptedIOException {
    if (loop != null && loop.inEventLoop()) {
      throw new IllegalStateException(
          "a blocking call on the connection's own event loop would never return");
    }
    try {
      return future.get();
    } catch (InterruptedException e) {
      future.cancel(true);
      Thread.currentThread().interrupt();
      InterruptedIOException interrupted = new InterruptedIOException("interrupted while waiting");
      interrupted.initCause(e);
      throw interrupted;
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SmbException failure) {
        throw failure.withCallersStack();
      }
      throw new IllegalStateException("unexpected failure", e.getCause());
    }
  }
}
