package io.copychunk.client.cli;

import com.google.gson.stream.JsonWriter;
import io.copychunk.client.SmbShare;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code copychunk probe}: what a server can do. */
@Command(
    name = "probe",
    header = {"Find out what a server can do for copies.", ""},
    description = {
      "Tries, in temporary files in the directory URL that are removed again: resume keys, COPYCHUNK and its limits,"
          + " cloning, offload, holes, streams and Apple's copyfile; and tells what was agreed on with the server. With a second URL, of"
          + " another share of the same server, copies from share to share are tried too."
    },
    footer = {
      "",
      ServerOptions.ABOUT_SECRETS,
      "",
      "Examples:",
      "  copychunk probe smb://nas/projects",
      "  copychunk probe --json //nas/projects/tmp //nas/archive | jq .clone"
    })
final class ProbeCommand extends FileCommand {
  @Parameters(arity = "1..2", paramLabel = "URL", description = ABOUT_URLS)
  private List<String> texts = new ArrayList<>();

  @Option(names = "--json", description = "One JSON object.")
  private boolean json;

  ProbeCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  List<SmbUrl> urls() throws CommandException {
    return parse(texts);
  }

  @Override
  void run(Servers servers) throws CommandException, InterruptedException {
    List<SmbUrl> urls = urls();
    SmbUrl url = urls.get(0);
    try {
      Servers.Connected connected = servers.share(url).get();
      SmbShare other = urls.size() > 1 ? servers.blocking(urls.get(1)) : null;
      if (other != null && other.async().session() != connected.share().session()) {
        throw new CommandException(Failure.usage(
            "not the same server",
            urls.get(1).text(),
            "the second URL is for copies from share to share of one server",
            "a share of " + url.host()));
      }
      List<Finding> findings = new Probe(
              connected.share().blocking(),
              connected.security(),
              url.path(),
              other,
              other == null ? "" : urls.get(1).path())
          .run();
      terminal.write((json ? asJson(findings) : asText(findings)).getBytes(StandardCharsets.UTF_8));
      succeeded();
    } catch (ExecutionException | IOException e) {
      failed(url.text(), e);
    }
  }

  private String asText(List<Finding> findings) {
    StringBuilder text = new StringBuilder();
    for (Finding finding : findings) {
      String verdict = finding.works() == null ? "" : finding.works() ? "yes" : "no";
      text.append("%-16s %s %s%n"
          .formatted(
              finding.name(),
              finding.works() != null && finding.works()
                  ? terminal.green("%-3s".formatted(verdict))
                  : terminal.bold("%-3s".formatted(verdict)),
              io.copychunk.wire.PrintableText.of(finding.detail())));
    }
    return text.toString();
  }

  private static String asJson(List<Finding> findings) throws IOException {
    StringWriter text = new StringWriter();
    try (JsonWriter json = new JsonWriter(text)) {
      json.beginObject();
      for (Finding finding : findings) {
        json.name(finding.name()).beginObject();
        if (finding.works() != null) {
          json.name("works").value(finding.works());
        }
        json.name("detail").value(finding.detail()).endObject();
      }
      json.endObject();
    }
    return text.append('\n').toString();
  }
}
