package io.copychunk.client.cli;

import io.copychunk.client.copy.journal.JobSummary;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code copychunk job ls}: all jobs. */
@Command(
    name = "ls",
    header = {"List the jobs that run, were interrupted, or have failed in part.", ""},
    description = "The oldest first, with what is complete so far.",
    footer = {"", "Examples:", "  copychunk job ls", "  copychunk job ls --json"})
final class JobListCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(names = "--json", description = "One JSON object a line for each job.")
  private boolean json;

  JobListCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException {
    List<JobSummary> jobs = CommandJob.jobs(terminal).list();
    for (JobSummary job : jobs) {
      terminal.println(json ? JobReport.json(job) : JobReport.line(job));
    }
    if (jobs.isEmpty() && !json) {
      terminal.progress("there are no jobs");
    }
    return ExitCode.DONE.number();
  }
}
