package io.copychunk.client.cli;

import io.copychunk.client.copy.journal.JobPart;
import io.copychunk.client.copy.journal.JobSummary;
import io.copychunk.client.copy.journal.Jobs;
import io.copychunk.client.copy.journal.Journal;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The job that a command is, with its journal if it has one. For one thread, but for {@link #advice}. */
final class CommandJob implements AutoCloseable {
  private final Terminal terminal;
  private final @Nullable Journal journal;
  private final List<Planned> plan;

  private CommandJob(Terminal terminal, @Nullable Journal journal, List<Planned> plan) {
    this.terminal = terminal;
    this.journal = journal;
    this.plan = plan;
  }

  /** The jobs of this user on this machine. */
  static Jobs jobs(Terminal terminal) {
    String own = terminal.variable("COPYCHUNK_STATE_DIR");
    if (own != null) {
      return new Jobs(Path.of(own, "jobs"));
    }
    String states = terminal.variable("XDG_STATE_HOME");
    Path state = states == null
        ? Path.of(System.getProperty("user.home", "."), ".local", "state")
        : Path.of(states);
    return new Jobs(state.resolve("copychunk").resolve("jobs"));
  }

  /** Nothing is noted. */
  static CommandJob none(Terminal terminal) {
    return new CommandJob(terminal, null, List.of());
  }

  /** A new job. Where its journal can not be written, it goes without, and the user is told. */
  static CommandJob begin(Terminal terminal, List<String> arguments, List<Planned> plan) {
    List<JobPart> parts = plan.stream().map(Planned::part).toList();
    try {
      return new CommandJob(
          terminal, jobs(terminal).begin(Path.of("").toAbsolutePath(), arguments, parts), plan);
    } catch (IOException e) {
      terminal.warn("no journal can be written, so this can not be resumed: " + e);
      return none(terminal);
    }
  }

  /** A job that is taken on again. */
  static CommandJob resumed(Terminal terminal, JobSummary job)
      throws CommandException, IOException {
    List<Planned> plan = new ArrayList<>();
    for (JobPart part : job.parts()) {
      plan.add(Planned.of(part));
    }
    return new CommandJob(terminal, jobs(terminal).resume(job.id()), plan);
  }

  /** A job that is there. */
  static JobSummary found(Terminal terminal, String id) throws CommandException, IOException {
    try {
      return jobs(terminal).show(id);
    } catch (NoSuchFileException e) {
      throw new CommandException(
          new Failure(
              ExitCode.NOT_FOUND,
              "no such job",
              id,
              "it is done, or never was",
              "copychunk job ls"),
          e);
    }
  }

  /** A job that no process is working on. */
  static void requireEnded(JobSummary job) throws CommandException {
    if (job.state() == JobSummary.State.RUNNING) {
      throw new CommandException(new Failure(
          ExitCode.FAILED, "the job is running", job.id(), "another process works on it", null));
    }
  }

  /** What is copied to where; empty where there is no journal. */
  List<Planned> plan() {
    return plan;
  }

  Journal.@Nullable Part part(int number) {
    return journal == null ? null : journal.part(number);
  }

  /** How to go on with it, or null when there is no way. */
  @Nullable
  String advice() {
    return journal == null || journal.failure() != null
        ? null
        : "copychunk job resume " + journal.id();
  }

  /** All was seen to. */
  void end(int failed) {
    if (journal == null) {
      return;
    }
    IOException failure = journal.failure();
    if (failure != null) {
      terminal.warn("the journal could not be written to its end: " + failure);
    }
    try {
      journal.end(failed);
    } catch (IOException e) {
      terminal.warn("the journal could not be ended: " + e);
    }
    if (failed > 0 && failure == null) {
      terminal.warn("not all was copied; to try the rest again: " + advice());
    }
  }

  /** Something is left, which was not even tried. */
  void leave() {
    if (advice() != null) {
      terminal.warn("not all was seen to; to go on: " + advice());
    }
  }

  /** Lets others work on it. */
  @Override
  public void close() {
    if (journal != null) {
      try {
        journal.close();
      } catch (IOException e) {
        terminal.warn("the journal could not be closed: " + e);
      }
    }
  }
}
