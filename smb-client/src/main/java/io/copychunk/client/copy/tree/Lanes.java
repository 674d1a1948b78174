package io.copychunk.client.copy.tree;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * By how many connections the files of a tree go. Begins with one; as long as more files are ready than
 * may be under way, another one is opened, until one does not make the copy faster by a tenth; that one
 * gets no further files. The second is not waited for where there is much to do: to open it takes five
 * round trips. Time is passed in; guarded by its run.
 */
final class Lanes {
  /** A connection more must make it faster by this much. */
  private static final double WORTH_IT = 1.1;

  /** How much is measured at a time: files, those of more than a MiB counted by their size. */
  private static final long ROUND = 128;

  private static final int UNIT_SHIFT = 20;

  /** With so many files under way and so many that wait, a second connection need not prove itself. */
  static final int BEGUN = 32;

  static final int MANY_WAITING = 256;

  private final List<Lane> lanes = new ArrayList<>();
  private final int max;
  private boolean settled;
  private boolean opening;

  /** Rounds that are not measured, as what was begun before the last change ends in them. */
  private int unmeasured;

  private long unitsInRound;
  private long roundBegun;
  private double rateBefore;

  Lanes(Lane first, int max, long now) {
    this.lanes.add(first);
    this.max = max;
    this.roundBegun = now;
    this.settled = max == 1;
  }

  /** The one with the fewest files under way. */
  Lane next() {
    return lanes.stream().min(Comparator.comparingInt(Lane::underWay)).orElseThrow();
  }

  Lane first() {
    return lanes.get(0);
  }

  int count() {
    return lanes.size();
  }

  /**
   * Whether a second lane is to be opened before anything was measured; then {@link #opened} or {@link
   * #notOpened} follows.
   *
   * @param waiting how many entries are found and not begun
   */
  boolean wantsSecondAtOnce(IntSupplier waiting) {
    if (settled
        || opening
        || lanes.size() > 1
        || first().underWay() < BEGUN
        || waiting.getAsInt() < MANY_WAITING) {
      return false;
    }
    opening = true;
    return true;
  }

  /** How much of the window may be used: while another lane is being opened, its part is left to it. */
  double share() {
    return opening ? lanes.size() / (lanes.size() + 1.0) : 1;
  }

  /**
   * Notes that a file has ended.
   *
   * @param size its bytes
   * @param busy whether others had to wait
   * @return whether another lane is to be opened; then {@link #opened} or {@link #notOpened} follows
   */
  boolean ended(long size, boolean busy, long now) {
    if (settled || opening) {
      return false;
    }
    if (!busy) {
      beginRound(now);
      return false;
    }
    unitsInRound += 1 + (size >> UNIT_SHIFT);
    if (unitsInRound < ROUND) {
      return false;
    }
    double rate = unitsInRound * 1e9 / Math.max(1, now - roundBegun);
    beginRound(now);
    if (unmeasured > 0) {
      unmeasured--;
      return false;
    }
    boolean gained = rate > rateBefore * WORTH_IT;
    if (!gained) {
      lanes.remove(lanes.size() - 1);
    }
    rateBefore = rate;
    settled = !gained || lanes.size() >= max;
    opening = !settled;
    return opening;
  }

  void opened(Lane lane, long now) {
    lanes.add(lane);
    opening = false;
    unmeasured = 1;
    beginRound(now);
  }

  void notOpened() {
    opening = false;
    settled = true;
  }

  /** Nothing goes by this one any more; the first one stays. */
  void drop(Lane lane) {
    if (lane != first()) {
      lanes.remove(lane);
      settled = true;
    }
  }

  private void beginRound(long now) {
    unitsInRound = 0;
    roundBegun = now;
  }
}
