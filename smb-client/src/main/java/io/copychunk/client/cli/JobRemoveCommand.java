package io.copychunk.client.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code copychunk job rm}: forgets jobs. */
@Command(
    name = "rm",
    header = {"Forget jobs.", ""},
    description =
        "Deletes their journals, so that they can not be resumed. What they have copied stays.",
    footer = {"", "Examples:", "  copychunk job rm k7m3qp"})
final class JobRemoveCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Parameters(
      arity = "1..*",
      paramLabel = "ID",
      description = "Jobs, as copychunk job ls has them.")
  private List<String> ids = new ArrayList<>();

  JobRemoveCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws IOException, CommandException {
    for (String id : ids) {
      CommandJob.requireEnded(CommandJob.found(terminal, id));
    }
    for (String id : ids) {
      CommandJob.jobs(terminal).remove(id);
    }
    return ExitCode.DONE.number();
  }
}
