package io.copychunk.client.copy.internal;

/**
 * Rows of numbers by keys that are evenly distributed, such as fingerprints: what is remembered of very
 * many things, in as little memory as that takes. A row's index is good until the next {@link #add}. Not
 * thread-safe.
 */
public final class LongTable {
  private static final int SMALLEST = 16;
  private static final int LARGEST = 1 << 29;
  private static final double FULL = 0.75;

  /** Stands where there is no key. */
  private static final long NONE = 0;

  private long[] keys;
  private final long[][] columns;
  private int size;

  /**
   * Creates one that is empty.
   *
   * @param columns numbers in a row, besides its key; from 0
   * @param expected for so many rows it need not grow
   */
  public LongTable(int columns, long expected) {
    int capacity = (int) Math.min(LARGEST, Math.max(SMALLEST, (long) (expected / FULL) + 1));
    this.keys = new long[capacity];
    this.columns = new long[columns][capacity];
  }

  /** How many rows there are. */
  public int size() {
    return size;
  }

  /**
   * Adds a row of zeros.
   *
   * @return its index, or {@code -1 - index} of the row that has this key already
   */
  public int add(long key) {
    if (size >= keys.length * FULL) {
      grow();
    }
    long kept = kept(key);
    int index = slot(kept);
    if (keys[index] == kept) {
      return -1 - index;
    }
    keys[index] = kept;
    size++;
    return index;
  }

  /** The index of the row with this key, or -1. */
  public int find(long key) {
    long kept = kept(key);
    int index = slot(kept);
    return keys[index] == kept ? index : -1;
  }

  /** Whether there is a row with this key. */
  public boolean contains(long key) {
    return find(key) >= 0;
  }

  /** A number of a row. */
  public long get(int index, int column) {
    return columns[column][index];
  }

  /** Sets a number of a row. */
  public void set(int index, int column, long value) {
    columns[column][index] = value;
  }

  private static long kept(long key) {
    return key == NONE ? 1 : key;
  }

  /** Where the key is, or would be. */
  private int slot(long key) {
    int index = (int) (((key >>> 32) * keys.length) >>> 32);
    while (keys[index] != NONE && keys[index] != key) {
      index = index + 1 == keys.length ? 0 : index + 1;
    }
    return index;
  }

  private void grow() {
    long[] before = keys;
    long[][] values = columns.clone();
    int capacity = Math.multiplyExact(before.length, 2);
    keys = new long[capacity];
    for (int column = 0; column < columns.length; column++) {
      columns[column] = new long[capacity];
    }
    for (int i = 0; i < before.length; i++) {
      if (before[i] != NONE) {
        int index = slot(before[i]);
        keys[index] = before[i];
        for (int column = 0; column < columns.length; column++) {
          columns[column][index] = values[column][i];
        }
      }
    }
  }
}
