package io.copychunk.client;

/**
 * A range of bytes to be copied.
 *
 * @param sourceOffset where the range starts in the source, 0 to 2<sup>63</sup>-1
 * @param targetOffset where it goes in the target, 0 to 2<sup>63</sup>-1
 * @param length bytes, at least 1; neither range may end beyond 2<sup>63</sup>-1
 */
public record CopyRange(long sourceOffset, long targetOffset, long length) {
  /** Checks that both ranges are within what a file can have. */
  public CopyRange {
    if (sourceOffset < 0
        || targetOffset < 0
        || length < 1
        || length > Long.MAX_VALUE - Math.max(sourceOffset, targetOffset)) {
      throw new IllegalArgumentException("range: source offset " + sourceOffset + ", target offset "
          + targetOffset + ", length " + length
          + " (expected: >= 0, >= 0, >= 1, neither ending beyond 2^63-1)");
    }
  }

  /**
   * The same place in source and target.
   *
   * @param offset where it starts, 0 to 2<sup>63</sup>-1
   * @param length bytes, at least 1
   * @return the range
   */
  public static CopyRange at(long offset, long length) {
    return new CopyRange(offset, offset, length);
  }

  /**
   * The first bytes of the range.
   *
   * @param bytes 1 to {@link #length}
   * @return a new range
   */
  public CopyRange first(long bytes) {
    return bytes == length ? this : new CopyRange(sourceOffset, targetOffset, bytes);
  }

  /**
   * What is behind the first bytes of the range.
   *
   * @param bytes 0 to {@link #length}-1
   * @return a new range
   */
  public CopyRange after(long bytes) {
    return bytes == 0
        ? this
        : new CopyRange(sourceOffset + bytes, targetOffset + bytes, length - bytes);
  }
}
