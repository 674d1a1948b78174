package io.copychunk.client.copy;

import io.copychunk.client.AsyncSmbFile;
import io.copychunk.client.CopyRange;
import io.copychunk.client.OffloadedRange;
import io.copychunk.client.copy.internal.Futures;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/**
 * Lets the storage copy: FSCTL_OFFLOAD_READ gives a token that stands for the data, FSCTL_OFFLOAD_WRITE
 * spends it. Whole sectors only: what is left of the last one is for another method.
 */
final class OffloadMover implements Mover {
  /** No server takes much more by one token; a multiple of every sector size. */
  private static final long PIECE = 256L << 20;

  private static final long SECTOR = 4096;

  private final AsyncSmbFile source;
  private final AsyncSmbFile target;
  private final Supplier<CompletableFuture<Void>> targetSized;

  /**
   * Creates the mover.
   *
   * @param targetSized makes the target long enough, once: OFFLOAD_WRITE does not
   */
  OffloadMover(
      AsyncSmbFile source, AsyncSmbFile target, Supplier<CompletableFuture<Void>> targetSized) {
    this.source = source;
    this.target = target;
    this.targetSized = targetSized;
  }

  /** Whether there is anything that it can move of so many bytes. */
  static boolean takes(long size) {
    return size >= SECTOR;
  }

  @Override
  public CopyMethod method() {
    return CopyMethod.OFFLOAD;
  }

  @Override
  public long pieceSize() {
    return PIECE;
  }

  @Override
  public CompletableFuture<Moved> move(CopyRange piece) {
    boolean aligned = (piece.sourceOffset() | piece.targetOffset()) % SECTOR == 0;
    long whole = piece.length() - piece.length() % SECTOR;
    if (!aligned || whole == 0) {
      return CompletableFuture.completedFuture(
          Moved.refused(0, Refusal.here("not of whole sectors")));
    }
    return Futures.compose(
        Futures.then(
            source.offloadRead(piece.sourceOffset(), whole), token -> spend(token, piece, whole)),
        (moved, failure) -> failure == null
            ? CompletableFuture.completedFuture(moved)
            : Refusals.movedOrFailed(method(), failure));
  }

  private CompletableFuture<Moved> spend(OffloadedRange token, CopyRange piece, long asked) {
    long read = Math.min(token.length(), asked);
    if (read == 0) {
      return CompletableFuture.completedFuture(
          Moved.refused(0, Refusal.here("OFFLOAD_READ covers no byte")));
    }
    return targetSized
        .get()
        .thenCompose(sized -> target.offloadWrite(token, piece.targetOffset(), read))
        .thenApply(written -> written == 0
            ? Moved.refused(0, Refusal.here("OFFLOAD_WRITE wrote no byte"))
            : Moved.of(Math.min(written, read)));
  }
}
