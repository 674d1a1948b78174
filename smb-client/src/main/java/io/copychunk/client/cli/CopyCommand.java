package io.copychunk.client.cli;

import com.google.gson.stream.JsonWriter;
import io.copychunk.client.SmbShare;
import io.copychunk.client.copy.CopyOptions;
import io.copychunk.client.copy.FileLocation;
import io.copychunk.client.copy.journal.Journal;
import io.copychunk.client.copy.tree.Compare;
import io.copychunk.client.copy.tree.PathLines;
import io.copychunk.client.copy.tree.TreeOptions;
import io.copychunk.fscc.FileNetworkOpenInformation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code copychunk cp}: files from share to share, copied by their server where it can. */
@Command(
    name = "cp",
    header = {"Copy files, by the server itself where it can.", ""},
    description = {
      "Copies each SRC to DST, or into DST if that is a directory; directories with -r; with --files-from what a list names of"
          + " one. The data stays with the server wherever it can:"
          + " shared blocks (clone), copied by the storage (offload) or by the server (copychunk); only where none of"
          + " these works, or between two servers, it goes through this machine (stream), and a warning says why.",
      "",
      "A target has its name only when it is complete. Until then the data is in a file copychunk-*.tmp beside it,"
          + " which is gone if the copy fails, is interrupted, or loses its connection; a target that was there before"
          + " stays as it was."
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
      "  copychunk cp smb://nas/projects/a.img smb://nas/archive/",
      "  copychunk cp -p --verify full //nas/projects/a.img //nas/projects/b.img",
      "  copychunk cp --server-side-only --json smb://anna@nas/work/a.bin smb://anna@nas/other/a.bin",
      "  copychunk cp -n //nas/work/a.bin //nas/work/b.bin //nas/work/backup",
      "  copychunk cp -r //nas/projects/house //nas/archive/",
      "  copychunk cp --files-from list.txt //nas/projects/house //nas/archive/house",
      "  copychunk cp -r -u --exclude '*.tmp' --exclude .cache/ //nas/projects/house //nas/archive/",
      "  copychunk cp -r --links follow //nas/projects/house //nas/archive/"
    })
final class CopyCommand extends TreeCommand {
  static final String ABOUT_JSON =
      "The JSON object has files, bytes, seconds, methods (bytes by method), fallbacks (path, from, to, reason, offset),"
          + " failed (path, error), skipped, removed, changed and losses (path, what, reason); of more than 10,000 of a"
          + " kind the number alone, in omitted.";

  @Parameters(
      arity = "2..*",
      paramLabel = "SRC... DST",
      hideParamSyntax = true,
      description = ABOUT_URLS)
  private List<String> texts = new ArrayList<>();

  @Option(
      names = {"-r", "-R", "--recursive"},
      description =
          "Copy directories with all that is in them. Directories that exist are filled, nothing is removed.")
  private boolean recursive;

  @Mixin
  private final ListFlags list = new ListFlags();

  CopyCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  List<SmbUrl> urls() throws CommandException {
    fileOptions();
    treeFlags.globs();
    List<SmbUrl> urls = new ArrayList<>();
    for (String text : texts) {
      if (!SmbUrl.looksLikeOne(text)) {
        throw new CommandException(Failure.usage(
            "wrong URL",
            SmbUrl.redact(text),
            "cp copies from share to share",
            "copychunk put FILE URL, or copychunk get URL FILE, for files of this machine"));
      }
      boolean isTarget = urls.size() == texts.size() - 1;
      urls.add(isTarget || copiesTrees() ? SmbUrl.parse(text) : parseFile(text));
    }
    if (list.isGiven() && texts.size() != 2) {
      throw new CommandException(Failure.usage(
          "wrong usage",
          "--files-from",
          "a list is of one directory",
          "copychunk cp --files-from FILE SRC DST"));
    }
    list.check();
    return urls;
  }

  @Override
  String name() {
    return "cp";
  }

  @Override
  List<String> names() {
    return texts;
  }

  @Override
  void describe(JsonWriter json) throws IOException {
    json.name("recursive").value(recursive);
    json.name("delete").value(false);
    json.name("maxDelete").nullValue();
    json.name("checksum").value(false);
    list.describe(json);
  }

