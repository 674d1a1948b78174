package io.copychunk.client.cli;

import io.copychunk.client.SmbClient;
import io.copychunk.client.config.SmbConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code copychunk key}: the resume keys of files. */
@Command(
    name = "key",
    header = {"Get the resume keys of files.", ""},
    description = {
      "Gets the resume key of each file: 24 bytes by which the server knows it as the source of a copy that the server"
          + " makes by itself.",
      "",
      "A key lives as long as its file is open, which is until it was printed. Use this command to see whether and how"
          + " a server gives keys; a key that was printed cannot be used any more."
    },
    footer = {
      "",
      "Who logs in: the user of the URL, else of -A, -U or COPYCHUNK_USER, else the user of this machine. The password"
          + " comes from -A, from the file COPYCHUNK_PASSWORD_FILE or from COPYCHUNK_PASSWORD if they are about that"
          + " user; otherwise it is asked for.",
      "",
      ServerOptions.ABOUT_SECRETS,
      "",
      "Examples:",
      "  copychunk key smb://nas/projects/a.bin",
      "  copychunk key -U DOM/anna '\\\\nas\\projects\\a file.bin'",
      "  copychunk key -A ~/.smbauth --json //nas/projects/a.bin //nas/projects/b.bin",
      "  copychunk key -N --raw smb://nas:1445/public/a.bin | xxd"
    })
final class KeyCommand implements Callable<Integer> {
  /** One of these. */
  static final class Format {
    @Option(names = "--json", description = "One JSON object a line for each key.")
    boolean json;

    @Option(names = "--raw", description = "The 24 bytes of each key and nothing else.")
    boolean raw;
  }

  private final Terminal terminal;

  @Parameters(
      arity = "1..*",
      paramLabel = "URL",
      description =
          "smb://[domain;user@]host[:port]/share/path, //host/share/path or \\\\host\\share\\path; only the"
              + " first has %%xx decoded.")
  private List<String> urls = new ArrayList<>();

  @ArgGroup(exclusive = true, multiplicity = "0..1")
  private Format format = new Format();

  @Mixin
  private LoginOptions login = new LoginOptions();

  @Mixin
  private ServerOptions server = new ServerOptions();

  @Mixin
  private OutputOptions output = new OutputOptions();

  KeyCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws CommandException, InterruptedException {
    output.apply(terminal);
    List<SmbUrl> targets = targets();
    SmbConfig config = server.config((sent, header, size) -> {});
    Tally tally = new Tally();
    try (CredentialSource credentials = new CredentialSource(login, terminal)) {
      for (SmbUrl target : targets) {
        credentials.forUrl(target);
      }
      try (SmbClient client = server.client(config, terminal);
          Servers servers = new Servers(client, credentials)) {
        new KeyRequests(servers, tally).run(targets);
      }
    }
    return ExitCode.of(tally.succeeded, tally.failures).number();
  }

  private List<SmbUrl> targets() throws CommandException {
    List<SmbUrl> targets = new ArrayList<>();
    for (String url : urls) {
      SmbUrl target = SmbUrl.parse(url);
      if (target.path().isEmpty()) {
        throw new CommandException(Failure.usage(
            "wrong URL",
            url,
            "it names a share and no file",
            url.replaceFirst("[/\\\\]+$", "") + "/FILE"));
      }
      targets.add(target);
    }
    return targets;
  }

  private KeyFormat chosenFormat() {
    if (format.json) {
      return new KeyAsJson();
    }
    return format.raw ? new KeyAsBytes() : new KeyAsText(terminal);
  }

  /** Prints, complains and counts. */
  private final class Tally implements KeyRequests.Listener {
    private final KeyFormat chosen = chosenFormat();
    private final List<ExitCode> failures = new ArrayList<>();
    private int succeeded;

    @Override
    public void succeeded(KeyReport report) {
      terminal.write(chosen.format(report));
      succeeded++;
    }

    @Override
    public void failed(SmbUrl url, Throwable failure) {
      Failure diagnosis = Diagnosis.of(failure, url.text());
      terminal.complain(diagnosis, output.showsTrace() ? Diagnosis.unwrap(failure) : null);
      failures.add(diagnosis.exitCode());
    }
  }
}
