package io.copychunk.client.copy.journal;

import io.copychunk.client.copy.journal.JobSummary.State;
import io.copychunk.client.copy.journal.JournalRecord.Attempt;
import io.copychunk.client.copy.journal.JournalRecord.Begin;
import io.copychunk.client.copy.journal.JournalRecord.Done;
import io.copychunk.client.copy.journal.JournalRecord.End;
import io.copychunk.client.copy.journal.JournalRecord.Failed;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The jobs of a directory of this machine, a journal each. A job that is done and of which nothing has
 * failed leaves none. Thread-safe, also between processes.
 */
public final class Jobs {
  private static final Logger logger = LoggerFactory.getLogger(Jobs.class);

  private static final String SUFFIX = ".journal";
  private static final String LETTERS = "23456789abcdefghjkmnpqrstuvwxyz";
  private static final int ID_LENGTH = 6;
  private static final Pattern ID = Pattern.compile("[" + LETTERS + "]{" + ID_LENGTH + "}");
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Path directory;

  /**
   * Looks for jobs in a directory.
   *
   * @param directory need not exist
   */
  public Jobs(Path directory) {
    this.directory = directory;
  }

  /**
   * Begins a job; makes the directory if it is not there.
   *
   * @param calledIn the directory where it was called, which its arguments may refer to
   * @param arguments how the job is to be called to be resumed; no secrets
   * @param parts what is copied where
   * @return its journal, to be closed
   * @throws IOException when it can not be written
   */
  public Journal begin(Path calledIn, List<String> arguments, List<JobPart> parts)
      throws IOException {
    Files.createDirectories(directory);
    while (true) {
      String id = randomId();
      try {
        return Journal.create(id, file(id), calledIn.toString(), arguments, parts);
      } catch (FileAlreadyExistsException e) {
        continue; // such an id is taken
      }
    }
  }

  /**
   * Takes on a job that an earlier process has left.
   *
   * @param id the job
   * @return its journal, to be closed
   * @throws NoSuchFileException when there is no such job
   * @throws FileSystemException when another process works on it
   * @throws IOException when the journal can not be read or written
   */
  public Journal resume(String id) throws IOException {
    return Journal.resume(id, existing(id));
  }

  /**
   * All jobs, the oldest first. What is no journal, or can not be read, is left out.
   *
   * @return what there is to tell of each
   * @throws IOException when the directory can not be read
   */
  public List<JobSummary> list() throws IOException {
    List<JobSummary> jobs = new ArrayList<>();
    if (!Files.isDirectory(directory)) {
      return jobs;
    }
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        String name = String.valueOf(file.getFileName());
        String id = name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : "";
        JobSummary job = ID.matcher(id).matches() ? summaryOrNull(id, file) : null;
        if (job != null) {
          jobs.add(job);
        }
      }
    }
    jobs.sort(Comparator.comparing(JobSummary::begun));
    return jobs;
  }

  /**
   * One job.
   *
   * @param id the job
   * @return what there is to tell of it
   * @throws NoSuchFileException when there is no such job
   * @throws IOException when its journal can not be read
   */
  public JobSummary show(String id) throws IOException {
    Path file = existing(id);
    JobSummary job = summary(id, file);
    if (job == null) {
      throw new FileSystemException(
          file.toString(), null, "it is no journal, or its begin is lost");
    }
    return job;
  }

  /**
   * Forgets a job. What it has copied stays.
   *
   * @param id the job
   * @throws NoSuchFileException when there is no such job
   * @throws FileSystemException when a process works on it
   * @throws IOException when the journal can not be deleted
   */
  public void remove(String id) throws IOException {
    Path file = existing(id);
    if (JournalLock.isTaken(file)) {
      throw new FileSystemException(file.toString(), null, "another process is writing to it");
    }
    JournalLock.delete(file);
  }

  private Path existing(String id) throws IOException {
    if (!ID.matcher(id).matches() || !Files.exists(file(id))) {
      throw new NoSuchFileException(id, null, "no such job");
    }
    return file(id);
  }

  private Path file(String id) {
    return directory.resolve(id + SUFFIX);
  }

  private static String randomId() {
    StringBuilder id = new StringBuilder();
    for (int i = 0; i < ID_LENGTH; i++) {
      id.append(LETTERS.charAt(RANDOM.nextInt(LETTERS.length())));
    }
    return id.toString();
  }

  private static @Nullable JobSummary summaryOrNull(String id, Path file) {
    try {
      return summary(id, file);
    } catch (NoSuchFileException e) { // just done, or removed
      return null;
    } catch (IOException e) { // such as of another version; the others are listed
      logger.warn("{}: left out, since it can not be read: {}", file, e.getMessage());
      return null;
    }
  }

  private static @Nullable JobSummary summary(String id, Path file) throws IOException {
    Summing sum = new Summing();
    boolean running = JournalLock.isTaken(file);
    long length = Files.size(file);
    long whole = JournalFile.read(file, sum::add);
    return sum.begin == null ? null : sum.summary(id, running, running ? 0 : length - whole);
  }

  /** Adds up what stands in a journal. */
  private static final class Summing {
    private final List<JobFailure> failures = new ArrayList<>();
    private @Nullable Begin begin;
    private int attempts;
    private long files;
    private long bytes;
    private long failed;
    private boolean ended;

    void add(JournalRecord record) {
      if (record instanceof Begin first) {
        begin = first;
      } else if (record instanceof Attempt) {
        attempts++;
        ended = false;
        failed = 0;
        failures.clear();
      } else if (record instanceof Done file) {
        files++;
        bytes += file.size();
      } else if (record instanceof Failed one) {
        failed++;
        if (failures.size() < JobSummary.MAX_FAILURES) {
          failures.add(new JobFailure(one.part(), one.path(), one.reason()));
        }
      } else if (record instanceof End) {
        ended = true;
      }
    }

    JobSummary summary(String id, boolean running, long lost) {
      Begin first = Objects.requireNonNull(begin);
      State left = ended ? State.FAILED : State.INTERRUPTED;
      return new JobSummary(
          id,
          first.directory(),
          first.arguments(),
          first.parts(),
          Instant.ofEpochMilli(first.begun()),
          attempts,
          running ? State.RUNNING : left,
          files,
          bytes,
          failed,
          failures,
          lost);
    }
  }
}
