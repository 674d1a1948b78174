package io.copychunk.client.copy;

import io.copychunk.client.copy.internal.Callbacks;
import io.copychunk.client.copy.internal.Futures;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts what was moved, and tells a listener, who is told the latest alone if it is slower than the
 * copy. Thread-safe.
 */
final class Tally {
  private static final Logger logger = LoggerFactory.getLogger(Tally.class);

  private final String source;
  private final Consumer<CopyProgress> listener;
  private final Callbacks callbacks;
  private final long begun = System.nanoTime();
  private final Map<CopyMethod, Long> bytes = new EnumMap<>(CopyMethod.class);
  private long size;
  private long done;

  /** What the listener is to be told next; null when it was told all. */
  private @Nullable CopyProgress news;

  Tally(String source, CopyOptions options, Callbacks callbacks) {
    this.source = source;
    this.listener = options.progress();
    this.callbacks = callbacks;
  }

  /** Sets what there is to be done. */
  synchronized void size(long newSize) {
    size = newSize;
  }

  /** Notes what needs not be moved, as holes. */
  synchronized void skipped(long count) {
    done += count;
  }

  /** Notes what was moved. */
  void moved(CopyMethod method, long count) {
    synchronized (this) {
      bytes.merge(method, count, Long::sum);
      done += count;
      if (listener == CopyOptions.NOBODY) {
        return;
      }
      boolean isDue = news != null;
      news = progress(method);
      if (isDue) {
        return;
      }
    }
    callbacks.call(this::tell);
  }

  private CopyProgress progress(CopyMethod method) {
    Duration elapsed = elapsed();
    double seconds = elapsed.toNanos() / 1e9;
    double rate = seconds > 0 ? done / seconds : 0;
    return new CopyProgress(source, done, Math.max(size, done), method, elapsed, rate);
  }

  private void tell() {
    CopyProgress told;
    synchronized (this) {
      told = Objects.requireNonNull(news);
      news = null;
    }
    try {
      listener.accept(told);
    } catch (RuntimeException e) {
      logger.warn("{}: the listener to the progress has failed", source, e); // the copy goes on
    }
  }

  /** Completes when the listener was told all: a copy that it cancels then has not its name yet. */
  CompletableFuture<Void> told() {
    if (listener == CopyOptions.NOBODY) {
      return Futures.done();
    }
    CompletableFuture<Void> told = new CompletableFuture<>();
    callbacks.call(() -> told.complete(null));
    return told;
  }

  /** The bytes that each method has moved. */
  synchronized Map<CopyMethod, Long> bytes() {
    return Map.copyOf(bytes);
  }

  Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - begun);
  }
}
