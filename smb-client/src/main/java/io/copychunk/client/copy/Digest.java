package io.copychunk.client.copy;

import io.copychunk.client.AsyncSmbFile;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.HexFormat;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;

/** The SHA-256 of a file, read over the network: several READs under way, used in their order. */
final class Digest {
  private static final int PIECE = 1 << 20;
  private static final int READ_AHEAD = 8;

  private final AsyncSmbFile file;
  private final long size;
  private final int piece;
  private final MessageDigest digest;
  private final Queue<CompletableFuture<ByteBuffer>> underWay = new ArrayDeque<>();
  private final CompletableFuture<String> result = new CompletableFuture<>() {
    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
      boolean cancelled = super.cancel(mayInterruptIfRunning);
      stop();
      return cancelled;
    }
  };
  private long next;

  private Digest(AsyncSmbFile file, long size, int piece) {
    this.file = file;
    this.size = size;
    this.piece = piece;
    try {
      this.digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /**
   * Computes it.
   *
   * @param file open for reading
   * @param size how much of it counts
   * @param maxReadSize the most that one READ may ask for
   * @return in hexadecimal
   */
  static CompletableFuture<String> of(AsyncSmbFile file, long size, int maxReadSize) {
    Digest digest = new Digest(file, size, Math.min(PIECE, maxReadSize));
    digest.goOn();
    return digest.result;
  }

  private void goOn() {
    CompletableFuture<ByteBuffer> first;
    synchronized (this) {
      while (underWay.size() < READ_AHEAD && next < size) {
        int length = (int) Math.min(piece, size - next);
        underWay.add(whole(next, length, ByteBuffer.allocate(length)));
        next += length;
      }
      first = underWay.poll();
    }
    if (first == null) {
      result.complete(HexFormat.of().formatHex(digest.digest()));
      return;
    }
    // On another thread even if it is done: or the stack would grow with the file.
    first.whenCompleteAsync((data, failure) -> {
      if (failure != null) {
        stop();
        result.completeExceptionally(Futures.root(failure));
      } else {
        digest.update(data);
        goOn();
      }
    });
  }

  /** A READ may return less than it was asked for; only at the end of the file it returns nothing. */
  private CompletableFuture<ByteBuffer> whole(long offset, int length, ByteBuffer into) {
    return Futures.then(file.read(offset, length), data -> {
      int count = data.remaining();
      into.put(data);
      return count == 0 || count == length
          ? CompletableFuture.completedFuture(into.flip())
          : whole(offset + count, length - count, into);
    });
  }

  private synchronized void stop() {
    underWay.forEach(reading -> reading.cancel(false));
    underWay.clear();
  }
}
