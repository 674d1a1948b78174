package io.copychunk.client.copy.tree;

import io.copychunk.client.copy.internal.Callbacks;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells a listener what has become of a tree, and knows when it can not keep up. Thread-safe. */
final class Told {
  private static final Logger logger = LoggerFactory.getLogger(Told.class);
  private static final int MAX_UNTOLD = 1024;

  private final TreeListener listener;
  private final Callbacks callbacks;
  private final Runnable caughtUp;
  private final AtomicInteger untold = new AtomicInteger();

  /**
   * Creates one that has nothing to tell.
   *
   * @param caughtUp is called when there is room again
   */
  Told(TreeListener listener, Callbacks callbacks, Runnable caughtUp) {
    this.listener = listener;
    this.callbacks = callbacks;
    this.caughtUp = caughtUp;
  }

  /** Whether so much is to be told that nothing more should be begun. */
  boolean isBehind() {
    return untold.get() >= MAX_UNTOLD;
  }

  void tell(Consumer<TreeListener> news) {
    if (listener != TreeListener.NOBODY) {
      call(() -> {
        try {
          news.accept(listener);
        } catch (RuntimeException e) {
          logger.warn("the listener to the copy of a tree has failed", e); // the copy goes on
        }
      });
    }
  }

  /** Has something done that may block, when what is to be told before it was heard. */
  void call(Runnable what) {
    untold.incrementAndGet();
    callbacks.call(() -> {
      what.run();
      if (untold.getAndDecrement() == MAX_UNTOLD) {
        caughtUp.run();
      }
    });
  }

  /** Completes when all that was told so far was heard. */
  <T extends @Nullable Object> void thenComplete(CompletableFuture<T> future, T value) {
    callbacks.call(() -> future.complete(value));
  }

  /** Fails when all that was told so far was heard. */
  void thenFail(CompletableFuture<?> future, Throwable cause) {
    callbacks.call(() -> future.completeExceptionally(cause));
  }
}
