package io.copychunk.client.copy;

import java.util.concurrent.CompletableFuture;

/** A copy that is under way. Thread-safe. */
public final class CopyTask {
  private final CompletableFuture<CopyResult> result;
  private final Cancellation cancellation;

  CopyTask(CompletableFuture<CopyResult> result, Cancellation cancellation) {
    this.result = result;
    this.cancellation = cancellation;
  }

  /**
   * What the copy comes to.
   *
   * @return completes when nothing of the copy is under way any more; fails with an {@code
   *     SmbException}, or with a {@link java.util.concurrent.CancellationException} after {@link
   *     #cancel}. To cancel it does not cancel the copy
   */
  public CompletableFuture<CopyResult> result() {
    CompletableFuture<CopyResult> told = new CompletableFuture<>();
    result.whenComplete((done, failure) -> {
      if (failure == null) {
        told.complete(done);
      } else {
        told.completeExceptionally(Futures.root(failure));
      }
    });
    return told;
  }

  /**
   * Stops the copy: what is pending is cancelled on the server, and what was made is removed. The
   * result fails when that is done, within a bounded time; a copy that was complete stays.
   */
  public void cancel() {
    cancellation.cancel();
  }
}
