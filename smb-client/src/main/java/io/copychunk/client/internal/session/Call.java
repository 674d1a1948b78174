package io.copychunk.client.internal.session;

import io.copychunk.client.error.SmbException;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The future of an operation that can be cancelled: cancelling it also gives up what is under way on
 * the connection.
 *
 * @param <T> the result
 */
public final class Call<T> extends CompletableFuture<T> {
  private final Runnable onCancel;

  /**
   * Makes the result of one call out of that of another.
   *
   * @param <T> of the call that is under way
   * @param <U> of the new one
   */
  @FunctionalInterface
  public interface Continuation<T, U> {
    /**
     * Makes the result, or throws what the new call fails with.
     *
     * @param value the result, unless it failed
     * @param failure what the call failed with, or null
     * @return the new result
     */
    U apply(@Nullable T value, @Nullable Throwable failure) throws SmbException;
  }

  /**
   * Creates a call.
   *
   * @param onCancel runs when the call is cancelled before it is done, on the thread that cancels
   */
  public Call(Runnable onCancel) {
    this.onCancel = onCancel;
  }

  /**
   * A call that has failed before anything was done.
   *
   * @param cause what it fails with
   * @param <T> the result
   * @return the call
   */
  public static <T> Call<T> failed(Throwable cause) {
    Call<T> call = new Call<>(() -> {});
    call.completeExceptionally(cause);
    return call;
  }

  /**
   * A failure that a user is told, to be thrown by a {@link Continuation}.
   *
   * @param failure an {@code SmbException} or a {@link CancellationException}
   * @return the failure, if it is an {@code SmbException}
   * @throws RuntimeException the failure, if it is none
   */
  public static SmbException asThrown(@Nullable Throwable failure) {
    if (failure instanceof SmbException e) {
      return e;
    }
    if (failure instanceof RuntimeException e) {
      throw e;
    }
    throw new IllegalStateException("unexpected failure", failure);
  }

  /**
   * A call with another result; to cancel it is to cancel this one.
   *
   * @param mapping makes the result
   * @param <U> the other result
   * @return fails with what this call fails with
   */
  public <U> Call<U> map(Function<? super T, ? extends U> mapping) {
    return handled((value, failure) -> {
      if (failure != null) {
        throw asThrown(failure);
      }
      return mapping.apply(value);
    });
  }

  /**
   * A call that goes on where this one ends; to cancel it is to cancel this one.
   *
   * @param continuation makes the result
   * @param <U> the other result
   * @return the call
   */
  public <U> Call<U> handled(Continuation<? super T, ? extends U> continuation) {
    Call<U> next = new Call<>(() -> cancel(false));
    whenComplete((value, failure) -> {
      try {
        next.complete(continuation.apply(value, failure));
      } catch (SmbException | RuntimeException e) { // a cancel, too: whatever it is, somebody waits
        next.completeExceptionally(e);
      }
    });
    return next;
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
