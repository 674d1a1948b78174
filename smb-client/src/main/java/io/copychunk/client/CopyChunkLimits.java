package io.copychunk.client;

/**
 * What a server allows in one COPYCHUNK request (2.2.32.1, 3.3.3).
 *
 * @param maxChunks chunks, 1 to 2<sup>32</sup>-1; 256 on Windows and Samba
 * @param maxChunkSize bytes of a chunk, 1 to 2<sup>32</sup>-1; 1 MiB on Windows and Samba
 * @param maxTotalSize bytes of all chunks, 1 to 2<sup>32</sup>-1; 16 MiB on Windows and Samba
 */
public record CopyChunkLimits(long maxChunks, long maxChunkSize, long maxTotalSize) {
  /** Those of all versions of Windows, and of Samba: what to begin with. */
  public static final CopyChunkLimits WINDOWS = new CopyChunkLimits(256, 1 << 20, 16 << 20);

  /** Checks that something is allowed at all. */
  public CopyChunkLimits {
    if (maxChunks < 1 || maxChunkSize < 1 || maxTotalSize < 1) {
      throw new IllegalArgumentException("limits: " + maxChunks + " chunks, " + maxChunkSize
          + " bytes a chunk, " + maxTotalSize + " bytes a request (expected: >= 1 each)");
    }
  }
}
