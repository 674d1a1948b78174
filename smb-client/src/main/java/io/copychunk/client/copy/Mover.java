package io.copychunk.client.copy;

import io.copychunk.client.CopyRange;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One way to move data, a piece at a time. Thread-safe: several pieces are under way at once. */
interface Mover {
  /**
   * What became of a piece.
   *
   * @param bytes the first bytes of the piece that are known to be in the target; 0 to its length
   * @param refusal why this way cannot go on with the rest, or null when it can
   */
  record Moved(long bytes, @Nullable Refusal refusal) {
    /** The piece, or its first bytes, is in the target; the rest may be tried again. */
    static Moved of(long bytes) {
      return new Moved(bytes, null);
    }

    /** Nothing was done, for a reason that is gone: the same piece may be tried again. */
    static Moved again() {
      return of(0);
    }

    /** This way cannot: the rest has to be moved by another one. */
    static Moved refused(long bytes, Refusal why) {
      return new Moved(bytes, why);
    }
  }

  /** How the data is moved, for the records. */
  CopyMethod method();

  /**
   * The largest piece that may be moved at once now.
   *
   * @return bytes, at least 1
   */
  long pieceSize();

  /**
   * The first piece of a range.
   *
   * @return at most {@link #pieceSize} bytes
   */
  default CopyRange pieceOf(CopyRange range) {
    return range.first(Math.min(range.length(), pieceSize()));
  }

  /**
   * Moves a piece.
   *
   * @param piece at most {@link #pieceSize} bytes
   * @return fails with an {@code SmbException} when it cannot be moved by any other way either
   */
  CompletableFuture<Moved> move(CopyRange piece);
}
