package io.copychunk.client.copy.tree;

import java.time.Duration;
import java.util.function.Supplier;

/**
 * How many files are under way at once: doubles whenever as many have ended as there are under way, and
 * halves when the server is short of something; never more than keep a fast server busy for the round
 * trips of a file, since the more are open at once, the longer a server takes for each. Large files count
 * by their bytes as well, for each of them has a window of requests of its own. Not thread-safe.
 */
final class FileWindow {
  private static final int INITIAL = 1024;

  /** So much of data under way keeps any server busy. */
  private static final long MAX_BYTES = 1L << 30;

  /** So many files keep any server busy that is next door. */
  private static final int ENOUGH_NEARBY = 64;

  /** And so many more for each round trip that takes this long: 4,000 files/s of five round trips. */
  private static final long NANOS_FOR_EACH_FURTHER = 50_000;

  /** Hardly more often than that a file ends, as servers are: 2,000 files/s. */
  private static final long NANOS_FOR_EACH = 500_000;

  private final int max;
  private final Supplier<Duration> roundTrip;
  private int size;
  private int underWay;
  private long bytes;
  private int endedSinceGrown;

  /**
   * Creates one.
   *
   * @param max never more
   * @param roundTrip what one to the server takes at least, as far as is known
   */
  FileWindow(int max, Supplier<Duration> roundTrip) {
    this.max = max;
    this.roundTrip = roundTrip;
    this.size = Math.min(INITIAL, max);
  }

  /**
   * Whether another file may be begun.
   *
   * @param share of the window, in 0..1
   */
  boolean isOpen(double share) {
    return underWay < Math.min(size, most()) * share && bytes < MAX_BYTES;
  }

  /** How many there are at most, as far as the round trip is known. */
  long most() {
    return Math.min(max, ENOUGH_NEARBY + roundTrip.get().toNanos() / NANOS_FOR_EACH_FURTHER);
  }

  /** How many files end at most while one request is under way, as far as the round trip is known. */
  long inOneRoundTrip() {
    return roundTrip.get().toNanos() / NANOS_FOR_EACH;
  }

  void begun(long fileSize) {
    underWay++;
    bytes += fileSize;
  }

  void ended(long fileSize) {
    underWay--;
    bytes -= fileSize;
    if (++endedSinceGrown >= size) {
      endedSinceGrown = 0;
      size = Math.min(max, size * 2);
    }
  }

  /** The server is short of something: fewer at once are more. */
  void pressed() {
    endedSinceGrown = 0;
    size = Math.max(1, size / 2);
  }
}
