package io.copychunk.client.cli;

import io.copychunk.client.SmbShare;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code copychunk mv}: gives files other names in their share. */
@Command(
    name = "mv",
    header = {"Rename files and directories within their share.", ""},
    description = {
      "Renames SRC to DST, or moves each SRC into DST if that is a directory. Nothing is copied: from share to share, use"
          + " cp and rm."
    },
    footer = {
      "",
      ServerOptions.ABOUT_SECRETS,
      "",
      "Examples:",
      "  copychunk mv smb://nas/projects/a.img smb://nas/projects/old/a.img"
    })
final class MoveCommand extends FileCommand {
  @Parameters(
      arity = "2..*",
      paramLabel = "SRC... DST",
      hideParamSyntax = true,
      description = ABOUT_URLS)
  private List<String> texts = new ArrayList<>();

  @Option(
      names = {"-n", "--no-clobber"},
      description = "Fail where the target exists, instead of replacing it.")
  private boolean noClobber;

  @Option(
      names = {"-T", "--no-target-directory"},
      description = "DST is the new name, never a directory to move into.")
  private boolean noTargetDirectory;

  MoveCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  List<SmbUrl> urls() throws CommandException {
    List<SmbUrl> urls = new ArrayList<>();
    for (String text : texts) {
      urls.add(urls.size() < texts.size() - 1 ? parseFile(text) : SmbUrl.parse(text));
    }
    return urls;
  }

  @Override
  void run(Servers servers) throws CommandException, InterruptedException, IOException {
    List<SmbUrl> urls = urls();
    SmbUrl last = urls.get(urls.size() - 1);
    SmbShare share = servers.blocking(last);
    boolean directory = !noTargetDirectory && Destination.isDirectory(share, last);
    if (urls.size() > 2 && !directory) {
      throw new CommandException(Failure.usage(
          "not a directory",
          last.text(),
          "several files can only be moved into a directory",
          null));
    }
    Set<String> targets = new HashSet<>();
    for (SmbUrl source : urls.subList(0, urls.size() - 1)) {
      SmbUrl target = directory ? last.child(source.name()) : last;
      try {
        if (servers.blocking(source).async() != share.async()) {
          throw new CommandException(Failure.usage(
              "not the same share",
              source.text(),
              "files are renamed within a share",
              "copychunk cp, then copychunk rm"));
        }
        if (!targets.add(target.key())) { // or the one before it would be lost
          throw new CommandException(Failure.usage(
              "just moved", target.text(), "another source has just got this name", null));
        }
        share.rename(source.path(), target.path(), !noClobber);
        succeeded();
      } catch (IOException | CommandException e) {
        failed(source.text(), e);
      }
    }
  }
}
