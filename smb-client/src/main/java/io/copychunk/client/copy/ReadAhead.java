package io.copychunk.client.copy;

import io.copychunk.client.AsyncSmbFile;
import io.copychunk.client.copy.internal.Futures;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/** Reads a file from its start to its end: several READs under way, used in their order. */
final class ReadAhead {
  /** Large enough for few requests, and small enough for buffers that are pooled. */
  private static final int PIECE = 1 << 18;

  private static final int READS_UNDER_WAY = 32;

  private final AsyncSmbFile file;
  private final long size;
  private final int piece;
  private final Sink sink;
  private final Queue<CompletableFuture<ByteBuffer>> underWay = new ArrayDeque<>();
  private final CompletableFuture<Void> done = new CompletableFuture<>() {
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
      boolean cancelled = super.cancel(mayInterruptIfRunning);
      stop();
      return cancelled;
    }
  };
  private long next;

  /** Where the data goes, by one thread at a time; may block. */
  @FunctionalInterface
  interface Sink {
    void accept(ByteBuffer data) throws IOException;
  }

  private ReadAhead(AsyncSmbFile file, long size, int piece, Sink sink) {
    this.file = file;
    this.size = size;
    this.piece = piece;
    this.sink = sink;
  }

  /**
   * Reads.
   *
   * @param file open for reading
   * @param size how much of it there is
   * @param maxReadSize the most that one READ may ask for
   * @param sink is given all of it
   * @return fails with an {@code SmbException}, or an {@link IOException} of the sink
   */
  static CompletableFuture<Void> of(AsyncSmbFile file, long size, int maxReadSize, Sink sink) {
    ReadAhead reading = new ReadAhead(file, size, Math.min(PIECE, maxReadSize), sink);
    reading.goOn();
    return reading.done;
  }

  private void goOn() {
    CompletableFuture<ByteBuffer> first;
    synchronized (this) {
      while (underWay.size() < READS_UNDER_WAY && next < size && !done.isDone()) {
        int length = (int) Math.min(piece, size - next);
        underWay.add(Fully.read(file, next, length));
        next += length;
      }
      first = underWay.poll();
    }
    if (first == null) {
      done.complete(null);
      return;
    }
    // On another thread even if it is done: or the stack would grow with the file.
    first.whenCompleteAsync((data, failure) -> {
      if (failure != null) {
        fail(Futures.root(failure));
        return;
      }
      try {
        sink.accept(data);
      } catch (IOException | RuntimeException e) {
        fail(e);
        return;
      }
      goOn();
    });
  }

  private void fail(Throwable cause) {
    done.completeExceptionally(cause);
    stop();
  }

  private synchronized void stop() {
    underWay.forEach(reading -> reading.cancel(false));
    underWay.clear();
  }
}
