package io.copychunk.client.copy.internal;

import io.copychunk.client.error.SmbException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Chains of futures that can be cancelled: to cancel the last is to cancel what is under way. */
public final class Futures {
  private Futures() {}

  /** Computes a result. */
  @FunctionalInterface
  public interface Computation<T> {
    /**
     * Computes it.
     *
     * @return the result
     * @throws SmbException when there is none
     */
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
  public static <T, U> CompletableFuture<U> compose(
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
  public static <T, U> CompletableFuture<U> then(
      CompletableFuture<T> first, Function<? super T, CompletableFuture<U>> continuation) {
    return compose(
        first,
        (value, failure) ->
            failure == null ? continuation.apply(value) : CompletableFuture.failedFuture(failure));
  }

  /**
   * Repeats a step until one says that it was the last. However many there are, and whether they are
   * done at once or later, the stack does not grow with them.
   *
   * @param step comes to whether another one follows
   */
  public static CompletableFuture<Void> repeat(Supplier<CompletableFuture<Boolean>> step) {
    Loop loop = new Loop(step);
    loop.goOn();
    return loop;
  }

  /** A loop, which knows which step is under way. */
  private static final class Loop extends CompletableFuture<Void> {
    private final Supplier<CompletableFuture<Boolean>> step;

    /** How many steps are to be begun; a step that is done at once adds its successor. */
    private final AtomicInteger due = new AtomicInteger();

    private @Nullable CompletableFuture<Boolean> underWay;
    private boolean cancelled;

    Loop(Supplier<CompletableFuture<Boolean>> step) {
      this.step = step;
    }

    void goOn() {
      if (due.getAndIncrement() > 0) {
        return; // it is called by a step that this very loop has begun, and goes on itself
      }
      do {
        begin().whenComplete((another, failure) -> {
          if (failure != null) {
            completeExceptionally(root(failure));
          } else if (another) {
            goOn();
          } else {
            complete(null);
          }
        });
      } while (due.decrementAndGet() > 0);
    }

    private CompletableFuture<Boolean> begin() {
      CompletableFuture<Boolean> next;
      try {
        next = step.get();
      } catch (RuntimeException e) { // somebody waits
        next = CompletableFuture.failedFuture(e);
      }
      boolean stop;
      synchronized (this) {
        underWay = next;
        stop = cancelled;
      }
      if (stop) {
        next.cancel(false);
      }
      return next;
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
      CompletableFuture<Boolean> stopped;
      synchronized (this) {
        cancelled = true;
        stopped = underWay;
      }
      if (stopped != null) {
        stopped.cancel(false);
      }
      return super.cancel(false);
    }
  }

  /** Completes when all have, and fails when one has; to cancel it is to cancel each. */
  public static CompletableFuture<Void> all(CompletableFuture<?>... futures) {
    CompletableFuture<Void> all = new CompletableFuture<>() {
      @Override
      public boolean cancel(boolean mayInterruptIfRunning) {
        List.of(futures).forEach(each -> each.cancel(false));
        return super.cancel(false);
      }
    };
    CompletableFuture.allOf(futures).whenComplete((done, failure) -> {
      if (failure == null) {
        all.complete(null);
      } else {
        all.completeExceptionally(root(failure));
      }
    });
    return all;
  }

  /** There is nothing to wait for. */
  public static CompletableFuture<Void> done() {
    return CompletableFuture.completedFuture(null);
  }

  /** A result that is there, or the failure to make it. */
  public static <T> CompletableFuture<T> of(Computation<T> computation) {
    try {
      return CompletableFuture.completedFuture(computation.compute());
    } catch (SmbException e) {
      return CompletableFuture.failedFuture(e);
    }
  }

  /** The failure itself, without what futures wrap around it. */
  public static Throwable root(Throwable failure) {
    Throwable root = failure;
    while ((root instanceof CompletionException || root instanceof ExecutionException)
        && root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }
}
