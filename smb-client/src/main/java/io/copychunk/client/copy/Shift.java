package io.copychunk.client.copy;

import io.copychunk.client.AsyncSmbFile;
import io.copychunk.client.CopyRange;
import io.copychunk.client.copy.internal.Futures;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Moves a range within one file by less than its length, without reading what it has written: from the
 * end where it goes up, from the start where it goes down, one piece after the other.
 */
final class Shift {
  /** A range that is moved by less goes through the client; a multiple of all limits of sense. */
  static final int PIECE = 1 << 20;

  private Shift() {}

  /** Cuts a range into pieces no longer than what it is moved by, in the order that is right. */
  static List<CopyRange> pieces(CopyRange range, long size) {
    List<CopyRange> pieces = new ArrayList<>();
    for (long at = 0; at < range.length(); at += size) {
      pieces.add(range.after(at).first(Math.min(size, range.length() - at)));
    }
    if (range.targetOffset() > range.sourceOffset()) {
      Collections.reverse(pieces);
    }
    return pieces;
  }

  /** Moves a range by way of the client: each piece is read as a whole before any of it is written. */
  static CompletableFuture<Void> of(
      AsyncSmbFile from, AsyncSmbFile to, CopyRange range, Tally tally) {
    int size = Math.min(
        PIECE,
        Math.min(from.share().session().maxReadSize(), to.share().session().maxWriteSize()));
    Iterator<CopyRange> pieces = pieces(range, size).iterator();
    return Futures.repeat(() -> {
      CopyRange piece = pieces.next();
      return Futures.then(
          Fully.read(from, piece.sourceOffset(), (int) piece.length()),
          data -> Futures.then(Fully.write(to, piece.targetOffset(), data), written -> {
            tally.moved(CopyMethod.STREAM, piece.length());
            return CompletableFuture.completedFuture(pieces.hasNext());
          }));
    });
  }
}
