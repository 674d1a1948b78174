package io.copychunk.client.copy;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what was moved, and tells a listener. Thread-safe; the listener is told by one thread at a time. */
final class Tally {
  private static final Logger logger = LoggerFactory.getLogger(Tally.class);

  private final String source;
  private final Consumer<CopyProgress> listener;
  private final long begun = System.nanoTime();
  private final Map<CopyMethod, Long> bytes = new EnumMap<>(CopyMethod.class);
  private long size;
  private long done;

  Tally(String source, Consumer<CopyProgress> listener) {
    this.source = source;
    this.listener = listener;
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
  synchronized void moved(CopyMethod method, long count) {
    bytes.merge(method, count, Long::sum);
    done += count;
    Duration elapsed = elapsed();
    double seconds = elapsed.toNanos() / 1e9;
    double rate = seconds > 0 ? done / seconds : 0;
    try {
      listener.accept(new CopyProgress(source, done, Math.max(size, done), method, elapsed, rate));
    } catch (RuntimeException e) {
      logger.warn("{}: the listener to the progress has failed", source, e); // the copy goes on
    }
  }

  /** The bytes that each method has moved. */
  synchronized Map<CopyMethod, Long> bytes() {
    return Map.copyOf(bytes);
  }

  Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - begun);
  }
}
