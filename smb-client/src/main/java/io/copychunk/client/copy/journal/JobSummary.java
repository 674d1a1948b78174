package io.copychunk.client.copy.journal;

import java.time.Instant;
import java.util.List;

/**
 * What there is to tell of a job.
 *
 * @param id by which it can be found
 * @param directory where it was called
 * @param arguments how it was called, without secrets
 * @param parts what is copied where
 * @param begun when it was begun
 * @param attempts how many processes have taken it on so far
 * @param state how it stands
 * @param files that are copied
 * @param bytes of these
 * @param failed how many files and directories the last process could not copy
 * @param failures the first of these, with their paths and reasons
 * @param lost bytes at the journal's end that are not whole; what they stood for is copied again
 */
public record JobSummary(
    String id,
    String directory,
    List<String> arguments,
    List<JobPart> parts,
    Instant begun,
    int attempts,
    State state,
    long files,
    long bytes,
    long failed,
    List<JobFailure> failures,
    long lost) {
  /** So many failures are listed. */
  public static final int MAX_FAILURES = 1000;

  /** How a job stands. */
  public enum State {
    /** A process is working on it. */
    RUNNING,
    /** The last process ended before the job did. */
    INTERRUPTED,
    /** All was seen to, and some could not be copied. */
    FAILED
  }

  /** Copies the lists. */
  public JobSummary {
    arguments = List.copyOf(arguments);
    parts = List.copyOf(parts);
    failures = List.copyOf(failures);
  }
}
