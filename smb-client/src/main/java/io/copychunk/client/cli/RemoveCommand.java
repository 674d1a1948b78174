package io.copychunk.client.cli;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code copychunk rm}: deletes files. */
@Command(
    name = "rm",
    header = {"Delete files.", ""},
    description =
        "Deletes each file, and with -d directories that are empty. There is no way back.",
    footer = {
      "",
      ServerOptions.ABOUT_SECRETS,
      "",
      "Examples:",
      "  copychunk rm smb://nas/projects/old.img"
    })
final class RemoveCommand extends FileCommand {
  @Parameters(arity = "1..*", paramLabel = "URL", description = ABOUT_URLS)
  private List<String> texts = new ArrayList<>();

  @Option(
      names = {"-d", "--dir"},
      description = "Delete directories too, if they are empty.")
  private boolean directories;

  @Option(
      names = {"-f", "--force"},
      description = "What is not there is no failure.")
  private boolean force;

  RemoveCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  List<SmbUrl> urls() throws CommandException {
    List<SmbUrl> urls = new ArrayList<>();
    for (String text : texts) {
      urls.add(parseFile(text));
    }
    return urls;
  }

  @Override
  void run(Servers servers) throws CommandException, InterruptedException {
    for (SmbUrl url : urls()) {
      try {
        var share = servers.blocking(url);
        var found = lookAt(share, url.path());
        if (found == null && force) {
          succeeded();
          continue;
        }
        if (found != null && found.fileAttributes().isDirectory() && !directories) {
          throw new CommandException(
              Failure.usage("a directory", url.text(), "only files are deleted", "rm -d"));
        }
        share.delete(url.path());
        succeeded();
      } catch (IOException | CommandException e) {
        failed(url.text(), e);
      }
    }
  }
}
