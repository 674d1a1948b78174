package io.copychunk.client.copy.journal;

import io.copychunk.client.copy.internal.Fingerprint;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The journal of a job under way. What is noted is in the file when the call returns, so that the end of
 * the process loses none of it; the crash of the whole machine may. When it can not be written any more
 * the job goes on without; {@link #failure} tells. Thread-safe; what notes something may block.
 */
public final class Journal implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(Journal.class);

  private final String id;
  private final Path path;
  /** Tests let it fail. */
  final JournalFile file;

  private final Fingerprint fingerprint;
  private final History history;
  private @Nullable IOException failure;
  private boolean closed;

  private Journal(String id, Path path, JournalFile file, byte[] key, History history) {
    this.id = id;
    this.path = path;
    this.file = file;
    this.fingerprint = new Fingerprint(key);
    this.history = history;
  }

  static Journal create(
      String id, Path path, String directory, List<String> arguments, List<JobPart> parts)
      throws IOException {
    JournalFile file = JournalFile.create(path);
    try {
      long now = Instant.now().toEpochMilli();
      byte[] key = Fingerprint.randomKey();
      file.append(new JournalRecord.Begin(key, now, directory, arguments, parts));
      file.append(new JournalRecord.Attempt(now));
      file.force();
      return new Journal(id, path, file, key, History.none());
    } catch (IOException e) {
      file.close();
      JournalLock.delete(path);
      throw e;
    }
  }

  static Journal resume(String id, Path path) throws IOException {
    History history = History.read(path);
    JournalFile file = JournalFile.goOn(path, history.length());
    try {
      file.append(new JournalRecord.Attempt(Instant.now().toEpochMilli()));
    } catch (IOException e) {
      file.close();
      throw e;
    }
    return new Journal(id, path, file, history.begin().key(), history);
  }

  /**
   * By which the job can be found again.
   *
   * @return a few letters and digits
   */
  public String id() {
    return id;
  }

  /**
   * What is noted about one of the things that the job copies.
   *
   * @param number which of its parts, from 0
   * @return to note in, and to ask what was noted before this process took the job on
   */
  public Part part(int number) {
    return new Part(number);
  }

  /**
   * Why it is not written any more.
   *
   * @return null as long as it is
   */
  public synchronized @Nullable IOException failure() {
    return failure;
  }

  /**
   * Ends the job: a journal that nobody needs any more is deleted.
   *
   * @param failed how many files and directories could not be copied
   * @throws IOException when that can not be noted, or the file not be deleted
   */
  public synchronized void end(long failed) throws IOException {
    if (closed) {
      return;
    }
    if (failed > 0) {
      file.append(new JournalRecord.End(failed));
      file.force();
    } else {
      JournalLock.delete(path);
    }
    close();
  }

  /** Leaves the job as it is, to be resumed. */
  @Override
  public synchronized void close() throws IOException {
    if (!closed) {
      closed = true;
      file.close();
    }
  }

  private synchronized void append(JournalRecord record) {
    if (failure != null || closed) {
      return;
    }
    try {
      file.append(record);
    } catch (IOException e) {
      failure = e;
      logger.warn("job {} can not be noted any more: {}", id, e.getMessage());
    }
  }

  /**
   * One of the things that a job copies, a tree or a file. Paths are from its root, with backslashes,
   * and empty for the root.
   */
  public final class Part {
    private final int number;

    private Part(int number) {
      this.number = number;
    }

    /**
     * Whether a file was copied as it is now.
     *
     * @param file its path
     * @param size the source's, in bytes
     * @param lastWriteTime the source's, a FILETIME
     * @return whether it was, before this process took the job on
     */
    public boolean isDone(String file, long size, long lastWriteTime) {
      return !history.isEmpty() && history.isDone(state(file, size, lastWriteTime));
    }

    /**
     * Whether a file that is where this one is to be was put there by the job, by a process that ended
     * before it could note that.
     *
     * @param directory the path of the directory of both
     * @param file the path of both
     * @param fileId what the target's server calls the file that is there
     * @return whether it is known to be so
     */
    public boolean isOwn(String directory, String file, long fileId) {
      return !history.isEmpty()
          && (history.wasMade(path(directory)) || history.wasReplaced(path(file), fileId));
    }

    /**
     * Directories that are of no use any more.
     *
     * @return paths from the target's share's root
     */
    public List<String> temporaries() {
      return history.temporaries(number);
    }

    /**
     * Notes that a directory was not there and was made.
     *
     * @param directory its path
     */
    public void made(String directory) {
      append(new JournalRecord.Made(path(directory)));
    }

    /**
     * Notes that a file is about to be copied into a directory that was there before.
     *
     * @param file its path
     * @param replaced what the target's server calls the file that is there, or 0
     */
    public void begun(String file, long replaced) {
      append(new JournalRecord.Begun(path(file), replaced));
    }

    /**
     * Notes that a file is copied.
     *
     * @param file its path
     * @param size the source's, in bytes
     * @param lastWriteTime the source's, a FILETIME
     */
    public void done(String file, long size, long lastWriteTime) {
      long state = state(file, size, lastWriteTime);
      if (history.isEmpty() || !history.isDone(state)) {
        append(new JournalRecord.Done(path(file), state, size));
      }
    }

    /**
     * Notes that something could not be copied.
     *
     * @param entry its path
     * @param reason why, as a user is told
     */
    public void failed(String entry, String reason) {
      append(new JournalRecord.Failed(number, entry, reason));
    }

    /**
     * Notes that a directory is made for the time of the job alone.
     *
     * @param directory from the target's share's root
     */
    public void temporary(String directory) {
      append(new JournalRecord.Temporary(number, directory));
    }

    private long path(String name) {
      return fingerprint.of(name, number);
    }

    private long state(String name, long size, long lastWriteTime) {
      return fingerprint.of(name, number, size, lastWriteTime);
    }
  }
}
