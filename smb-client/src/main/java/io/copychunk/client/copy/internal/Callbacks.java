package io.copychunk.client.copy.internal;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Calls what users have given: on the callback executor, for it may block and an event loop must not,
 * and one call after the other, in the order in which they were asked for. Thread-safe.
 */
public final class Callbacks {
  private final Executor executor;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private boolean calling;

  /**
   * Creates one that has nothing to call yet.
   *
   * @param executor where it calls
   */
  public Callbacks(Executor executor) {
    this.executor = executor;
  }

  /**
   * Lets a callback be called when those before it have been.
   *
   * @param callback what to call
   */
  public void call(Runnable callback) {
    synchronized (this) {
      waiting.add(callback);
      if (calling) {
        return;
      }
      calling = true;
    }
    executor.execute(this::callAll);
  }

  private void callAll() {
    boolean survived = false;
    try {
      Runnable callback;
      while ((callback = next()) != null) {
        callback.run();
      }
      survived = true;
    } finally {
      if (!survived) { // the error is for the executor's thread, but others wait for their call
        executor.execute(this::callAll);
      }
    }
  }

  private synchronized @Nullable Runnable next() {
    Runnable callback = waiting.poll();
    calling = callback != null;
    return callback;
  }
}
