package io.copychunk.client.copy.tree;

/**
 * How many files are under way at once: doubles whenever as many have ended as there are under way, and
 * halves when the server is short of something. Large files count by their bytes as well, for each of
 * them has a window of requests of its own. Not thread-safe.
 */
final class FileWindow {
  private static final int INITIAL = 256;

  /** So much of data under way keeps any server busy. */
  private static final long MAX_BYTES = 1L << 30;

  private final int max;
  private int size;
  private int underWay;
  private long bytes;
  private int endedSinceGrown;

  FileWindow(int max) {
    this.max = max;
    this.size = Math.min(INITIAL, max);
  }

  /** Whether another file may be begun. */
  boolean isOpen() {
    return underWay < size && bytes < MAX_BYTES;
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
