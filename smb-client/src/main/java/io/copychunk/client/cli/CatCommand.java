package io.copychunk.client.cli;

import io.copychunk.client.copy.CopyEngine;
import io.copychunk.client.copy.FileLocation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code copychunk cat}: the content of files on standard output. */
@Command(
    name = "cat",
    header = {"Write the content of files to standard output.", ""},
    description = "Writes each file in turn, reading ahead.",
    footer = {
      "",
      ServerOptions.ABOUT_SECRETS,
      "",
      "Examples:",
      "  copychunk cat //nas/logs/a.log | grep error"
    })
final class CatCommand extends FileCommand {
  @Parameters(arity = "1..*", paramLabel = "URL", description = ABOUT_URLS)
  private List<String> texts = new ArrayList<>();

  CatCommand(Terminal terminal) {
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
    CopyEngine engine = new CopyEngine();
    for (SmbUrl url : urls()) {
      try {
        engine
            .read(FileLocation.of(servers.blocking(url), url.path()), terminal.out())
            .get();
        terminal.out().flush();
        succeeded();
      } catch (ExecutionException | IOException | CommandException e) {
        failed(url.text(), e);
      }
    }
  }
}
