package io.copychunk.client.cli;

import com.google.gson.stream.JsonWriter;
import io.copychunk.client.SmbShare;
import io.copychunk.client.copy.journal.Journal;
import io.copychunk.client.copy.tree.Compare;
import io.copychunk.client.copy.tree.TreeOptions;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code copychunk sync}: makes a directory like another one. */
@Command(
    name = "sync",
    header = {"Make a directory like another one, by what has changed alone.", ""},
    description = {
      "Copies what is in SRC and is not in DST, or is there with another size or time of the last change; the times are"
          + " carried over, so that the next time nothing is to be done. DST is made if it is not there. Nothing goes from"
          + " DST to SRC.",
      "",
      "With --delete, what SRC has not is removed from DST in the end, if all could be copied. What --exclude and"
          + " --include leave out is left alone on both sides. More than half of DST, or all of it, is removed only by a"
          + " number, --max-delete."
    },
    footer = {
      "",
      CopyCommand.ABOUT_JSON,
      "",
      CopyFlags.ABOUT_EVENTS,
      "",
      ServerOptions.ABOUT_SECRETS,
      "",
      "Examples:",
      "  copychunk sync //nas/projects/house //nas/backup/house",
      "  copychunk sync --dry-run --delete //nas/projects/house //nas/backup/house",
      "  copychunk sync --delete --exclude '*.tmp' //nas/projects/house //backup/nas/house"
    })
final class SyncCommand extends TreeCommand {
  @Parameters(arity = "2", paramLabel = "SRC DST", hideParamSyntax = true, description = ABOUT_URLS)
  private List<String> texts = List.of();

  @Option(names = "--delete", description = "Remove from DST what SRC has not.")
  private boolean delete;

  @Option(
      names = "--max-delete",
      paramLabel = "COUNT",
      description =
          "With --delete: remove nothing if it would be more files and directories than that; by default more than half"
              + " of DST.")
  private @Nullable Long maxDelete;

  @Option(
      names = "--checksum",
      description =
          "Compare files of the same size by content, not by time; both are read over the network.")
  private boolean checksum;

  SyncCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  List<SmbUrl> urls() throws CommandException {
    fileOptions();
    treeFlags.globs();
    if (maxDelete != null && (maxDelete < 0 || !delete)) {
      throw new CommandException(Failure.usage(
          "wrong usage",
          "--max-delete " + maxDelete,
          delete ? "it is below 0" : "nothing is removed without --delete",
          "--delete --max-delete COUNT"));
    }
    return parse(texts);
  }

  @Override
  List<Planned> plan(Servers servers) throws CommandException {
    List<SmbUrl> urls = urls();
    return List.of(new Planned(urls.get(0), urls.get(1)));
  }

  @Override
  String name() {
    return "sync";
  }

  @Override
  List<String> names() {
    return texts;
  }

  @Override
  void describe(JsonWriter json) throws IOException {
    json.name("recursive").value(true);
    json.name("delete").value(delete);
    json.name("maxDelete").value(maxDelete);
    json.name("checksum").value(checksum);
    json.name("filesFrom").nullValue();
  }

  @Override
  boolean copiesTrees() {
    return true;
  }

  @Override
  void copyOne(Servers servers, Copies copies, Planned planned, Journal.@Nullable Part part)
      throws CommandException, InterruptedException, IOException {
    SmbShare from = servers.blocking(planned.source());
    if (!Destination.isDirectory(from, planned.source())) {
      throw new CommandException(Failure.usage(
          "not a directory",
          planned.source().text(),
          "only directories are made like others",
          "copychunk cp -u"));
    }
    TreeOptions.Builder options = TreeOptions.builder()
        .compare(compare())
        .journal(part)
        .removesExtra(delete)
        .maxRemovals(maxDelete == null ? TreeOptions.AT_MOST_HALF : maxDelete);
    copyTree(copies, planned, from, servers.blocking(planned.target()), null, options);
  }

  private Compare compare() {
    if (checksum) {
      return Compare.CONTENT;
    }
    return flags.update() ? Compare.AGE : Compare.SIZE_AND_TIME;
  }
}
