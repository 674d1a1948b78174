package io.copychunk.client.copy;

import io.copychunk.client.copy.internal.Callbacks;
import io.copychunk.client.copy.internal.Futures;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/** A copy that is under way. Thread-safe. */
public final class CopyTask {
  private final CompletableFuture<CopyResult> result;
  private final Cancellation cancellation;
  private final Callbacks callbacks;

  private CopyTask(
      CompletableFuture<CopyResult> result, Cancellation cancellation, Callbacks callbacks) {
    this.result = result;
    this.cancellation = cancellation;
    this.callbacks = callbacks;
  }

  /**
   * Begins a copy.
   *
   * @param executor where its users are told of it
   * @param copy is told how it is cancelled, and how it calls users
   */
  static CopyTask begin(
      Executor executor, BiFunction<Cancellation, Callbacks, CompletableFuture<CopyResult>> copy) {
    Cancellation cancellation = new Cancellation();
    Callbacks callbacks = new Callbacks(executor);
    return new CopyTask(copy.apply(cancellation, callbacks), cancellation, callbacks);
  }

  /**
   * What the copy comes to.
   *
   * @return completes on the callback executor when nothing of the copy is under way any more, and
   *     the listener was told all; fails with an {@code
   *     SmbException}, or with a {@link java.util.concurrent.CancellationException} after {@link
   *     #cancel}. To cancel it does not cancel the copy
   */
  public CompletableFuture<CopyResult> result() {
    CompletableFuture<CopyResult> told = new CompletableFuture<>();
    result.whenComplete((done, failure) -> callbacks.call(() -> tell(told, done, failure)));
    return told;
  }

  private static void tell(
      CompletableFuture<CopyResult> told, CopyResult done, @Nullable Throwable failure) {
    if (failure == null) {
      told.complete(done);
    } else {
      told.completeExceptionally(Futures.root(failure));
    }
  }

  /**
   * Stops the copy: what is pending is cancelled on the server, and what was made is removed. The
   * result fails when that is done, within a bounded time; a copy that was complete stays.
   */
  public void cancel() {
    cancellation.cancel();
  }
}
