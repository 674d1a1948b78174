package io.copychunk.client.copy.tree;

import java.util.concurrent.CompletableFuture;

/** The copy of a tree that is under way. Thread-safe. */
public final class TreeTask {
  private final TreeRun run;

  TreeTask(TreeRun run) {
    this.run = run;
  }

  /**
   * What the copy comes to.
   *
   * @return completes on the callback executor when nothing is under way any more and the listener was
   *     told all, also when single files could not be copied; fails with an {@code SmbException} when
   *     the tree could not be begun, or the session or its connection has ended, and with a {@link
   *     java.util.concurrent.CancellationException} after {@link #cancel}. To cancel it does not cancel
   *     the copy
   */
  public CompletableFuture<TreeProgress> result() {
    CompletableFuture<TreeProgress> told = new CompletableFuture<>();
    run.result().whenComplete((done, failure) -> {
      if (failure == null) {
        told.complete(done);
      } else {
        told.completeExceptionally(failure);
      }
    });
    return told;
  }

  /**
   * How far it is.
   *
   * @return a snapshot
   */
  public TreeProgress progress() {
    return run.progress();
  }

  /**
   * Stops: what is under way is cancelled on the server, and what is half done is removed; files that
   * are complete stay. The result fails when that is done, within a bounded time.
   */
  public void cancel() {
    run.cancel();
  }
}
