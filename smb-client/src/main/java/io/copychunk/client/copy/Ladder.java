package io.copychunk.client.copy;

import io.copychunk.client.CopyRange;
import io.copychunk.client.copy.Transfer.Outcome;
import io.copychunk.client.copy.internal.Futures;
import io.copychunk.client.error.SmbCopyException;
import io.copychunk.client.error.SmbCopyException.Reason;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Moves ranges by the best method that works, and what that one could not move by the next. Confined to
 * one step at a time, but for {@link #cancel}.
 */
final class Ladder {
  private final List<Rung> rungs;
  private final LearntMethods learnt;
  private final int maxWindow;
  private final Tally tally;
  private final String what;
  private final List<Fallback> fallbacks = new ArrayList<>();
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private @Nullable Transfer transfer;
  private boolean cancelled;

  /** One method, and what it takes to use it. */
  interface Rung {
    CopyMethod method();

    /** Why it cannot be used, known without a request, or null. */
    @Nullable
    Refusal obstacle();

    /**
     * Makes ready for it.
     *
     * @param ranges what is to be moved
     * @return what of it has data, or fails
     */
    CompletableFuture<List<CopyRange>> prepare(List<CopyRange> ranges);

    Mover mover();
  }

  Ladder(List<Rung> rungs, LearntMethods learnt, int maxWindow, Tally tally, String what) {
    this.rungs = rungs;
    this.learnt = learnt;
    this.maxWindow = maxWindow;
    this.tally = tally;
    this.what = what;
  }

  /** Tells what was tried before this, and has led to the first method that is. */
  synchronized void after(CopyMethod method, Refusal refusal) {
    fallbacks.add(new Fallback(method, null, refusal.reason(), 0));
  }

  /**
   * Moves the ranges.
   *
   * @return completes when all is moved; fails with an {@code SmbCopyException} when no method is left
   */
  CompletableFuture<Void> move(List<CopyRange> ranges) {
    climb(0, ranges);
    return done;
  }

  /** Why methods were not used, or not to the end. */
  synchronized List<Fallback> fallbacks() {
    return List.copyOf(fallbacks);
  }

  /** Stops. */
  void cancel() {
    Transfer stopped;
    synchronized (this) {
      cancelled = true;
      stopped = transfer;
    }
    if (stopped != null) {
      stopped.cancel();
    }
  }

  private void climb(int index, List<CopyRange> ranges) {
    if (ranges.isEmpty()) {
      done.complete(null);
      return;
    }
    if (index == rungs.size()) {
      done.completeExceptionally(
          new SmbCopyException(Reason.NO_METHOD, what + ": no method works here: " + reasons()));
      return;
    }
    Rung rung = rungs.get(index);
    Refusal obstacle = obstacle(rung);
    if (obstacle != null) {
      note(rung.method(), obstacle, ranges);
      climb(index + 1, ranges);
      return;
    }
    noteNext(rung.method());
    rung.prepare(ranges)
        .thenCompose(data -> transfer(rung, data))
        .whenComplete((outcome, failure) -> {
          if (failure != null) {
            Refusal refusal = Refusals.of(rung.method(), Futures.root(failure));
            if (refusal == null) {
              done.completeExceptionally(Futures.root(failure));
            } else { // while it was made ready
              note(rung.method(), refusal, ranges);
              climb(index + 1, ranges);
            }
            return;
          }
          if (outcome.refusal() != null) {
            note(rung.method(), outcome.refusal(), outcome.unmoved());
          }
          climb(index + 1, outcome.unmoved());
        });
  }

  private @Nullable Refusal obstacle(Rung rung) {
    String known = learnt.refusal(rung.method());
    return known == null ? rung.obstacle() : new Refusal(known, true);
  }

  private CompletableFuture<Outcome> transfer(Rung rung, List<CopyRange> ranges) {
    CopyMethod method = rung.method();
    WindowSize window = new WindowSize(learnt.window(method), maxWindow, System.nanoTime());
    Transfer next = new Transfer(rung.mover(), window, maxWindow == 1, ranges, tally);
    synchronized (this) {
      if (cancelled) {
        return CompletableFuture.failedFuture(new CancellationException("the copy was cancelled"));
      }
      transfer = next;
    }
    return next.start().thenApply(outcome -> {
      if (Ranges.size(outcome.unmoved()) < Ranges.size(ranges)) {
        learnt.worked(method);
        learnt.window(method, window.size());
      }
      return outcome;
    });
  }

  private synchronized void note(CopyMethod method, Refusal refusal, List<CopyRange> ranges) {
    if (refusal.lasting()) {
      learnt.refused(method, refusal.reason());
    }
    fallbacks.add(new Fallback(method, null, refusal.reason(), ranges.get(0).targetOffset()));
  }

  /** Those that were given up before have led to this one. */
  private synchronized void noteNext(CopyMethod method) {
    fallbacks.replaceAll(earlier -> earlier.to() == null
        ? new Fallback(earlier.from(), method, earlier.reason(), earlier.offset())
        : earlier);
  }

  private synchronized String reasons() {
    return fallbacks.stream()
        .map(fallback -> fallback.from() + ": " + fallback.reason())
        .collect(Collectors.joining("; "));
  }
}
