package io.copychunk.it.benchmark;

import io.copychunk.client.AsyncSmbShare;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicReference;

/** Gets keys with many files under way on one connection. */
public final class KeyWindow {
  private KeyWindow() {}

  /**
   * Opens files, gets their keys and closes them.
   *
   * @param names the files, which are taken in turn
   * @param count how many keys in all
   * @param window how many files are under way at once
   */
  public static void get(AsyncSmbShare share, List<String> names, int count, int window)
      throws InterruptedException {
    Semaphore free = new Semaphore(window);
    AtomicReference<Throwable> failure = new AtomicReference<>();
    for (int i = 0; i < count; i++) {
      free.acquire();
      share
          .openWithResumeKey(names.get(i % names.size()))
          .thenCompose(keyed -> keyed.file().async().close())
          .whenComplete((closed, error) -> {
            if (error != null) {
              failure.compareAndSet(null, error);
            }
            free.release();
          });
    }
    free.acquire(window);
    if (failure.get() != null) {
      throw new IllegalStateException(failure.get());
    }
  }
}
