package io.copychunk.client.copy.tree;

import io.copychunk.client.copy.internal.LongTable;

/** The directories of a directory, by their FileIds: one that is there twice is a link as well. */
final class Siblings {
  private static final int COUNT = 0;

  /** Odd, with bits all over: neighbours are far from each other when they are multiplied by it. */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private final LongTable counts = new LongTable(1, 0);
  private boolean areSome;

  void add(long fileId) {
    areSome = true;
    if (fileId == 0) { // it is not known
      return;
    }
    int row = counts.add(fileId * SPREAD);
    row = row < 0 ? -1 - row : row;
    counts.set(row, COUNT, counts.get(row, COUNT) + 1);
  }

  boolean areNone() {
    return !areSome;
  }

  /** Whether it is known to be there under one name alone. */
  boolean isOnce(long fileId) {
    int row = fileId == 0 ? -1 : counts.find(fileId * SPREAD);
    return row >= 0 && counts.get(row, COUNT) == 1;
  }
}
