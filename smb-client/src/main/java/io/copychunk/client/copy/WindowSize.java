package io.copychunk.client.copy;

/**
 * How many requests of one copy are under way at once. Begins small, and doubles from one round to the
 * next as long as that makes the copy faster by a tenth; halves when the server is short of something,
 * or when so much is under way that it would take long to end. Looks again for more from time to time,
 * for a server may have become faster. Time is passed in; not thread-safe.
 */
final class WindowSize {
  /** A round must be faster by this much, or more requests are of no use. */
  private static final double WORTH_IT = 1.1;

  /** What is under way shall be done within this time, for who cancels has to wait for it. */
  private static final double MOST_SECONDS_UNDER_WAY = 3;

  private static final int ROUNDS_BEFORE_LOOKING_AGAIN = 16;

  private final int max;
  private int size;
  private int sizeBefore;
  private double rateBefore;
  private boolean growing = true;
  private int settledRounds;
  private int answersInRound;
  private long bytesInRound;
  private long roundBegun;

  /**
   * Creates the size.
   *
   * @param initial to begin with, 1 to max
   * @param max never more
   * @param now the time, in nanoseconds
   */
  WindowSize(int initial, int max, long now) {
    this.max = max;
    this.size = Math.max(1, Math.min(initial, max));
    this.sizeBefore = size;
    this.roundBegun = now;
  }

  /** How many requests may be under way. */
  int size() {
    return size;
  }

  /**
   * Notes that a request has done its work.
   *
   * @param bytes what it copied
   * @param now the time, in nanoseconds
   */
  void answered(long bytes, long now) {
    bytesInRound += bytes;
    answersInRound++;
    if (answersInRound >= size) {
      endRound(now);
    }
  }

  /**
   * Notes that the server is short of something.
   *
   * @param now the time, in nanoseconds
   */
  void pressed(long now) {
    size = Math.max(1, size / 2);
    settle();
    beginRound(now);
  }

  private void endRound(long now) {
    double seconds = Math.max(1, now - roundBegun) / 1e9;
    double rate = bytesInRound / seconds;
    if (seconds > MOST_SECONDS_UNDER_WAY) { // a round is about what is under way at once
      size = Math.max(1, size / 2);
      settle();
    } else if (!growing) {
      if (++settledRounds >= ROUNDS_BEFORE_LOOKING_AGAIN) {
        growing = true;
        grow(rate);
      }
    } else if (rate > rateBefore * WORTH_IT) {
      grow(rate);
    } else {
      size = sizeBefore;
      settle();
    }
    beginRound(now);
  }

  private void grow(double rate) {
    rateBefore = rate;
    sizeBefore = size;
    size = Math.min(max, size * 2);
    if (size == sizeBefore) {
      settle();
    }
  }

  private void settle() {
    growing = false;
    settledRounds = 0;
  }

  private void beginRound(long now) {
    answersInRound = 0;
    bytesInRound = 0;
    roundBegun = now;
  }
}
