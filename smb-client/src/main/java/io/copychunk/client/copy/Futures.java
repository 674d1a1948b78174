package io.copychunk.client.copy;

import io.copychunk.client.copy.Mover.Moved;
import io.copychunk.client.error.SmbException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Chains of futures that can be cancelled: to cancel the last is to cancel what is under way. */
final class Futures {
  private Futures() {}

  /** Computes a result. */
  @FunctionalInterface
  interface Computation<T> {
    T compute() throws SmbException;
  }

  /** A chain, which knows what of it is under way. */
  private static final class Chain<T> extends CompletableFuture<T> {
    private CompletableFuture<?> underWay;
    private boolean cancelled;

    Chain(CompletableFuture<?> first) {
      underWay = first;
    }

    void goOn(CompletableFuture<? extends T> next) {
      boolean stop;
      synchronized (this) {
        underWay = next;
        stop = cancelled;
      }
      if (stop) {
        next.cancel(false);
      }
      next.whenComplete((value, failure) -> {
        if (failure != null) {
          completeExceptionally(root(failure));
        } else {
          complete(value);
        }
      });
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
      CompletableFuture<?> stopped;
      synchronized (this) {
        cancelled = true;
        stopped = underWay;
      }
      stopped.cancel(false);
      return super.cancel(false);
    }
  }

  /** Goes on with what a future comes to, be it a failure. */
  static <T, U> CompletableFuture<U> compose(
      CompletableFuture<T> first,
      BiFunction<T, @Nullable Throwable, CompletableFuture<U>> continuation) {
    Chain<U> chain = new Chain<>(first);
    first.whenComplete((value, failure) -> {
      try {
        chain.goOn(continuation.apply(value, failure == null ? null : root(failure)));
      } catch (RuntimeException e) { // somebody waits
        chain.completeExceptionally(e);
      }
    });
    return chain;
  }

  /** Goes on with what a future comes to, unless it fails. */
  static <T, U> CompletableFuture<U> then(
      CompletableFuture<T> first, Function<? super T, CompletableFuture<U>> continuation) {
    return compose(
        first,
        (value, failure) ->
            failure == null ? continuation.apply(value) : CompletableFuture.failedFuture(failure));
  }

  /** Completes when all have, and fails when one has. */
  static CompletableFuture<Void> all(CompletableFuture<?>... futures) {
    return CompletableFuture.allOf(futures);
  }

  /** There is nothing to wait for. */
  static CompletableFuture<Void> done() {
    return CompletableFuture.completedFuture(null);
  }

  /** A result that is there, or the failure to make it. */
  static <T> CompletableFuture<T> of(Computation<T> computation) {
    try {
      return CompletableFuture.completedFuture(computation.compute());
    } catch (SmbException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** That a method cannot is a result; all else is a failure. */
  static CompletableFuture<Moved> refusedOrFailed(CopyMethod method, Throwable failure) {
    Refusal refusal = Refusals.of(method, failure);
    return refusal == null
        ? CompletableFuture.failedFuture(failure)
        : CompletableFuture.completedFuture(Moved.refused(0, refusal));
  }

  /** The failure itself, without what futures wrap around it. */
  static Throwable root(Throwable failure) {
    Throwable root = failure;
    while ((root instanceof CompletionException || root instanceof ExecutionException)
        && root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
