package io.copychunk.client;

/**
 * A part of a file.
 *
 * @param offset where it starts, 0 to 2<sup>63</sup>-1
 * @param length bytes, 0 to 2<sup>63</sup>-1
 */
public record FileRange(long offset, long length) {
  /** Checks that it does not end beyond what a file can have. */
  public FileRange {
    if (offset < 0 || length < 0 || length > Long.MAX_VALUE - offset) {
      throw new IllegalArgumentException("range: offset " + offset + ", length " + length
          + " (expected: >= 0 both, not ending beyond 2^63-1)");
    }
  }

  /**
   * Where it ends.
   *
   * @return the offset of the first byte behind it
   */
  public long end() {
    return offset + length;
  }
}
