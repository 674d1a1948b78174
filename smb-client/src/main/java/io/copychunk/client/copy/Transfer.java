package io.copychunk.client.copy;

import io.copychunk.client.CopyRange;
import io.copychunk.client.copy.Mover.Moved;
import io.copychunk.client.copy.internal.Futures;
import io.copychunk.client.error.SmbBusyException;
import io.copychunk.client.error.SmbCopyException;
import io.copychunk.client.error.SmbCopyException.Reason;
import io.copychunk.client.error.SmbStatusException;
import io.copychunk.wire.NtStatus;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Moves ranges one way, several pieces at a time, until all is moved, this way cannot go on, or
 * something fails. Whatever happens, it ends only when nothing is under way any more. Thread-safe.
 */
final class Transfer {
  /** A piece that makes no progress is tried no more than that often. */
  private static final int MAX_TRIES = 8;

  private static final long PAUSE_MILLIS = 50;
  private static final long MAX_PAUSE_MILLIS = 1000;
  private static final Set<NtStatus> PRESSURE =
      Set.of(NtStatus.INSUFFICIENT_RESOURCES, NtStatus.INSUFF_SERVER_RESOURCES);

  private final Mover mover;
  private final WindowSize window;
  private final boolean ordered;
  private final Tally tally;
  private final Deque<CopyRange> waiting;
  private final Set<CompletableFuture<Moved>> underWay = new HashSet<>();
  private final Map<CopyRange, Integer> tries = new HashMap<>();
  private final List<CopyRange> unmoved = new ArrayList<>();
  private final CompletableFuture<Outcome> done = new CompletableFuture<>();
  private int begun;
  private boolean pumping;
  private boolean again;
  private @Nullable Refusal refusal;
  private @Nullable Throwable failure;

  /**
   * What came of a transfer.
   *
   * @param unmoved what is left for another way; empty when all was moved
   * @param refusal why this way could not move it, or null when nothing is left
   */
  record Outcome(List<CopyRange> unmoved, @Nullable Refusal refusal) {}

  /**
   * Creates a transfer.
   *
   * @param mover how a piece is moved
   * @param window how many pieces at a time
   * @param ordered whether what is left keeps its order, as it matters where one piece at a time is
   *     moved; else it is joined
   * @param ranges what to move, in this order
   * @param tally is told of what was moved
   */
  Transfer(Mover mover, WindowSize window, boolean ordered, List<CopyRange> ranges, Tally tally) {
    this.mover = mover;
    this.window = window;
    this.ordered = ordered;
    this.tally = tally;
    this.waiting = new ArrayDeque<>(ranges);
  }

  /**
   * Begins.
   *
   * @return fails with what a piece has failed with, or with {@link CancellationException}
   */
  CompletableFuture<Outcome> start() {
    pump();
    return done;
  }

  /** Stops: what is under way is cancelled, and the server is told so. */
  void cancel() {
    stop(new CancellationException("the copy was cancelled"));
    pump();
  }

  /** Keeps the window full. What moves a piece may be done at once, so this does not call itself. */
  private void pump() {
    synchronized (this) {
      if (pumping) {
        again = true;
        return;
      }
      pumping = true;
    }
    while (true) {
      CopyRange piece;
      synchronized (this) {
        piece = nextPiece();
        if (piece == null && !again) {
          pumping = false;
          break;
        }
        again = false;
      }
      if (piece != null) {
        begin(piece);
      }
    }
    endIfDone();
  }

  private @Nullable CopyRange nextPiece() {
    if (failure != null || refusal != null || begun >= window.size()) {
      return null;
    }
    CopyRange range = waiting.poll();
    if (range == null) {
      return null;
    }
    CopyRange piece = mover.pieceOf(range);
    if (piece.length() < range.length()) {
      waiting.addFirst(range.after(piece.length()));
    }
    begun++;
    return piece;
  }

