package io.copychunk.client.copy;

import io.copychunk.client.CopyRange;
import io.copychunk.client.copy.internal.Futures;
import io.copychunk.client.error.SmbCopyException;
import io.copychunk.client.error.SmbCopyException.Reason;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/** Lets the data go through the client: READ from one place, WRITE to another. */
final class StreamMover implements Mover {
  /** Reads from anywhere; less than was asked for, and nothing at the end. */
  @FunctionalInterface
  interface Reader {
    CompletableFuture<ByteBuffer> read(long offset, int length);
  }

  /** Writes to anywhere, and tells how much was written. */
  @FunctionalInterface
  interface Writer {
    CompletableFuture<Integer> write(long offset, ByteBuffer data);
  }

  private final Reader reader;
  private final Writer writer;
  private final int pieceSize;
  private final String source;

  StreamMover(Reader reader, Writer writer, int pieceSize, String source) {
    this.reader = reader;
    this.writer = writer;
    this.pieceSize = pieceSize;
    this.source = source;
  }

  @Override
  public CopyMethod method() {
    return CopyMethod.STREAM;
  }

  @Override
  public long pieceSize() {
    return pieceSize;
  }

  /** A short READ or WRITE is no failure: the rest of the piece is moved next. */
  @Override
  public CompletableFuture<Moved> move(CopyRange piece) {
    return Futures.then(reader.read(piece.sourceOffset(), (int) piece.length()), data -> {
      if (!data.hasRemaining()) {
        return CompletableFuture.failedFuture(new SmbCopyException(
            Reason.SOURCE_CHANGED,
            source + ": ends at " + piece.sourceOffset() + " bytes: it has become shorter"));
      }
      return writer.write(piece.targetOffset(), data).thenApply(Moved::of);
    });
  }
}
