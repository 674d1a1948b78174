package io.copychunk.client.cli;

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

/** {@code copychunk put}: files of this machine to a share. */
@Command(
    name = "put",
    header = {"Copy files of this machine to a share.", ""},
    description = {
      "Copies each FILE to URL, or into URL if that is a directory, with many writes under way at once. A target has its"
          + " name only when it is complete. The time of the last change is carried over."
    },
    footer = {
      "",
      CopyFlags.ABOUT_EVENTS,
      "",
      ServerOptions.ABOUT_SECRETS,
      "",
      "Examples:",
      "  copychunk put a.img smb://nas/projects/",
      "  copychunk put --in-place a.img //nas/projects/a.img"
    })
final class PutCommand extends CopyingCommand {
  @Parameters(
      arity = "2..*",
      paramLabel = "FILE... URL",
      hideParamSyntax = true,
      description = ABOUT_URLS)
  private List<String> texts = new ArrayList<>();

  PutCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  List<SmbUrl> urls() throws CommandException {
    return List.of(SmbUrl.parse(texts.get(texts.size() - 1)));
  }

  @Override
  String name() {
    return "put";
  }

  @Override
  List<String> names() {
    return texts;
  }

  @Override
  void copy(Servers servers, Copies copies)
      throws CommandException, InterruptedException, IOException {
    List<String> files = texts.subList(0, texts.size() - 1);
    CopyEngine engine = new CopyEngine();
    Destination destination = Destination.of(servers, urls().get(0), files.size(), flags);
    for (String file : files) {
      Path path = Path.of(file);
      SmbUrl target = destination.nameFor(String.valueOf(path.getFileName()));
      try {
        copies.claim(target.key(), target.text());
        if (isWanted(path, destination, target, copies)) {
          copies.run(
              file,
              target.text(),
              () -> engine.upload(
                  path,
                  FileLocation.of(destination.share(), target.path()),
                  flags.options().progress(copies.progress()).build()));
        }
      } catch (IOException | CommandException e) {
        copies.failed(file, e);
      }
    }
  }

  private boolean isWanted(Path path, Destination destination, SmbUrl target, Copies copies)
      throws IOException {
    if (Files.isDirectory(path)) {
      throw new IOException("is a directory");
    }
    if (!flags.update() && !flags.dryRun()) {
      return true;
    }
    FileNetworkOpenInformation existing = lookAt(destination.share(), target.path());
    long written = FileTimes.of(Files.getLastModifiedTime(path).toInstant());
    if (flags.update() && existing != null && existing.lastWriteTime() >= written) {
      copies.skipped(path.toString(), target.text(), "not older");
      return false;
    }
    if (!flags.dryRun()) {
      return true;
    }
    if (existing != null && flags.noClobber()) {
      copies.skipped(path.toString(), target.text(), "exists already");
    } else {
      copies.wouldCopy(path.toString(), target.text(), Files.size(path));
    }
    return false;
  }
}
