package io.copychunk.client.copy;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** What is to be stopped when a copy is cancelled. Thread-safe. */
final class Cancellation {
  private final Set<Runnable> stops = new HashSet<>();
  private boolean cancelled;

  /** Stops all that is under way, and all that would begin. */
  void cancel() {
    Set<Runnable> stopped;
    synchronized (this) {
      cancelled = true;
      stopped = Set.copyOf(stops);
    }
    stopped.forEach(Runnable::run);
  }

  synchronized boolean isCancelled() {
    return cancelled;
  }

  /** Begins a step, unless it is too late; a cancel cancels its future. */
  <T> CompletableFuture<T> step(Supplier<CompletableFuture<T>> begin) {
    if (isCancelled()) {
      return CompletableFuture.failedFuture(cancelledCopy());
    }
    CompletableFuture<T> step = begin.get();
    return step(step, () -> step.cancel(false));
  }

  /** Watches a step that is stopped in a way of its own. */
  <T> CompletableFuture<T> step(CompletableFuture<T> step, Runnable stop) {
    boolean late;
    synchronized (this) {
      stops.add(stop);
      late = cancelled;
    }
    if (late) {
      stop.run();
    }
    return step.whenComplete((value, failure) -> {
      synchronized (this) {
        stops.remove(stop);
      }
    });
  }

  static CancellationException cancelledCopy() {
    return new CancellationException("the copy was cancelled");
  }
}
