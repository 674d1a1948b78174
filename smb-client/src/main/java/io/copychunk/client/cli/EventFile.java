package io.copychunk.client.cli;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SeekableByteChannel;
import java.nio.channels.WritableByteChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.Consumer;

/**
 * The file of an event log. Each line is one write at the file's end, so that whoever reads the file has whole lines,
 * whatever becomes of this process. A write that fails is told once, and is the last. For one thread.
 */
final class EventFile implements AutoCloseable {
  private final WritableByteChannel file;
  private final Consumer<IOException> failed;
  private boolean broken;

  /**
   * Creates one.
   *
   * @param file is closed with this
   * @param failed is told of the first write that fails
   */
  EventFile(WritableByteChannel file, Consumer<IOException> failed) {
    this.file = file;
    this.failed = failed;
  }

  /** Opens a file, which may exist: it is appended to. */
  static EventFile open(Path path, Consumer<IOException> failed) throws IOException {
    WritableByteChannel file = Files.newByteChannel(
        path, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND);
    try {
      if (endsWithinALine(path)) {
        file.write(ByteBuffer.wrap(new byte[] {'\n'}));
      }
    } catch (IOException e) {
      file.close();
      throw e;
    }
    return new EventFile(file, failed);
  }

  /** What a process that was killed, or a disk that was full, has left. */
  private static boolean endsWithinALine(Path path) throws IOException {
    if (!Files.isRegularFile(path) || Files.size(path) == 0) {
      return false;
    }
    try (SeekableByteChannel existing = Files.newByteChannel(path)) {
      ByteBuffer last = ByteBuffer.allocate(1);
      existing.position(existing.size() - 1).read(last);
      return last.get(0) != '\n';
    } catch (AccessDeniedException e) {
      return false; // it may be appended to, and not read
    }
  }

  /** Why a file could not be opened, for people. */
  static String why(IOException failure) {
    if (failure instanceof NoSuchFileException) {
      return "there is no such directory";
    }
    return failure instanceof AccessDeniedException
        ? "it may not be written"
        : String.valueOf(failure.getMessage());
  }

  void write(byte[] line) {
    if (broken) {
      return;
    }
    try {
      ByteBuffer rest = ByteBuffer.wrap(line);
      while (rest.hasRemaining()) {
        file.write(rest);
      }
    } catch (IOException e) {
      fail(e);
    }
  }

  private void fail(IOException e) {
    broken = true;
    failed.accept(e);
  }

  /** Whether something could not be written. */
  boolean isBroken() {
    return broken;
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      if (!broken) {
        fail(e);
      }
    }
  }
}
