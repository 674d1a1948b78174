package io.copychunk.client.internal.capture;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A new file that only its owner may read. It is written at once, piece by piece, so that a process
 * that is killed leaves whole pieces. When a piece can not be written, that is logged, and nothing
 * more is written: whatever the file describes must not suffer from it. Thread-safe.
 */
final class OwnerOnlyFile implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(OwnerOnlyFile.class);
  private static final Set<OpenOption> NEW =
      Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);

  private final Path path;
  private final FileChannel channel;
  private boolean ended;

  private OwnerOnlyFile(Path path, FileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  /**
   * Creates the file, with permissions 0600 from its first moment on. Where the file system knows no
   * such permissions, as on Windows, it gets what its directory hands down.
   *
   * @param path a file that does not exist: overwriting one could widen who may read the new
   *     content, or follow a link that somebody else has put there
   * @param beginning what it begins with; when that is nothing, it is tried whether it takes a byte
   * @return to be closed
   * @throws IOException when it exists, as whatever it may be, or can not be created or written; the
   *     message names the path and the reason, and no new file is left behind
   */
  static OwnerOnlyFile create(Path path, ByteBuffer beginning) throws IOException {
    boolean posix = path.getFileSystem().supportedFileAttributeViews().contains("posix");
    FileAttribute<?>[] ownerOnly = posix
        ? new FileAttribute<?>[] {
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
        }
        : new FileAttribute<?>[0];
    try {
      FileChannel channel = FileChannel.open(path, NEW, ownerOnly);
      begin(path, channel, beginning);
      return new OwnerOnlyFile(path, channel);
    } catch (FileAlreadyExistsException e) {
      throw new IOException(path + " exists (expected: a new file, for it will hold secrets)", e);
    } catch (IOException | UnsupportedOperationException e) {
      throw new IOException(path + " cannot be created: " + e, e);
    }
  }

  private static void begin(Path path, FileChannel channel, ByteBuffer beginning)
      throws IOException {
    try {
      if (beginning.hasRemaining()) {
        writeWhole(channel, beginning);
      } else {
        writeWhole(channel, ByteBuffer.allocate(1));
        channel.truncate(0);
      }
    } catch (IOException e) {
      try (channel) {
        Files.deleteIfExists(path);
      } catch (IOException left) {
        e.addSuppressed(left);
      }
      throw e;
    }
  }

  /** Whether nothing more gets into the file. */
  synchronized boolean ended() {
    return ended;
  }

  /**
   * Appends a piece.
   *
   * @param piece whole, so that the file can be read up to its end
   */
  synchronized void append(ByteBuffer piece) {
    if (ended) {
      return;
    }
    long whole = -1;
    try {
      whole = channel.position();
      writeWhole(channel, piece);
    } catch (IOException e) {
      giveUp(whole, e);
    }
  }

  /** Removes the file again, of which nobody is to know yet. */
  void delete() throws IOException {
    close();
    Files.deleteIfExists(path);
  }

  /** What was written stays; what is appended later is lost. */
  @Override
  public synchronized void close() {
    if (ended) {
      return;
    }
    ended = true;
    try {
      channel.close();
    } catch (IOException e) {
      logger.warn("{}: cannot be closed: {}", path, e.toString());
    }
  }

  @Override
  public String toString() {
    return path.toString();
  }

  private static void writeWhole(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }

  private void giveUp(long whole, IOException cause) {
    ended = true;
    logger.warn("{}: cannot be written, so nothing more will be: {}", path, cause.toString());
    try (channel) {
      if (whole >= 0) {
        channel.truncate(whole);
      }
    } catch (IOException e) {
      logger.warn("{}: ends in the middle of what was written last: {}", path, e.toString());
    }
  }
}
