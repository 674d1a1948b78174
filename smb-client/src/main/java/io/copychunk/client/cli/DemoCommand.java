package io.copychunk.client.cli;

import io.copychunk.wire.PrintableText;
import java.io.IOException;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code copychunk demo}: a server-side copy on a server of its own. */
@Command(
    name = "demo",
    header = {"Show a server-side copy on a server of its own.", ""},
    description = {
      "Starts a Samba server on this machine, gets the resume key of a file, has the server copy the file, compares the"
          + " two, and takes the server down again.",
      "",
      "The server runs in a container where a Docker engine answers, otherwise as a private smbd on a loopback port;"
          + " root gets Samba installed if it is missing. It listens on 127.0.0.1 only."
    },
    footer = {
      "",
      ServerOptions.ABOUT_SECRETS,
      "",
      "Examples:",
      "  copychunk demo",
      "  copychunk demo --encrypt required --pcap demo.pcapng",
      "  copychunk demo --with private --keep"
    })
final class DemoCommand implements Callable<Integer> {
  private final Terminal terminal;

  @Option(names = "--keep", description = "Leave the server running, and say how to reach it.")
  private boolean keep;

  @Option(
      names = "--with",
      paramLabel = "WAY",
      description = "container or private, instead of the best way.")
  private @Nullable String way;

  @Mixin
  private ServerOptions options = new ServerOptions();

  @Mixin
  private OutputOptions output = new OutputOptions();

  DemoCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws CommandException {
    output.apply(terminal);
    if (way != null && !way.equals("container") && !way.equals("private")) {
      throw new CommandException(Failure.usage(
          "wrong usage", "--with", SmbUrl.redact(way), "--with container, or --with private"));
    }
    options.config(new WireLog()); // finds wrong options before anything is started
    DemoServer server = new DemoServer(DemoScript.locate(), this::progress);
    Thread hook = new Thread(() -> interrupted(server), "demo-interrupted");
    Runtime.getRuntime().addShutdownHook(hook);
    boolean equal;
    try (server) {
      terminal.println(terminal.bold("• ") + "A Samba server of its own");
      server.start(way);
      equal = copy(server);
      if (keep) {
        sayHowToReach(server, server.keep());
      }
    }
    Runtime.getRuntime().removeShutdownHook(hook);
    if (equal && !keep) {
      terminal.println("Next, with a server of yours (copychunk cp --help):");
      terminal.println(
          "    copychunk cp smb://user@server/share/file smb://user@server/share/copy");
    }
    return (equal ? ExitCode.DONE : ExitCode.FAILED).number();
  }

  private boolean copy(DemoServer server) throws CommandException {
    SmbUrl url = SmbUrl.parse(server.url());
    try (Login login = SecretFile.readAuth(server.authFile(), terminal)) {
      return new Demo(terminal, options).run(url, login, server.directory());
    } catch (IOException e) {
      throw new CommandException(Diagnosis.of(e, url.text()), e);
    }
  }

  private void sayHowToReach(DemoServer server, String stop) throws CommandException {
    terminal.println("The server stays. Ask for the key yourself:");
    terminal.println(
        "    copychunk key -A " + server.authFile() + " " + server.url() + "/source.bin");
    terminal.println("and take it down in the end:");
    terminal.println("    " + stop);
  }

  private void progress(String line) {
    if (!output.quiet()) {
      terminal.progress("    " + line);
    }
  }

  /** On a signal: nothing may stay behind. */
  private void interrupted(DemoServer server) {
    terminal.beSilent();
    try {
      server.close();
    } catch (CommandException e) {
      terminal.err().println(PrintableText.of(String.valueOf(e.getMessage())));
    }
  }
}
