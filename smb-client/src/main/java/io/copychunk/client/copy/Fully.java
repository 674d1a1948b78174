package io.copychunk.client.copy;

import io.copychunk.client.AsyncSmbFile;
import io.copychunk.client.copy.internal.Futures;
import io.copychunk.client.error.SmbCopyException;
import io.copychunk.client.error.SmbCopyException.Reason;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/** READ and WRITE until all is read or written: a server may do less than it was asked for. */
final class Fully {
  private Fully() {}

  /** Reads so many bytes; fails when the file ends before. */
  static CompletableFuture<ByteBuffer> read(AsyncSmbFile file, long offset, int length) {
    ByteBuffer into = ByteBuffer.allocate(length);
    CompletableFuture<Void> reading = Futures.repeat(() ->
        Futures.then(file.read(offset + into.position(), into.remaining()), data -> {
          if (!data.hasRemaining()) {
            return CompletableFuture.failedFuture(new SmbCopyException(
                Reason.SOURCE_CHANGED,
                file.path() + ": ends at " + (offset + into.position()) + " bytes (expected: >= "
                    + (offset + length) + ")"));
          }
          return CompletableFuture.completedFuture(into.put(data).hasRemaining());
        }));
    return Futures.then(reading, done -> CompletableFuture.completedFuture(into.flip()));
  }

  /** Writes all that remains in a buffer. */
  static CompletableFuture<Void> write(AsyncSmbFile file, long offset, ByteBuffer data) {
    int start = data.position();
    return Futures.repeat(() ->
        Futures.then(file.write(offset + data.position() - start, data.slice()), count -> {
          if (count == 0) {
            return CompletableFuture.failedFuture(
                new SmbCopyException(Reason.NO_PROGRESS, file.path() + ": WRITE wrote no byte"));
          }
          return CompletableFuture.completedFuture(
              data.position(data.position() + count).hasRemaining());
        }));
  }
}
