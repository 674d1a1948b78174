package io.copychunk.client.cli;

import io.copychunk.client.SmbClient;
import io.copychunk.client.SmbShare;
import io.copychunk.client.config.SmbConfig;
import io.copychunk.client.error.SmbStatusException;
import io.copychunk.fscc.FileNetworkOpenInformation;
import io.copychunk.wire.NtStatus;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** What the commands about files have in common: their options, and how they log in, complain and end. */
abstract sealed class FileCommand implements Callable<Integer>
    permits CopyingCommand,
        CatCommand,
        StatCommand,
        ListCommand,
        RemoveCommand,
        MoveCommand,
        MakeDirectoryCommand,
        ProbeCommand {
  static final String ABOUT_URLS =
      "URL is smb://[domain;user@]host[:port]/share/path, //host/share/path or \\\\host\\share\\path; only the first has"
          + " %%xx decoded.";

  final Terminal terminal;

  @Mixin
  private LoginOptions login = new LoginOptions();

  @Mixin
  private ServerOptions server = new ServerOptions();

  @Mixin
  final OutputOptions output = new OutputOptions();

  @Spec
  private @Nullable CommandSpec spec;

  private final List<ExitCode> failures = new ArrayList<>();
  private int succeeded;

  FileCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public final Integer call() throws CommandException, InterruptedException, IOException {
    output.apply(terminal);
    List<SmbUrl> urls = urls();
    return perform(urls, server.config((sent, header, size) -> {})).number();
  }

  /** Does it all, when nothing is known to be wrong with the command line. */
  ExitCode perform(List<SmbUrl> urls, SmbConfig config)
      throws CommandException, InterruptedException, IOException {
    try (CredentialSource credentials = new CredentialSource(login, terminal)) {
      for (SmbUrl url : urls) {
        credentials.forUrl(url); // whoever has to type a password does so before anything is done
      }
      try (SmbClient client = server.client(config, terminal);
          Servers servers = new Servers(client, credentials)) {
        run(servers);
      }
    }
    return ExitCode.of(succeeded, failures);
  }

  /** All URLs of the command line; finds wrong ones before anything is done. */
  abstract List<SmbUrl> urls() throws CommandException;

  /** Does what the command is for; tells each outcome by {@link #succeeded} and {@link #failed}. */
  abstract void run(Servers servers) throws CommandException, InterruptedException, IOException;

  void succeeded() {
    succeeded++;
  }

  void failed(String where, Throwable failure) {
    Failure diagnosis = Diagnosis.of(failure, where);
    terminal.complain(diagnosis, output.showsTrace() ? Diagnosis.unwrap(failure) : null);
    failures.add(diagnosis.exitCode());
  }

  /** How many were told by {@link #failed} so far. */
  int failures() {
    return failures.size();
  }

  /** What the user has typed behind the program's name. */
  List<String> arguments() {
    return spec == null ? List.of() : spec.root().commandLine().getParseResult().originalArgs();
  }

  static List<SmbUrl> parse(List<String> texts) throws CommandException {
    List<SmbUrl> urls = new ArrayList<>();
    for (String text : texts) {
      urls.add(SmbUrl.parse(text));
    }
    return urls;
  }

  /** A URL that names more than a share. */
  static SmbUrl parseFile(String text) throws CommandException {
    SmbUrl url = SmbUrl.parse(text);
    if (url.path().isEmpty()) {
      throw new CommandException(Failure.usage(
          "wrong URL",
          text,
          "it names a share and no file",
          text.replaceFirst("[/\\\\]+$", "") + "/FILE"));
    }
    return url;
  }

  /** What is at a path, or null when there is nothing. */
  static @Nullable FileNetworkOpenInformation lookAt(SmbShare share, String path)
      throws IOException {
    try {
      return share.stat(path);
    } catch (SmbStatusException e) {
      if (e.status().equals(NtStatus.OBJECT_NAME_NOT_FOUND)) {
        return null;
      }
      throw e;
    }
  }
}
