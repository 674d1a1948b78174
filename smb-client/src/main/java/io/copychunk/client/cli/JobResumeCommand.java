package io.copychunk.client.cli;

import io.copychunk.client.copy.journal.JobSummary;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.Unmatched;

/** {@code copychunk job resume}: goes on with a job. */
@Command(
    name = "resume",
    header = {"Go on with a job.", ""},
    description = {
      "Does what is left of it, as it was called. What was complete and has not changed since, in SRC and in DST, is not"
          + " copied again. A list on standard input is read again. A password is asked for again, or taken from where it was taken from before. Further options"
          + " are added to those of the job, such as -v."
    },
    customSynopsis = "copychunk job resume ID [OPTIONS]",
    footer = {"", "Examples:", "  copychunk job resume k7m3qp", "  copychunk job resume k7m3qp -v"})
final class JobResumeCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "ID", description = "The job, as copychunk job ls has it.")
  private String id = "";

  @Unmatched
  private List<String> further = new ArrayList<>();

  JobResumeCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws CommandException, InterruptedException, IOException {
    JobSummary job = CommandJob.found(terminal, id);
    CommandJob.requireEnded(job);
    ParseResult called = parse(job);
    if (!(called.commandSpec().userObject() instanceof TreeCommand command)) {
      throw new CommandException(Failure.usage(
          "cannot be resumed", id, "it was not begun by cp or sync", "copychunk job rm " + id));
    }
    requireSameDirectory(job, called);
    try (CommandJob resumed = CommandJob.resumed(terminal, job)) {
      command.resume(resumed);
      return command.call();
    }
  }

  private ParseResult parse(JobSummary job) throws CommandException {
    List<String> arguments = new ArrayList<>(job.arguments());
    arguments.addAll(Math.min(1, arguments.size()), further);
    String[] args = arguments.toArray(String[]::new);
    try {
      ParseResult called = CommandFactory.create(terminal, args).parseArgs(args);
      return called.hasSubcommand() ? called.subcommand() : called;
    } catch (ParameterException e) {
      throw new CommandException(Misuse.of(e), e);
    }
  }

  /** Files that options name by where they are from there. */
  private static void requireSameDirectory(JobSummary job, ParseResult called)
      throws CommandException {
    if (job.directory().equals(Path.of("").toAbsolutePath().toString())) {
      return;
    }
    for (OptionSpec option : called.matchedOptions()) {
      if (option.getValue() instanceof Path file
          && !file.isAbsolute()
          && !ListFlags.isStandardInput(file)) {
        throw new CommandException(Failure.usage(
            "another directory",
            option.longestName() + " " + file,
            "the job was called in " + job.directory(),
            "there"));
      }
    }
  }
}
