package io.copychunk.client.internal.session;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;

/**
 * The future of an operation that can be cancelled: cancelling it also gives up what is under way on
 * the connection.
 *
 * @param <T> the result
 */
public final class Call<T> extends CompletableFuture<T> {
  private final Runnable onCancel;

  /**
   * Creates a call.
   *
   * @param onCancel runs once when the call is cancelled, on the thread that cancels
   */
  public Call(Runnable onCancel) {
    this.onCancel = onCancel;
  }

  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    boolean first = !isDone() && completeExceptionally(new CancellationException());
    if (first) {
      onCancel.run();
    }
    return first || isCancelled();
  }
}
