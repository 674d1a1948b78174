package io.copychunk.client.copy.tree;

/**
 * What there is in the target where something of the source is to be.
 *
 * @param size in bytes
 * @param lastWriteTime a FILETIME
 * @param fileId what its server calls it, 0 if it does not say
 * @param isDirectory whether it is no file
 */
record Counterpart(long size, long lastWriteTime, long fileId, boolean isDirectory) {
  private static final long SECOND = 10_000_000;

  /** Whether it was last changed when its source was, as far as its server keeps that. */
  boolean isOfTime(long sourceLastWriteTime) {
    return lastWriteTime == sourceLastWriteTime
        || (lastWriteTime % SECOND == 0 && lastWriteTime / SECOND == sourceLastWriteTime / SECOND);
  }
}
