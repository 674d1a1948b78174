package io.copychunk.client.cli;

import com.google.gson.stream.JsonWriter;
import io.copychunk.client.SmbShare;
import io.copychunk.fscc.FileAttributes;
import io.copychunk.fscc.FileIdBothDirectoryInformation;
import io.copychunk.fscc.FileNetworkOpenInformation;
import io.copychunk.fscc.FileTimes;
import io.copychunk.wire.PrintableText;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code copychunk ls}: what is in directories. */
@Command(
    name = "ls",
    header = {"List directories.", ""},
    description = "Lists the entries of each directory by their names; a file is listed itself.",
    footer = {
      "",
      ServerOptions.ABOUT_SECRETS,
      "",
      "Examples:",
      "  copychunk ls -l smb://nas/projects"
    })
final class ListCommand extends FileCommand {
  @Parameters(arity = "1..*", paramLabel = "URL", description = ABOUT_URLS)
  private List<String> texts = new ArrayList<>();

  @Option(
      names = {"-l", "--long"},
      description = "With size, time of the last change and attributes.")
  private boolean detailed;

  @Option(names = "--json", description = "One JSON object a line for each entry.")
  private boolean json;

  /** What is told of an entry. */
  private record Entry(String name, long size, long written, FileAttributes attributes) {}

  ListCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  List<SmbUrl> urls() throws CommandException {
    return parse(texts);
  }

  @Override
  void run(Servers servers) throws CommandException, InterruptedException {
    List<SmbUrl> urls = urls();
    for (SmbUrl url : urls) {
      try {
        List<Entry> entries = entries(servers.blocking(url), url);
        if (urls.size() > 1 && !json) {
          terminal.println(terminal.bold(PrintableText.of(url.text()) + ":"));
        }
        StringBuilder lines = new StringBuilder();
        for (Entry entry : entries) {
          lines
              .append(json ? asJson(entry) : detailed ? asLine(entry) : asName(entry))
              .append('\n');
        }
        terminal.write(lines.toString().getBytes(StandardCharsets.UTF_8));
        succeeded();
      } catch (IOException | CommandException e) {
        failed(url.text(), e);
      }
    }
  }

  private static List<Entry> entries(SmbShare share, SmbUrl url) throws IOException {
    if (!url.path().isEmpty()) {
      FileNetworkOpenInformation found = share.stat(url.path());
      if (!found.fileAttributes().isDirectory()) {
        return List.of(new Entry(
            url.name(), found.endOfFile(), found.lastWriteTime(), found.fileAttributes()));
      }
    }
    List<FileIdBothDirectoryInformation> listed = new ArrayList<>(share.list(url.path()));
    listed.sort(Comparator.comparing(FileIdBothDirectoryInformation::fileName));
    return listed.stream()
        .map(entry -> new Entry(
            entry.fileName(), entry.endOfFile(), entry.lastWriteTime(), entry.fileAttributes()))
        .toList();
  }

  private static String asName(Entry entry) {
    return PrintableText.of(entry.name()) + (entry.attributes().isDirectory() ? "/" : "");
  }

  private static String asLine(Entry entry) {
    return "%s%s%s%s %15d  %s  %s"
        .formatted(
            entry.attributes().isDirectory() ? "d" : "-",
            entry.attributes().has(FileAttributes.READONLY) ? "r" : "-",
            entry.attributes().has(FileAttributes.HIDDEN) ? "h" : "-",
            entry.attributes().has(FileAttributes.SYSTEM) ? "s" : "-",
            entry.size(),
            FileTimes.instant(entry.written()).truncatedTo(ChronoUnit.SECONDS),
            asName(entry));
  }

  private static String asJson(Entry entry) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonWriter json = new JsonWriter(text)) {
      json.beginObject();
      json.name("name").value(entry.name());
      json.name("size").value(entry.size());
      json.name("directory").value(entry.attributes().isDirectory());
      json.name("attributes").value(Attributes.text(entry.attributes()));
      json.name("written").value(FileTimes.instant(entry.written()).toString());
      json.endObject();
    }
    return text.toString();
  }
}
