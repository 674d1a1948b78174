package io.copychunk.client.copy;

import io.copychunk.client.CopyChunkLimits;
import io.copychunk.client.error.SmbCopyException;
import io.copychunk.client.error.SmbCopyException.Reason;

/**
 * What a server allows in one COPYCHUNK, learnt from its refusals: begins with the limits of Windows,
 * which every known server allows, and never asks for more. Each of the three may be lowered once;
 * a server that wants it lower again, or so low that the copy would be no copy, is in error.
 * Thread-safe.
 */
final class LearntLimits {
  /** Less than that at a time would be slower than any other way. */
  static final long SMALLEST = 4096;

  private CopyChunkLimits limits = CopyChunkLimits.WINDOWS;
  private boolean chunksLowered;
  private boolean chunkSizeLowered;
  private boolean totalSizeLowered;

  synchronized CopyChunkLimits current() {
    return limits;
  }

  /**
   * Takes over what a server has answered.
   *
   * @param told the limits in the answer
   * @param sent the limits that the request was made for
   * @throws SmbCopyException when they do not settle
   */
  synchronized void adopt(CopyChunkLimits told, CopyChunkLimits sent) throws SmbCopyException {
    if (!sent.equals(limits)) {
      return; // another answer was faster: the request has to be made anew in any case
    }
    CopyChunkLimits lower = new CopyChunkLimits(
        Math.min(told.maxChunks(), limits.maxChunks()),
        Math.min(told.maxChunkSize(), limits.maxChunkSize()),
        Math.min(told.maxTotalSize(), limits.maxTotalSize()));
    boolean chunks = lower.maxChunks() < limits.maxChunks();
    boolean chunkSize = lower.maxChunkSize() < limits.maxChunkSize();
    boolean totalSize = lower.maxTotalSize() < limits.maxTotalSize();
    boolean again = (chunks && chunksLowered)
        || (chunkSize && chunkSizeLowered)
        || (totalSize && totalSizeLowered);
    boolean tooLow = lower.maxChunkSize() < SMALLEST || lower.maxTotalSize() < SMALLEST;
    if (again || tooLow || !(chunks || chunkSize || totalSize)) {
      throw new SmbCopyException(
          Reason.LIMITS,
          "COPYCHUNK: the server's limits do not settle: it allowed " + told
              + " to a request made for " + sent + " (expected: each lowered once, and at least "
              + SMALLEST + " bytes)");
    }
    chunksLowered |= chunks;
    chunkSizeLowered |= chunkSize;
    totalSizeLowered |= totalSize;
    limits = lower;
  }
}
