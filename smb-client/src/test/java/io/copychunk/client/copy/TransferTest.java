package io.copychunk.client.copy;

import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.client.CopyRange;
import io.copychunk.client.copy.Mover.Moved;
import io.copychunk.client.copy.Transfer.Outcome;
import io.copychunk.client.copy.internal.Callbacks;
import io.copychunk.client.error.SmbBusyException;
import io.copychunk.client.error.SmbClosedException;
import io.copychunk.client.error.SmbCopyException;
import io.copychunk.testing.Awaited;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class TransferTest {
  private static final int PIECE = 10;

  private final Map<CopyRange, CompletableFuture<Moved>> underWay = new ConcurrentHashMap<>();
  private final Tally tally =
      new Tally("source", CopyOptions.defaults(), new Callbacks(Runnable::run));

  @Test
  void keepsAsManyPiecesUnderWayAsTheWindowHas() {
    Transfer transfer = transfer(3, 3, this::later, CopyRange.at(0, 55));
    CompletableFuture<Outcome> done = transfer.start();

    assertThat(underWay.keySet())
        .containsExactlyInAnyOrder(CopyRange.at(0, 10), CopyRange.at(10, 10), CopyRange.at(20, 10));
    underWay.remove(CopyRange.at(10, 10)).complete(Moved.of(10));
    assertThat(underWay).containsKey(CopyRange.at(30, 10)).hasSize(3);
    while (!underWay.isEmpty()) {
      CopyRange piece = underWay.keySet().iterator().next();
      underWay.remove(piece).complete(Moved.of(piece.length()));
    }

    assertThat(Awaited.result(done)).isEqualTo(new Outcome(List.of(), null));
    assertThat(tally.bytes()).isEqualTo(Map.of(CopyMethod.STREAM, 55L));
  }

  @Test
  void manyPiecesThatAreDoneAtOnceNeedNoStack() {
    Transfer transfer = transfer(
        4,
        4,
        piece -> CompletableFuture.completedFuture(Moved.of(piece.length())),
        CopyRange.at(0, 3_000_000));

    assertThat(Awaited.result(transfer.start()).unmoved()).isEmpty();
    assertThat(tally.bytes()).isEqualTo(Map.of(CopyMethod.STREAM, 3_000_000L));
  }

  @Test
  void whatIsLeftOfAPieceIsMovedNext() {
    List<CopyRange> pieces = new ArrayList<>();
    Transfer transfer = transfer(
        1,
        1,
        piece -> {
          pieces.add(piece);
          return CompletableFuture.completedFuture(Moved.of(Math.min(7, piece.length())));
        },
        CopyRange.at(0, 20));

    assertThat(Awaited.result(transfer.start()).unmoved()).isEmpty();
    assertThat(pieces)
        .containsExactly(
            CopyRange.at(0, 10), CopyRange.at(7, 3), CopyRange.at(10, 10), CopyRange.at(17, 3));
  }

  @Test
  void aRefusalLeavesTheRestToAnotherWayWhenAllElseIsDone() {
    Refusal refusal = new Refusal("no", true);
    Transfer transfer = transfer(3, 3, this::later, CopyRange.at(0, 100));
    CompletableFuture<Outcome> done = transfer.start();

    underWay.remove(CopyRange.at(10, 10)).complete(Moved.refused(4, refusal));
    assertThat(done).isNotDone();
    assertThat(underWay).hasSize(2);
    underWay.remove(CopyRange.at(0, 10)).complete(Moved.of(10));
    underWay.remove(CopyRange.at(20, 10)).complete(Moved.of(10));

    assertThat(Awaited.result(done))
        .isEqualTo(new Outcome(List.of(CopyRange.at(14, 6), CopyRange.at(30, 70)), refusal));
    assertThat(tally.bytes()).isEqualTo(Map.of(CopyMethod.STREAM, 24L));
  }

  @Test
  void aFailureCancelsWhatIsUnderWayAndWaitsForIt() {
    Transfer transfer = transfer(2, 2, this::later, CopyRange.at(0, 100));
    CompletableFuture<Outcome> done = transfer.start();
    CompletableFuture<Moved> other = underWay.get(CopyRange.at(10, 10));

    underWay.get(CopyRange.at(0, 10)).completeExceptionally(new SmbClosedException("gone"));

    assertThat(other).isCancelled();
    assertThat(Awaited.failure(done)).isInstanceOf(SmbClosedException.class);
    assertThat(underWay).hasSize(2);
  }

  @Test
  void cancellingCancelsWhatIsUnderWay() {
    Transfer transfer = transfer(2, 2, this::later, CopyRange.at(0, 100));
    CompletableFuture<Outcome> done = transfer.start();

    transfer.cancel();

    assertThat(underWay.values()).allMatch(CompletableFuture::isCancelled);
    assertThat(Awaited.failure(done)).isInstanceOf(CancellationException.class);
  }

  @Test
  void pressureIsMetWithPatienceButNotForEver() {
    AtomicInteger tries = new AtomicInteger();
    Function<CopyRange, CompletableFuture<Moved>> busyTwice = piece -> tries.incrementAndGet() < 3
        ? CompletableFuture.failedFuture(new SmbBusyException("busy"))
        : CompletableFuture.completedFuture(Moved.of(piece.length()));
    assertThat(Awaited.result(transfer(2, 2, busyTwice, CopyRange.at(0, 10)).start())
            .unmoved())
        .isEmpty();

    AtomicInteger always = new AtomicInteger();
    Function<CopyRange, CompletableFuture<Moved>> busy = piece -> {
      always.incrementAndGet();
      return CompletableFuture.failedFuture(new SmbBusyException("busy"));
    };
    assertThat(Awaited.failure(transfer(1, 1, busy, CopyRange.at(0, 10)).start()))
        .isInstanceOf(SmbBusyException.class);
    assertThat(always.get()).isEqualTo(8);
  }

  @Test
  void aPieceThatMakesNoProgressIsNotTriedForEver() {
    AtomicInteger tries = new AtomicInteger();
    Transfer transfer = transfer(
        1,
        1,
        piece -> {
          tries.incrementAndGet();
          return CompletableFuture.completedFuture(Moved.again());
        },
        CopyRange.at(0, 10));

    assertThat(Awaited.failure(transfer.start()))
        .isInstanceOfSatisfying(
            SmbCopyException.class,
            failure -> assertThat(failure.reason()).isEqualTo(SmbCopyException.Reason.NO_PROGRESS));
    assertThat(tries.get()).isEqualTo(8);
  }

  @Test
  void aMoverThatThrowsFailsTheTransfer() {
    Transfer transfer = transfer(
        2,
        2,
        piece -> {
          throw new IllegalArgumentException("no");
        },
        CopyRange.at(0, 100));

    assertThat(Awaited.failure(transfer.start())).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void nothingToMoveIsDoneAtOnce() {
    assertThat(transfer(1, 1, this::later).start())
        .isCompletedWithValue(new Outcome(List.of(), null));
  }

  private CompletableFuture<Moved> later(CopyRange piece) {
    CompletableFuture<Moved> moving = new CompletableFuture<>();
    underWay.put(piece, moving);
    return moving;
  }

  private Transfer transfer(
      int initial,
      int max,
      Function<CopyRange, CompletableFuture<Moved>> move,
      CopyRange... ranges) {
    Mover mover = new Mover() {
      @Override
      public CopyMethod method() {
        return CopyMethod.STREAM;
      }

      @Override
      public long pieceSize() {
        return PIECE;
      }

      @Override
      public CompletableFuture<Moved> move(CopyRange piece) {
        return move.apply(piece);
      }
    };
    WindowSize window = new WindowSize(initial, max, System.nanoTime());
    return new Transfer(mover, window, false, List.of(ranges), tally);
  }
}
