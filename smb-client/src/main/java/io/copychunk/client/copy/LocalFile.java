package io.copychunk.client.copy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.concurrent.CompletableFuture;

/** A file of this machine as one end of a transfer. Blocks the thread that it is used by. */
final class LocalFile {
  private LocalFile() {}

  /** Reads from a file. */
  static StreamMover.Reader reader(FileChannel channel) {
    return (offset, length) -> {
      ByteBuffer data = ByteBuffer.allocate(length);
      try {
        while (data.hasRemaining() && channel.read(data, offset + data.position()) > 0) {
          // until it is full, or the file ends
        }
        return CompletableFuture.completedFuture(data.flip());
      } catch (IOException e) {
        return CompletableFuture.failedFuture(e);
      }
    };
  }

  /** Writes to a file. */
  static StreamMover.Writer writer(FileChannel channel) {
    return (offset, data) -> {
      int length = data.remaining();
      try {
        while (data.hasRemaining()) {
          channel.write(data, offset + length - data.remaining());
        }
        return CompletableFuture.completedFuture(length);
      } catch (IOException e) {
        return CompletableFuture.failedFuture(e);
      }
    };
  }
}
