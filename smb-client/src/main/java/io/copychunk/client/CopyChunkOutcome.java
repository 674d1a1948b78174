package io.copychunk.client;

import io.copychunk.client.error.SmbPartialCopyException;
import io.copychunk.client.error.SmbStatusException;
import io.copychunk.message.fsctl.SrvCopyChunk;
import io.copychunk.message.fsctl.SrvCopyChunkCopy;
import io.copychunk.message.fsctl.SrvCopyChunkResponse;
import io.copychunk.wire.NtStatus;
import java.util.List;

/** What one COPYCHUNK request has come to, unless it failed (3.2.5.14.3). */
public sealed interface CopyChunkOutcome {
  /**
   * The server says that it has copied. What it says is no more than it was told; where it is less
   * than that, the rest was not copied.
   *
   * @param chunks chunks that were copied, at most as many as were asked for
   * @param bytes bytes of all of them, at most as many as were asked for
   */
  record Copied(long chunks, long bytes) implements CopyChunkOutcome {}

  /**
   * The request was more than the server allows in one; nothing was copied.
   *
   * @param limits what it allows
   */
  record LimitsExceeded(CopyChunkLimits limits) implements CopyChunkOutcome {}

  /** What a success means. */
  static CopyChunkOutcome of(SrvCopyChunkResponse response) {
    return new Copied(response.chunksWritten(), response.totalBytesWritten());
  }

  /**
   * What a failing status with counters means.
   *
   * @throws SmbStatusException when it is a failure, and then a {@link SmbPartialCopyException} when
   *     its counters tell how far the copy has come
   */
  static CopyChunkOutcome of(SrvCopyChunkCopy request, SmbStatusException failure)
      throws SmbStatusException {
    if (failure.output().size() != SrvCopyChunkResponse.SIZE) {
      throw failure;
    }
    SrvCopyChunkResponse counters =
        SrvCopyChunkResponse.readOutput(failure.output().reader());
    if (failure.status().equals(NtStatus.INVALID_PARAMETER) && areLimits(counters, request)) {
      return new LimitsExceeded(new CopyChunkLimits(
          counters.chunksWritten(), counters.chunkBytesWritten(), counters.totalBytesWritten()));
    }
    List<SrvCopyChunk> chunks = request.chunks();
    long done = counters.chunksWritten();
    if (done > chunks.size() || counters.totalBytesWritten() != size(chunks, done)) {
      throw failure; // counters that do not fit each other are no progress
    }
    throw new SmbPartialCopyException(failure, done, counters.totalBytesWritten());
  }

  /**
   * Under INVALID_PARAMETER servers tell their limits, and Samba the progress of a copy with an
   * impossible offset as well: limits are those that the request does exceed.
   */
  private static boolean areLimits(SrvCopyChunkResponse counters, SrvCopyChunkCopy request) {
    List<SrvCopyChunk> chunks = request.chunks();
    boolean possible = counters.chunksWritten() > 0
        && counters.chunkBytesWritten() > 0
        && counters.totalBytesWritten() > 0;
    return possible
        && (chunks.size() > counters.chunksWritten()
            || size(chunks, chunks.size()) > counters.totalBytesWritten()
            || chunks.stream().anyMatch(chunk -> chunk.length() > counters.chunkBytesWritten()));
  }

  private static long size(List<SrvCopyChunk> chunks, long count) {
    return chunks.stream().limit(count).mapToLong(SrvCopyChunk::length).sum();
  }
}
