package io.copychunk.client.copy;

import io.copychunk.client.AsyncSmbOpening;
import io.copychunk.client.CopyChunkLimits;
import io.copychunk.client.CopyChunkOutcome;
import io.copychunk.client.CopyRange;
import io.copychunk.client.ResumeKey;
import io.copychunk.client.copy.internal.Futures;
import io.copychunk.client.error.SmbStatusException;
import io.copychunk.wire.NtStatus;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The first request of a copy by COPYCHUNK, which travels in the frame that creates the target: so the
 * data of a file that one request copies takes no round trip. Whatever comes of it is dealt with when
 * its turn has come.
 */
final class EarlyCopyChunk {
  private final ResumeKey key;
  private final List<CopyRange> chunks;
  private @Nullable CompletableFuture<CopyChunkOutcome> outcome;

  private EarlyCopyChunk(ResumeKey key, List<CopyRange> chunks) {
    this.key = key;
    this.chunks = chunks;
  }

  /**
   * What can be copied early of a source.
   *
   * @return null when another method comes first, or its holes have to be looked for
   */
  static @Nullable EarlyCopyChunk of(
      SourceFile source, CopyOptions options, LearntMethods learnt, LearntLimits limits) {
    SourceKey key = source.key();
    boolean holes = options.preserves(Preserve.SPARSENESS) && source.mayHaveHoles();
    if (key == null || source.size() == 0 || holes || !comesFirst(source.size(), options, learnt)) {
      return null;
    }
    CopyChunkLimits allowed = limits.current();
    CopyRange piece = CopyRange.at(0, Math.min(source.size(), CopyChunkMover.pieceSize(allowed)));
    return new EarlyCopyChunk(key.current(), CopyChunkMover.chunks(piece, allowed.maxChunkSize()));
  }

  private static boolean comesFirst(long size, CopyOptions options, LearntMethods learnt) {
    return options.methods().stream()
            .filter(method -> learnt.refusal(method) == null)
            .filter(method -> method != CopyMethod.OFFLOAD || OffloadMover.takes(size))
            .findFirst()
            .orElse(CopyMethod.STREAM)
        == CopyMethod.COPYCHUNK;
  }

  /** Lets it travel with the opening of the target; the last opening counts. */
  void with(AsyncSmbOpening opening) {
    outcome = opening.copyChunk(key, chunks);
  }

  /** Sends what follows; the first request was sent. */
  CopyChunkMover.Sender before(CopyChunkMover.Sender sender) {
    return (used, ranges) -> {
      CompletableFuture<CopyChunkOutcome> sent = outcome;
      outcome = null;
      if (sent == null) {
        return sender.copyChunk(used, ranges);
      }
      // The key may have been renewed since, or the limits lowered: then it was in vain.
      boolean same = used.equals(key) && ranges.equals(chunks);
      return Futures.compose(
          sent,
          (copied, failure) ->
              same && !isForTravelling(failure) ? sent : sender.copyChunk(used, ranges));
    };
  }

  /** Some servers refuse these FSCTLs in a compound. */
  private static boolean isForTravelling(@Nullable Throwable failure) {
    return failure instanceof SmbStatusException refused
        && refused.status().equals(NtStatus.INTERNAL_ERROR);
  }
}
