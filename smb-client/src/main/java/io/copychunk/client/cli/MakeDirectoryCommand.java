package io.copychunk.client.cli;

import io.copychunk.client.SmbShare;
import io.copychunk.fscc.FileNetworkOpenInformation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code copychunk mkdir}: makes directories. */
@Command(
    name = "mkdir",
    header = {"Make directories.", ""},
    description =
        "Makes each directory; with -p those above it too, and one that is there is no failure.",
    footer = {
      "",
      ServerOptions.ABOUT_SECRETS,
      "",
      "Examples:",
      "  copychunk mkdir -p smb://nas/projects/a/b"
    })
final class MakeDirectoryCommand extends FileCommand {
  @Parameters(arity = "1..*", paramLabel = "URL", description = ABOUT_URLS)
  private List<String> texts = new ArrayList<>();

  @Option(
      names = {"-p", "--parents"},
      description = "Make the directories above as well, and accept those that are there.")
  private boolean parents;

  MakeDirectoryCommand(Terminal terminal) {
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
        SmbShare share = servers.blocking(url);
        if (parents) {
          makeAll(share, url.path());
        } else {
          share.createDirectory(url.path());
        }
        succeeded();
      } catch (IOException | CommandException e) {
        failed(url.text(), e);
      }
    }
  }

  private static void makeAll(SmbShare share, String path) throws IOException {
    for (int end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
      make(share, path.substring(0, end));
    }
    make(share, path);
  }

  private static void make(SmbShare share, String path) throws IOException {
    FileNetworkOpenInformation found = lookAt(share, path);
    if (found == null || !found.fileAttributes().isDirectory()) {
      share.createDirectory(path);
    }
  }
}
