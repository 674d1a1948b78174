package io.copychunk.it.benchmark.peers;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Drives a library that waits for each answer. */
final class Threads implements AutoCloseable {
  static final int COUNT = 16;

  private final ExecutorService executor = Executors.newFixedThreadPool(COUNT);

  /** What is done for one of many things. */
  interface Step<T> {
    void take(T each) throws Exception;
  }

  <T> void forEach(List<T> all, Step<T> step) throws Exception {
    AtomicInteger next = new AtomicInteger();
    List<Future<?>> running = new ArrayList<>();
    for (int thread = 0; thread < COUNT; thread++) {
      running.add(executor.submit(() -> {
        for (int i = next.getAndIncrement(); i < all.size(); i = next.getAndIncrement()) {
          step.take(all.get(i));
        }
        return null;
      }));
    }
    for (Future<?> each : running) {
      each.get();
    }
  }

  @Override
  public void close() {
    executor.shutdownNow();
  }
}
