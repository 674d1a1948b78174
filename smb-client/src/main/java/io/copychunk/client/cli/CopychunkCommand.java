package io.copychunk.client.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code copychunk} without a command. */
@Command(
    name = "copychunk",
    versionProvider = CopychunkCommand.Version.class,
    description = "Server-side copy over SMB.",
    footer = {
      "",
      "Examples:",
      "  copychunk cp smb://nas/projects/a.img smb://nas/archive/",
      "  copychunk probe smb://nas/projects",
      "  copychunk demo",
      "  copychunk key -U anna smb://nas/projects/a.bin",
      "  copychunk help key"
    })
final class CopychunkCommand implements Callable<Integer> {
  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Print the version.")
  @SuppressWarnings("UnusedVariable") // picocli acts on the option itself
  private boolean version;

  @Spec
  private @Nullable CommandSpec spec;

  @Override
  public Integer call() {
    CommandLine command = Objects.requireNonNull(spec).commandLine();
    command.usage(command.getErr());
    return ExitCode.USAGE.number();
  }

  /** From the jar's manifest. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = CopychunkCommand.class.getPackage().getImplementationVersion();
      return new String[] {
        "copychunk " + (version == null ? "(not packaged)" : version),
        "Java " + System.getProperty("java.version") + ", " + System.getProperty("os.name") + " "
            + System.getProperty("os.arch")
      };
    }
  }
}
