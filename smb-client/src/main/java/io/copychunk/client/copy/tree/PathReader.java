package io.copychunk.client.copy.tree;

import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Objects;
import java.util.Queue;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Reads a list on a thread of its own, which may block: by the list, and when enough is ready. Its state
 * is guarded by the run's lock.
 */
final class PathReader {
  /** So many paths are read ahead. */
  private static final int MAX_READY = 1024;

  private final Object lock;
  private final Iterator<ListedPath> paths;
  private final Runnable pump;
  private final Consumer<Throwable> stop;
  private final Queue<ListedPath> ready = new ArrayDeque<>();
  private boolean ended;
  private boolean stopped;

  /** Creates one that has not begun. */
  PathReader(TreeRun run, Iterator<ListedPath> paths) {
    this.lock = run;
    this.paths = paths;
    this.pump = run::pump;
    this.stop = run::stop;
  }

  void start() {
    Thread thread = new Thread(this::read, "copychunk-list");
    thread.setDaemon(true); // a list may never end
    thread.start();
  }

  private void read() {
    try {
      while (paths.hasNext() && put(paths.next())) {}
    } catch (UncheckedIOException e) {
      stop.accept(Objects.requireNonNull(e.getCause()));
    } catch (InterruptedException | RuntimeException e) { // whatever the list fails with
      stop.accept(e);
    }
    synchronized (lock) {
      ended = true;
    }
    pump.run();
  }

  private boolean put(ListedPath path) throws InterruptedException {
    boolean wasEmpty;
    synchronized (lock) {
      while (ready.size() >= MAX_READY && !stopped) {
        lock.wait();
      }
      if (stopped) {
        return false;
      }
      wasEmpty = ready.isEmpty();
      ready.add(path);
    }
    if (wasEmpty) {
      pump.run();
    }
    return true;
  }

  /** The next path, or null when there is none yet, or none any more. Under the lock. */
  @Nullable
  ListedPath poll() {
    ListedPath path = ready.poll();
    if (ready.size() == MAX_READY / 2) {
      lock.notifyAll();
    }
    return path;
  }

  /** Whether all of the list was taken. Under the lock. */
  boolean isAtEnd() {
    return ended && ready.isEmpty();
  }

  /** Nothing more is taken. Under the lock. */
  void stop() {
    stopped = true;
    lock.notifyAll();
  }
}
