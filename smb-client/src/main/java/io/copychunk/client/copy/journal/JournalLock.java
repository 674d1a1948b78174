package io.copychunk.client.copy.journal;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Says that somebody works on a job, as long as the process lives. It is on a file of its own beside the
 * journal, and remembered in the process as well: a process loses its lock of a file when it closes the
 * file after having read it.
 */
final class JournalLock implements AutoCloseable {
  private static final Set<Path> OF_THIS_PROCESS = ConcurrentHashMap.newKeySet();

  private final Path journal;
  private final FileChannel channel;

  private JournalLock(Path journal, FileChannel channel) {
    this.journal = journal;
    this.channel = channel;
  }

  /**
   * Takes it.
   *
   * @throws FileSystemException when somebody else has it
   */
  static JournalLock take(Path journal) throws IOException {
    Path file = journal.toAbsolutePath();
    if (!OF_THIS_PROCESS.add(file)) {
      throw taken(journal);
    }
    FileChannel channel = null;
    FileLock lock = null;
    try {
      channel = FileChannel.open(beside(file), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      lock = channel.tryLock();
      if (lock == null) {
        throw taken(journal);
      }
      return new JournalLock(file, channel);
    } finally {
      if (lock == null) {
        OF_THIS_PROCESS.remove(file);
        if (channel != null) {
          channel.close();
        }
      }
    }
  }

  private static FileSystemException taken(Path journal) {
    return new FileSystemException(journal.toString(), null, "another process is writing to it");
  }

  /** Whether somebody has it. */
  static boolean isTaken(Path journal) throws IOException {
    Path file = journal.toAbsolutePath();
    if (OF_THIS_PROCESS.contains(file)) {
      return true;
    }
    if (!Files.exists(beside(file))) {
      return false;
    }
    try (FileChannel channel = FileChannel.open(beside(file), StandardOpenOption.WRITE);
        FileLock lock = channel.tryLock()) {
      return lock == null;
    }
  }

  /** Deletes a journal that nobody works on any more, or that whoever does so has done with. */
  static void delete(Path journal) throws IOException {
    Files.deleteIfExists(journal);
    Files.deleteIfExists(beside(journal));
  }

  private static Path beside(Path journal) {
    return journal.resolveSibling(journal.getFileName() + ".lock");
  }

  @Override
  public void close() throws IOException {
    OF_THIS_PROCESS.remove(journal);
    channel.close();
  }
}
