package io.copychunk.client.copy;

import io.copychunk.client.AsyncSmbFile;
import io.copychunk.client.CopyRange;
import io.copychunk.client.error.SmbCopyException;
import io.copychunk.client.error.SmbCopyException.Reason;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
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
    CompletableFuture<Void> moved = Futures.done();
    for (CopyRange piece : pieces(range, size)) {
      moved = Futures.then(
          moved,
          before -> Futures.then(
              read(from, piece.sourceOffset(), ByteBuffer.allocate((int) piece.length())),
              data -> write(to, piece.targetOffset(), data)
                  .thenAccept(done -> tally.moved(CopyMethod.STREAM, piece.length()))));
    }
    return moved;
  }

  private static CompletableFuture<ByteBuffer> read(
      AsyncSmbFile file, long offset, ByteBuffer into) {
    return Futures.then(file.read(offset + into.position(), into.remaining()), data -> {
      if (!data.hasRemaining()) {
        return CompletableFuture.failedFuture(new SmbCopyException(
            Reason.SOURCE_CHANGED,
            file.path() + ": ends at " + (offset + into.position()) + " bytes"));
      }
      into.put(data);
      return into.hasRemaining()
          ? read(file, offset, into)
          : CompletableFuture.completedFuture(into.flip());
    });
  }

  private static CompletableFuture<Void> write(AsyncSmbFile file, long offset, ByteBuffer data) {
    return Futures.then(file.write(offset + data.position(), data), count -> {
      if (count == 0) {
        return CompletableFuture.failedFuture(
            new SmbCopyException(Reason.NO_PROGRESS, file.path() + ": WRITE wrote no byte"));
      }
      data.position(data.position() + count);
      return data.hasRemaining() ? write(file, offset, data) : Futures.done();
    });
  }
}
