package io.copychunk.client.copy.tree;

import io.copychunk.client.copy.internal.LongTable;

/** The directories of a directory, by their FileIds: one that is there twice is a link as well. */
final class Siblings {
  private static final int COUNT = 0;

  private final LongTable counts = new LongTable(1, 0);

  void add(long fileId) {
    int row = counts.add(fileId);
    row = row < 0 ? -1 - row : row;
    counts.set(row, COUNT, counts.get(row, COUNT) + 1);
  }

  boolean areNone() {
    return counts.size() == 0;
  }

  /** Whether it is known to be there under one name alone. */
  boolean isOnce(long fileId) {
    int row = fileId == 0 ? -1 : counts.find(fileId);
    return row >= 0 && counts.get(row, COUNT) == 1;
  }
}
