package io.copychunk.client.cli;

import io.copychunk.client.copy.journal.JobSummary;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code copychunk job show}: all about one job. */
@Command(
    name = "show",
    header = {"Show a job.", ""},
    description = "What it copies, how far it is, and what it could not copy.",
    footer = {"", "Examples:", "  copychunk job show k7m3qp", "  copychunk job show --json k7m3qp"})
final class JobShowCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(paramLabel = "ID", description = "The job, as copychunk job ls has it.")
  private String id = "";

  @Option(names = "--json", description = "As one JSON object.")
  private boolean json;

  JobShowCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, CommandException {
    JobSummary job = CommandJob.found(terminal, id);
    terminal.write(
        (json ? JobReport.json(job) + "\n" : JobReport.text(job)).getBytes(StandardCharsets.UTF_8));
    return ExitCode.DONE.number();
  }
}
