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
   * @param onCancel runs when the call is cancelled before it is done, on the thread that cancels
   */
  public Call(Runnable onCancel) {
    this.onCancel = onCancel;
  }

  /** Gives up what is under way first, so that CANCEL goes out before what the failure sets off. */
  @Override
  public boolean cancel(boolean mayInterruptIfRunning) {
    if (!isDone()) {
      onCancel.run();
      completeExceptionally(new CancellationException());
    }
    return isCancelled();
  }
}
