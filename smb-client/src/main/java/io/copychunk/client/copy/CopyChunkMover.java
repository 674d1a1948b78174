package io.copychunk.client.copy;

import io.copychunk.client.CopyChunkLimits;
import io.copychunk.client.CopyChunkOutcome;
import io.copychunk.client.CopyChunkOutcome.Copied;
import io.copychunk.client.CopyChunkOutcome.LimitsExceeded;
import io.copychunk.client.CopyRange;
import io.copychunk.client.ResumeKey;
import io.copychunk.client.copy.internal.Futures;
import io.copychunk.client.error.SmbCopyException;
import io.copychunk.client.error.SmbCopyException.Reason;
import io.copychunk.client.error.SmbPartialCopyException;
import io.copychunk.client.error.SmbStatusException;
import io.copychunk.wire.NtStatus;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Lets the server copy: FSCTL_SRV_COPYCHUNK_WRITE, one request a piece. */
final class CopyChunkMover implements Mover {
  private final SourceKey key;
  private final Sender sender;
  private final String target;
  private final LearntLimits limits;

  /** Sends a request; as a file does, or what opens it. */
  @FunctionalInterface
  interface Sender {
    CompletableFuture<CopyChunkOutcome> copyChunk(ResumeKey key, List<CopyRange> chunks);
  }

  CopyChunkMover(SourceKey key, Sender sender, String target, LearntLimits limits) {
    this.key = key;
    this.sender = sender;
    this.target = target;
    this.limits = limits;
  }

  @Override
  public CopyMethod method() {
    return CopyMethod.COPYCHUNK;
  }

  @Override
  public long pieceSize() {
    return pieceSize(limits.current());
  }

  static long pieceSize(CopyChunkLimits allowed) {
    return Math.min(allowed.maxTotalSize(), allowed.maxChunks() * allowed.maxChunkSize());
  }

  @Override
  public CompletableFuture<Moved> move(CopyRange piece) {
    CopyChunkLimits allowed = limits.current();
    ResumeKey used = key.current();
    // The limits may have become lower since the piece was cut.
    CopyRange part = piece.first(Math.min(piece.length(), pieceSize(allowed)));
    List<CopyRange> chunks = chunks(part, allowed.maxChunkSize());
    return Futures.compose(
        sender.copyChunk(used, chunks),
        (outcome, failure) -> failure == null
            ? Futures.of(() -> done(outcome, chunks, allowed))
            : failed(failure, used));
  }

  private Moved done(CopyChunkOutcome outcome, List<CopyRange> chunks, CopyChunkLimits allowed)
      throws SmbCopyException {
    if (outcome instanceof LimitsExceeded exceeded) {
      limits.adopt(exceeded.limits(), allowed);
      return Moved.again();
    }
    Copied copied = (Copied) outcome;
    long asked = Ranges.size(chunks);
    if (copied.chunks() == chunks.size() && copied.bytes() == asked) {
      return Moved.of(asked);
    }
    if (copied.chunks() == 0 || copied.bytes() == 0) {
      throw new SmbCopyException(
          Reason.NO_PROGRESS,
          "COPYCHUNK %s: the server reports success, and to have copied %d chunks, %d bytes (expected: %d, %d)"
              .formatted(target, copied.chunks(), copied.bytes(), chunks.size(), asked));
    }
    // Less than it was told, and called a success: what it has not counted is in doubt.
    long counted = Ranges.size(chunks.subList(0, (int) copied.chunks()));
    return Moved.refused(
        counted == copied.bytes() && counted < asked ? counted : 0,
        Refusal.here("success for %d of %d bytes".formatted(copied.bytes(), asked)));
  }

  private CompletableFuture<Moved> failed(Throwable failure, ResumeKey used) {
    if (failure instanceof SmbPartialCopyException partial) {
      Refusal refusal = Refusals.of(method(), partial);
      if (refusal != null) {
        return CompletableFuture.completedFuture(Moved.refused(partial.bytesWritten(), refusal));
      }
    }
    if (isKeyUnknown(failure)) {
      return key.renew(used).thenApply(fresh -> Moved.again());
    }
    Refusal refusal = Refusals.of(method(), failure);
    return refusal == null
        ? CompletableFuture.failedFuture(failure)
        : CompletableFuture.completedFuture(Moved.refused(0, refusal));
  }

  private static boolean isKeyUnknown(@Nullable Throwable failure) {
    return failure instanceof SmbStatusException refused
        && refused.status().equals(NtStatus.OBJECT_NAME_NOT_FOUND);
  }

  static List<CopyRange> chunks(CopyRange piece, long size) {
    List<CopyRange> chunks = new ArrayList<>();
    for (long at = 0; at < piece.length(); at += size) {
      chunks.add(piece.after(at).first(Math.min(size, piece.length() - at)));
    }
    return chunks;
  }
}
