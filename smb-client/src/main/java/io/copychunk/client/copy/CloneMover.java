package io.copychunk.client.copy;

import io.copychunk.client.AsyncSmbFile;
import io.copychunk.client.CopyRange;
import io.copychunk.client.copy.internal.Futures;
import java.util.concurrent.CompletableFuture;

/** Lets the target share the blocks of the source: FSCTL_DUPLICATE_EXTENTS_TO_FILE. */
final class CloneMover implements Mover {
  /** ReFS takes less than 4 GiB at a time, of whole clusters. */
  private static final long PIECE = 1L << 30;

  private final AsyncSmbFile source;
  private final AsyncSmbFile target;

  CloneMover(AsyncSmbFile source, AsyncSmbFile target) {
    this.source = source;
    this.target = target;
  }

  @Override
  public CopyMethod method() {
    return CopyMethod.CLONE;
  }

  @Override
  public long pieceSize() {
    return PIECE;
  }

  @Override
  public CompletableFuture<Moved> move(CopyRange piece) {
    return Futures.compose(
        target.duplicateExtents(source, piece),
        (done, failure) -> failure == null
            ? CompletableFuture.completedFuture(Moved.of(piece.length()))
            : Refusals.movedOrFailed(method(), failure));
  }
}
