package io.copychunk.client.cli;

import io.copychunk.client.SmbShare;
import io.copychunk.client.copy.CopyEngine;
import io.copychunk.client.copy.FileLocation;
import io.copychunk.fscc.FileNetworkOpenInformation;
import io.copychunk.fscc.FileTimes;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** {@code copychunk get}: files of a share to this machine. */
@Command(
    name = "get",
    header = {"Copy files of a share to this machine.", ""},
    description = {
      "Copies each URL to FILE, or into FILE if that is a directory, with many reads under way at once. A target has its"
          + " name only when it is complete. The time of the last change is carried over."
    },
    footer = {
      "",
      CopyFlags.ABOUT_EVENTS,
      "",
      ServerOptions.ABOUT_SECRETS,
      "",
      "Examples:",
      "  copychunk get smb://nas/projects/a.img .",
      "  copychunk get -u //nas/projects/a.img //nas/projects/b.img /srv/images"
    })
final class GetCommand extends CopyingCommand {
  @Parameters(
      arity = "2..*",
      paramLabel = "URL... FILE",
      hideParamSyntax = true,
      description = ABOUT_URLS)
  private List<String> texts = new ArrayList<>();

  GetCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  List<SmbUrl> urls() throws CommandException {
    List<SmbUrl> urls = new ArrayList<>();
    for (String text : texts.subList(0, texts.size() - 1)) {
      urls.add(parseFile(text));
    }
    String last = texts.get(texts.size() - 1);
    boolean directory = !flags.noTargetDirectory() && Files.isDirectory(Path.of(last));
    if (!directory && (urls.size() > 1 || last.endsWith("/"))) {
      throw new CommandException(Failure.usage(
          "not a directory",
          last,
          urls.size() > 1
              ? "several files can only be copied into a directory"
              : "there is no directory of this name",
          "mkdir " + last));
    }
    return urls;
  }

  @Override
  String name() {
    return "get";
  }

  @Override
  List<String> names() {
    return texts;
  }

  @Override
  void copy(Servers servers, Copies copies) throws CommandException, InterruptedException {
    Path last = Path.of(texts.get(texts.size() - 1));
    boolean directory = !flags.noTargetDirectory() && Files.isDirectory(last);
    CopyEngine engine = new CopyEngine();
    for (SmbUrl source : urls()) {
      Path target = directory ? last.resolve(source.name()) : last;
      try {
        copies.claim(target, target.toString());
        SmbShare share = servers.blocking(source);
        if (isWanted(share, source, target, copies)) {
          copies.run(
              source.text(),
              target.toString(),
              () -> engine.download(
                  FileLocation.of(share, source.path()),
                  target,
                  flags.options().progress(copies.progress()).build()));
        }
      } catch (IOException | CommandException e) {
        copies.failed(source.text(), e);
      }
    }
  }

  private boolean isWanted(SmbShare share, SmbUrl source, Path target, Copies copies)
      throws IOException {
    if (!flags.update() && !flags.dryRun()) {
      return true;
    }
    FileNetworkOpenInformation original = share.stat(source.path());
    boolean exists = Files.exists(target);
    if (flags.update()
        && exists
        && FileTimes.of(Files.getLastModifiedTime(target).toInstant())
            >= original.lastWriteTime()) {
      copies.skipped(source.text(), target.toString(), "not older");
      return false;
    }
    if (!flags.dryRun()) {
      return true;
    }
    if (exists && flags.noClobber()) {
      copies.skipped(source.text(), target.toString(), "exists already");
    } else {
      copies.wouldCopy(source.text(), target.toString(), original.endOfFile());
    }
    return false;
  }
}
