package io.copychunk.client.copy;

import io.copychunk.client.CopyRange;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What can be done with lists of ranges. */
final class Ranges {
  private Ranges() {}

  /** The same bytes in the order of their place in the target, neighbours made one. */
  static List<CopyRange> joined(List<CopyRange> ranges) {
    List<CopyRange> sorted = new ArrayList<>(ranges);
    sorted.sort(Comparator.comparingLong(CopyRange::targetOffset));
    List<CopyRange> joined = new ArrayList<>();
    for (CopyRange range : sorted) {
      CopyRange last = joined.isEmpty() ? null : joined.get(joined.size() - 1);
      if (last != null && continues(last, range)) {
        joined.set(
            joined.size() - 1,
            new CopyRange(
                last.sourceOffset(), last.targetOffset(), last.length() + range.length()));
      } else {
        joined.add(range);
      }
    }
    return joined;
  }

  /** How many bytes they are together. */
  static long size(List<CopyRange> ranges) {
    return ranges.stream().mapToLong(CopyRange::length).sum();
  }

  /** Whether a byte of the target is written more than once. */
  static boolean overlapInTarget(List<CopyRange> ranges) {
    List<CopyRange> sorted = new ArrayList<>(ranges);
    sorted.sort(Comparator.comparingLong(CopyRange::targetOffset));
    long end = 0;
    for (CopyRange range : sorted) {
      if (range.targetOffset() < end) {
        return true;
      }
      end = range.targetOffset() + range.length();
    }
    return false;
  }

  private static boolean continues(CopyRange first, CopyRange second) {
    return first.targetOffset() + first.length() == second.targetOffset()
        && first.sourceOffset() + first.length() == second.sourceOffset();
  }
}
