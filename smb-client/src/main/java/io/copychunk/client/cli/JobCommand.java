package io.copychunk.client.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code copychunk job} without a command. */
@Command(
    name = "job",
    header = {"See to copies of directories that were interrupted.", ""},
    description = {
      "Each cp -r and sync is a job: what is complete is noted in a journal on this machine, below COPYCHUNK_STATE_DIR,"
          + " by default XDG_STATE_HOME/copychunk or ~/.local/state/copychunk. A job that is done, with nothing that"
          + " failed, leaves no journal."
    },
    footer = {
      "",
      "Examples:",
      "  copychunk job ls",
      "  copychunk job show k7m3qp",
      "  copychunk job resume k7m3qp"
    })
final class JobCommand implements Callable<Integer> {
  @Spec
  private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    CommandLine command = Objects.requireNonNull(spec).commandLine();
    command.usage(command.getErr());
    return ExitCode.USAGE.number();
  }
}