  @Override
  boolean copiesTrees() {
    return recursive || list.isGiven();
  }

  @Override
  List<Planned> plan(Servers servers) throws CommandException, InterruptedException, IOException {
    List<SmbUrl> urls = urls();
    List<SmbUrl> sources = urls.subList(0, urls.size() - 1);
    SmbUrl last = urls.get(urls.size() - 1);
    if (list.isGiven()) {
      return List.of(new Planned(urls.get(0), last));
    }
    Destination destination = Destination.of(servers, last, sources.size(), flags);
    List<Planned> plan = new ArrayList<>();
    for (SmbUrl source : sources) {
      String name = source.path().isEmpty() ? source.share() : source.name();
      plan.add(new Planned(source, destination.nameFor(name)));
    }
    return plan;
  }

  @Override
  void copyOne(Servers servers, Copies copies, Planned planned, Journal.@Nullable Part part)
      throws CommandException, InterruptedException, IOException {
    SmbUrl source = planned.source();
    SmbShare from = servers.blocking(source);
    SmbShare to = servers.blocking(planned.target());
    if (list.isGiven()) {
      requireDirectory(from, source);
      try (PathLines paths = list.open()) {
        copyTree(copies, planned, from, to, paths, options(part));
      }
    } else if (Destination.isDirectory(from, source)) {
      if (!recursive) {
        throw new CommandException(
            Failure.usage("not a file", source.text(), "it is a directory", "copychunk cp -r"));
      }
      copyTree(copies, planned, from, to, null, options(part));
    } else {
      copyFile(copies, planned, from, to, part);
    }
  }

  private static void requireDirectory(SmbShare share, SmbUrl url) throws CommandException {
    if (!Destination.isDirectory(share, url)) {
      throw new CommandException(Failure.usage(
          "not a directory", url.text(), "a list is of what is in a directory", null));
    }
  }

  private TreeOptions.Builder options(Journal.@Nullable Part part) {
    return TreeOptions.builder()
        .compare(flags.update() ? Compare.AGE : Compare.NONE)
        .recursive(recursive)
        .journal(part);
  }

  private void copyFile(
      Copies copies, Planned planned, SmbShare from, SmbShare to, Journal.@Nullable Part part)
      throws IOException, CommandException, InterruptedException {
    SmbUrl source = planned.source();
    SmbUrl target = planned.target();
    if (!isWanted(from, source, to, target, copies)) {
      return;
    }
    FileNetworkOpenInformation original = part == null ? null : from.stat(source.path());
    if (original != null
        && part.isDone("", original.endOfFile(), original.lastWriteTime())
        && isAsLargeAs(original, to, target)) {
      copies.skipped(source.text(), target.text(), "complete already");
      return;
    }
    CopyOptions options = fileOptions().progress(copies.progress()).build();
    boolean copied = copies.run(
        source.text(),
        target.text(),
        () -> engine.start(
            FileLocation.of(from, source.path()), FileLocation.of(to, target.path()), options));
    if (copied && original != null) {
      part.done("", original.endOfFile(), original.lastWriteTime());
    }
  }

  private static boolean isAsLargeAs(
      FileNetworkOpenInformation original, SmbShare share, SmbUrl target) throws IOException {
    FileNetworkOpenInformation existing = lookAt(share, target.path());
    return existing != null && existing.endOfFile() == original.endOfFile();
  }

  private boolean isWanted(SmbShare from, SmbUrl source, SmbShare to, SmbUrl target, Copies copies)
      throws IOException {
    if (!flags.update() && !flags.dryRun()) {
      return true;
    }
    FileNetworkOpenInformation original = from.stat(source.path());
    FileNetworkOpenInformation existing = lookAt(to, target.path());
    if (flags.update()
        && existing != null
        && existing.lastWriteTime() >= original.lastWriteTime()) {
      copies.skipped(source.text(), target.text(), "not older");
      return false;
    }
    if (!flags.dryRun()) {
      return true;
    }
    if (existing != null && flags.noClobber()) {
      copies.skipped(source.text(), target.text(), "exists already");
    } else {
      copies.wouldCopy(source.text(), target.text(), original.endOfFile());
    }
    return false;
  }
}
