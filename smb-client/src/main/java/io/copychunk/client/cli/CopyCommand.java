package io.copychunk.client.cli;

import io.copychunk.client.SmbShare;
import io.copychunk.client.copy.CopyEngine;
import io.copychunk.client.copy.CopyOptions;
import io.copychunk.client.copy.FileLocation;
import io.copychunk.client.copy.tree.Globs;
import io.copychunk.client.copy.tree.Links;
import io.copychunk.client.copy.tree.TreeCopy;
import io.copychunk.client.copy.tree.TreeOptions;
import io.copychunk.fscc.FileNetworkOpenInformation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code copychunk cp}: files from share to share, copied by their server where it can. */
@Command(
    name = "cp",
    header = {"Copy files, by the server itself where it can.", ""},
    description = {
      "Copies each SRC to DST, or into DST if that is a directory; directories with -r. The data stays with the server wherever it can:"
          + " shared blocks (clone), copied by the storage (offload) or by the server (copychunk); only where none of"
          + " these works, or between two servers, it goes through this machine (stream), and a warning says why.",
      "",
      "A target has its name only when it is complete. Until then the data is in a file copychunk-*.tmp beside it,"
          + " which is gone if the copy fails, is interrupted, or loses its connection; a target that was there before"
          + " stays as it was."
    },
    footer = {
      "",
      "The JSON object has files, bytes, seconds, methods (bytes by method), fallbacks (path, from, to, reason, offset),"
          + " failed (path, error), skipped, changed and losses (path, what, reason); of more than 10,000 of a kind the"
          + " number alone, in omitted.",
      "",
      ServerOptions.ABOUT_SECRETS,
      "",
      "Examples:",
      "  copychunk cp smb://nas/projects/a.img smb://nas/archive/",
      "  copychunk cp -p --verify full //nas/projects/a.img //nas/projects/b.img",
      "  copychunk cp --server-side-only --json smb://anna@nas/work/a.bin smb://anna@nas/other/a.bin",
      "  copychunk cp -n //nas/work/a.bin //nas/work/b.bin //nas/work/backup",
      "  copychunk cp -r //nas/projects/house //nas/archive/",
      "  copychunk cp -r -u --exclude '*.tmp' --exclude .cache/ //nas/projects/house //nas/archive/",
      "  copychunk cp -r --links follow //nas/projects/house //nas/archive/"
    })
final class CopyCommand extends FileCommand {
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

  @Option(
      names = "--include",
      paramLabel = "GLOB",
      description =
          "With -r, copy such files alone; may be given several times. Without a slash it is about names, with one about"
              + " paths from the directory; * ? [a-z], and ** for any directories. Case does not count.")
  private List<String> include = new ArrayList<>();

  @Option(
      names = "--exclude",
      paramLabel = "GLOB",
      description =
          "With -r, leave out such files and directories, those too that are included; with a slash at the end"
              + " directories alone.")
  private List<String> exclude = new ArrayList<>();

  @Option(
      names = "--links",
      paramLabel = "HOW",
      converter = CopyFlags.LinksConverter.class,
      description =
          "With -r, what becomes of symbolic links and other reparse points: keep (the default) copies them as"
              + " themselves; follow, what they lead to; skip leaves them out. Links that the server does not show, as"
              + " Samba does, are always followed.")
  private Links links = Links.KEEP;

  @Mixin
  private CopyFlags flags = new CopyFlags();

  @Mixin
  private CopyFlags.ServerSide serverSide = new CopyFlags.ServerSide();

  CopyCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  List<SmbUrl> urls() throws CommandException {
    serverSide.apply(flags.options());
    globs();
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
      urls.add(isTarget || recursive ? SmbUrl.parse(text) : parseFile(text));
    }
    return urls;
  }

  @Override
  void run(Servers servers) throws CommandException, InterruptedException, IOException {
    List<SmbUrl> urls = urls();
    List<SmbUrl> sources = urls.subList(0, urls.size() - 1);
    SmbUrl last = urls.get(urls.size() - 1);
    CopyEngine engine = new CopyEngine();
    try (Copies copies = new Copies(this, flags)) {
      Destination destination = Destination.of(servers, last, sources.size(), flags);
      CopyOptions.Builder options = flags.options().progress(copies.bar());
      serverSide.apply(options);
      for (SmbUrl source : sources) {
        SmbUrl target =
            destination.nameFor(source.path().isEmpty() ? source.share() : source.name());
        try {
          copies.claim(target.key(), target.text());
          SmbShare from = servers.blocking(source);
          if (Destination.isDirectory(from, source)) {
            copyTree(engine, copies, from, source, destination.share(), target, options.build());
            continue;
          }
          if (!isWanted(from, source, destination.share(), target, copies)) {
            continue;
          }
          copies.run(
              source.text(),
              target.text(),
              () -> engine.start(
                  FileLocation.of(from, source.path()),
                  FileLocation.of(destination.share(), target.path()),
                  options.build()));
        } catch (IOException | CommandException e) {
          copies.failed(source.text(), e);
        }
      }
    }
  }

  private void copyTree(
      CopyEngine engine,
      Copies copies,
      SmbShare from,
      SmbUrl source,
      SmbShare to,
      SmbUrl target,
      CopyOptions files)
      throws CommandException, InterruptedException {
    if (!recursive) {
      throw new CommandException(
          Failure.usage("not a file", source.text(), "it is a directory", "copychunk cp -r"));
    }
    TreeNews news = copies.newsOf(source, target);
    TreeOptions options = TreeOptions.builder()
        .files(files)
        .update(flags.update())
        .dryRun(flags.dryRun())
        .links(links)
        .filter(globs())
        .listener(news)
        .build();
    copies.runTree(
        source.text(),
        news,
        () -> new TreeCopy(engine)
            .start(
                FileLocation.of(from, source.path()), FileLocation.of(to, target.path()), options));
  }

  private Globs globs() throws CommandException {
    try {
      return Globs.of(include, exclude);
    } catch (IllegalArgumentException e) {
      throw new CommandException(Failure.usage(
          "wrong usage", "--include, --exclude", String.valueOf(e.getMessage()), null));
    }
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
