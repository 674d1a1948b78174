package io.copychunk.client.cli;

import com.google.gson.stream.JsonWriter;
import io.copychunk.client.OnDiskId;
import io.copychunk.client.OpenOptions;
import io.copychunk.client.SmbFile;
import io.copychunk.fscc.FileNetworkOpenInformation;
import io.copychunk.fscc.FileTimes;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code copychunk stat}: what files are. */
@Command(
    name = "stat",
    header = {"Show sizes, times and attributes of files and directories.", ""},
    description = "Asks the server about each, without opening its content.",
    footer = {
      "",
      ServerOptions.ABOUT_SECRETS,
      "",
      "Examples:",
      "  copychunk stat smb://nas/projects/a.img"
    })
final class StatCommand extends FileCommand {
  @Parameters(arity = "1..*", paramLabel = "URL", description = ABOUT_URLS)
  private List<String> texts = new ArrayList<>();

  @Option(names = "--json", description = "One JSON object a line for each.")
  private boolean json;

  StatCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  List<SmbUrl> urls() throws CommandException {
    return parse(texts);
  }

  @Override
  void run(Servers servers) throws CommandException, InterruptedException {
    for (SmbUrl url : urls()) {
      OpenOptions options = OpenOptions.attributes().withOnDiskId();
      try (SmbFile file = servers.blocking(url).open(url.path(), options)) {
        FileNetworkOpenInformation found = file.async().openedAs();
        OnDiskId id = file.async().onDiskId();
        terminal.write((json ? asJson(url, found, id) : asText(url, found, id))
            .getBytes(StandardCharsets.UTF_8));
        succeeded();
      } catch (IOException | CommandException e) {
        failed(url.text(), e);
      }
    }
  }

  private String asText(SmbUrl url, FileNetworkOpenInformation found, @Nullable OnDiskId id) {
    return """
        %s
          size        %,d bytes, %,d allocated
          attributes  %s
          written     %s
          changed     %s
          read        %s
          created     %s
          id          %s
        """.formatted(
            terminal.bold(io.copychunk.wire.PrintableText.of(url.text())),
            found.endOfFile(),
            found.allocationSize(),
            Attributes.text(found.fileAttributes()),
            FileTimes.instant(found.lastWriteTime()),
            FileTimes.instant(found.changeTime()),
            FileTimes.instant(found.lastAccessTime()),
            FileTimes.instant(found.creationTime()),
            id == null
                ? "not told"
                : "%016x on volume %016x".formatted(id.diskFileId(), id.volumeId()));
  }

  private static String asJson(SmbUrl url, FileNetworkOpenInformation found, @Nullable OnDiskId id)
      throws IOException {
    StringWriter text = new StringWriter();
    try (JsonWriter json = new JsonWriter(text)) {
      json.beginObject();
      json.name("url").value(url.text());
      json.name("size").value(found.endOfFile());
      json.name("allocated").value(found.allocationSize());
      json.name("directory").value(found.fileAttributes().isDirectory());
      json.name("attributes").value(Attributes.text(found.fileAttributes()));
      json.name("written").value(FileTimes.instant(found.lastWriteTime()).toString());
      json.name("changed").value(FileTimes.instant(found.changeTime()).toString());
      json.name("read").value(FileTimes.instant(found.lastAccessTime()).toString());
      json.name("created").value(FileTimes.instant(found.creationTime()).toString());
      json.name("id").value(id == null ? null : "%016x".formatted(id.diskFileId()));
      json.name("volume").value(id == null ? null : "%016x".formatted(id.volumeId()));
      json.endObject();
    }
    return text.append('\n').toString();
  }
}