  private void begin(CopyRange piece) {
    CompletableFuture<Moved> moving;
    try {
      moving = mover.move(piece);
    } catch (RuntimeException e) { // somebody waits
      moving = CompletableFuture.failedFuture(e);
    }
    watch(piece, moving);
  }

  private void watch(CopyRange piece, CompletableFuture<Moved> moving) {
    boolean stopped;
    synchronized (this) {
      underWay.add(moving);
      stopped = failure != null;
    }
    if (stopped) {
      moving.cancel(false);
    }
    moving.whenComplete((moved, error) -> {
      ended(piece, moving, moved, error);
      pump();
    });
  }

  private void ended(
      CopyRange piece,
      CompletableFuture<Moved> moving,
      @Nullable Moved moved,
      @Nullable Throwable error) {
    synchronized (this) {
      underWay.remove(moving);
    }
    if (moved == null) {
      failed(piece, error == null ? new IllegalStateException("no result") : Futures.root(error));
      return;
    }
    if (moved.bytes() > 0) {
      tally.moved(mover.method(), moved.bytes());
    }
    synchronized (this) {
      begun--;
      window.answered(moved.bytes(), System.nanoTime());
      if (moved.bytes() > 0) {
        tries.remove(piece);
      }
      if (moved.bytes() == piece.length()) {
        return;
      }
      CopyRange rest = piece.after(moved.bytes());
      if (moved.refusal() != null) {
        refusal = refusal == null ? moved.refusal() : refusal;
        unmoved.add(rest);
      } else {
        waiting.addFirst(rest);
      }
    }
    if (moved.refusal() == null && moved.bytes() == 0) {
      countTry(piece);
    }
  }

  private void failed(CopyRange piece, Throwable error) {
    if (!isPressure(error)) {
      synchronized (this) {
        begun--;
      }
      stop(error);
      return;
    }
    int tried;
    synchronized (this) {
      window.pressed(System.nanoTime());
      tried = tries.merge(piece, 1, Integer::sum);
    }
    if (tried >= MAX_TRIES) {
      synchronized (this) {
        begun--;
      }
      stop(error);
      return;
    }
    // It keeps its place among those under way until it is tried again.
    long pause = Math.min(MAX_PAUSE_MILLIS, PAUSE_MILLIS << tried);
    CompletableFuture.delayedExecutor(pause, TimeUnit.MILLISECONDS).execute(() -> {
      synchronized (this) {
        begun--;
        waiting.addFirst(piece);
      }
      pump();
    });
  }

  /** A piece that was sent back untouched may be tried again, but not for ever. */
  private void countTry(CopyRange piece) {
    int tried;
    synchronized (this) {
      tried = tries.merge(piece, 1, Integer::sum);
    }
    if (tried >= MAX_TRIES) {
      stop(new SmbCopyException(
          Reason.NO_PROGRESS,
          "%s: nothing was copied of %d bytes at %d in %d tries"
              .formatted(mover.method(), piece.length(), piece.sourceOffset(), tried)));
    }
  }

  private static boolean isPressure(Throwable error) {
    return error instanceof SmbBusyException
        || (error instanceof SmbStatusException refused && PRESSURE.contains(refused.status()));
  }

  /** The first failure counts; it ends what is under way. */
  private void stop(Throwable cause) {
    List<CompletableFuture<Moved>> stopped;
    synchronized (this) {
      if (failure != null) {
        return;
      }
      failure = cause;
      stopped = List.copyOf(underWay);
    }
    stopped.forEach(moving -> moving.cancel(false));
  }

  private void endIfDone() {
    Throwable cause;
    List<CopyRange> rest;
    synchronized (this) {
      boolean ended = failure != null || refusal != null || waiting.isEmpty();
      if (begun > 0 || pumping || !ended) {
        return;
      }
      cause = failure;
      rest = new ArrayList<>(unmoved);
      rest.addAll(waiting);
    }
    if (cause != null) {
      done.completeExceptionally(cause);
    } else {
      done.complete(new Outcome(ordered ? rest : Ranges.joined(rest), refusal));
    }
  }
}
