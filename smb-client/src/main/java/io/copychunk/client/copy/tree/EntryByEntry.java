package io.copychunk.client.copy.tree;

import io.copychunk.client.AsyncSmbFile;
import io.copychunk.client.copy.internal.Futures;
import io.copychunk.fscc.FileIdBothDirectoryInformation;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Does something for each entry of directories, one after the other in each, and others meanwhile as
 * long as there are turns left, of which all directories share some: so that however many are in one
 * another, what is in memory depends on how deep they are alone. Thread-safe.
 */
final class EntryByEntry {
  private final DirectoryRequests requests;
  private final Semaphore turns;
  private final int maxTurns;
  private final BooleanSupplier isCancelled;

  /** What is done for an entry; comes to null where there is nothing to wait for. */
  interface Work
      extends Function<FileIdBothDirectoryInformation, @Nullable CompletableFuture<Void>> {}

  EntryByEntry(DirectoryRequests requests, int turns, BooleanSupplier isCancelled) {
    this.requests = requests;
    this.turns = new Semaphore(turns);
    this.maxTurns = turns;
    this.isCancelled = isCancelled;
  }

  /** Completes when all was done and the directory is closed; the first failure ends it. */
  CompletableFuture<Void> goThrough(
      CompletableFuture<DirectoryRequests.Opened> opening, Work work) {
    return Futures.then(opening, opened -> {
      Pass pass = new Pass(opened.listing(), opened.page(), work);
      return Futures.compose(
          Futures.repeat(pass::step),
          (done, failure) -> Futures.compose(pass.end(), (ended, failedMeanwhile) -> {
            Throwable first = failure == null ? failedMeanwhile : failure;
            return first == null ? Futures.done() : CompletableFuture.failedFuture(first);
          }));
    });
  }

  /** One directory, on its way. */
  private final class Pass {
    private final AsyncSmbFile listing;
    private final Work work;
    private final Queue<FileIdBothDirectoryInformation> page = new ArrayDeque<>();
    private final List<CompletableFuture<Void>> meanwhile = new ArrayList<>();
    private boolean isLast;

    Pass(AsyncSmbFile listing, @Nullable List<FileIdBothDirectoryInformation> page, Work work) {
      this.listing = listing;
      this.work = work;
      take(page);
    }

    private void take(@Nullable List<FileIdBothDirectoryInformation> next) {
      isLast = next == null;
      if (next != null) {
        page.addAll(next);
      }
    }

    /** Goes on until something has to be waited for; comes to whether there is more. */
    CompletableFuture<Boolean> step() {
      while (!isCancelled.getAsBoolean() && !page.isEmpty()) {
        CompletableFuture<Void> begun = work.apply(page.remove());
        if (begun == null || isDone(begun)) {
          continue;
        }
        if (!turns.tryAcquire()) {
          return Futures.then(begun, done -> CompletableFuture.completedFuture(true));
        }
        begun.whenComplete((done, failure) -> turns.release());
        meanwhile.add(begun);
        if (meanwhile.size() >= 2 * maxTurns) {
          meanwhile.removeIf(Pass::isDone);
        }
      }
      if (isCancelled.getAsBoolean() || isLast) {
        return CompletableFuture.completedFuture(false);
      }
      return Futures.then(requests.next(listing), next -> {
        take(next);
        return CompletableFuture.completedFuture(true);
      });
    }

    private static boolean isDone(CompletableFuture<Void> begun) {
      return begun.isDone() && !begun.isCompletedExceptionally();
    }

    CompletableFuture<Void> end() {
      return Futures.compose(
          Futures.all(meanwhile.toArray(CompletableFuture[]::new)),
          (done, failure) -> Futures.compose(
              listing.close(),
              (closed, harmless) ->
                  failure == null ? Futures.done() : CompletableFuture.failedFuture(failure)));
    }
  }
}
