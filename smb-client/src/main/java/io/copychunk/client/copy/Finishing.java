package io.copychunk.client.copy;

import io.copychunk.client.copy.internal.Futures;
import io.copychunk.client.error.SmbCopyException;
import io.copychunk.client.error.SmbCopyException.Reason;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/** Work on a target that ends in one of two ways: it has its name, or nothing is left of it. */
final class Finishing {
  private static final long CLEANUP_SECONDS = 10;

  private Finishing() {}

  /**
   * Works on a target and commits it, or aborts it.
   *
   * @param opening opens the target; not to be cancelled, for what the server makes has to be known to be
   *     removed
   * @param work fills it
   * @param ending commits it, such as {@link #committing}
   * @return fails with what the work has failed with; when something is left of the target, with an
   *     {@code SmbCopyException} that names it
   */
  static CompletableFuture<Void> of(
      CompletableFuture<Target> opening,
      Function<Target, CompletableFuture<Void>> work,
      Function<Target, CompletableFuture<Void>> ending) {
    return opening.thenCompose(target -> Futures.compose(
        Futures.then(CompletableFuture.completedFuture(target), work)
            .thenCompose(done -> ending.apply(target)),
        (done, failure) -> failure == null ? Futures.done() : undo(target, failure)));
  }

  /** Commits a target whose content has been checked. */
  static Function<Target, CompletableFuture<Void>> committing(Target.Last last) {
    return target -> target.commit(last).thenAccept(closed -> {});
  }

  private static CompletableFuture<Void> undo(Target target, Throwable failure) {
    CompletableFuture<Void> undone = target.abort().orTimeout(CLEANUP_SECONDS, TimeUnit.SECONDS);
    return Futures.compose(
        undone,
        (done, left) -> CompletableFuture.failedFuture(
            left == null || target.isSelfRemoving()
                ? failure
                : new SmbCopyException(
                    Reason.LEFTOVER,
                    failure.getMessage() + "; and " + target.location()
                        + " is left behind, which could not be removed: " + left.getMessage(),
                    target.location().toString(),
                    failure)));
  }
}
