package io.copychunk.client.copy.tree;

/**
 * How many entries a page of a directory has, as far as is known: so many are to be expected of one that
 * is on its way. Follows what was read last. Guarded by its run.
 */
final class PageSizes {
  /** Rather too many than what does not fit into memory. */
  private static final int AT_FIRST = 1024;

  /** A page counts for so little beside those before it. */
  private static final int WEIGHT = 8;

  private double expected = AT_FIRST;

  void read(int entries) {
    expected += (entries - expected) / WEIGHT;
  }

  int expected() {
    return (int) expected;
  }
}
