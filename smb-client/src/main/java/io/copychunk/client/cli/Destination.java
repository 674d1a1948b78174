package io.copychunk.client.cli;

import io.copychunk.client.SmbShare;
import io.copychunk.fscc.FileNetworkOpenInformation;
import java.io.IOException;

/**
 * Where copies go: into a directory, or under a name.
 *
 * @param share the share
 * @param url what the user named
 * @param directory whether copies go into it
 */
record Destination(SmbShare share, SmbUrl url, boolean directory) {
  /** Finds out which of both it is, as {@code cp} does. */
  static Destination of(Servers servers, SmbUrl url, int sources, CopyFlags flags)
      throws CommandException, InterruptedException, IOException {
    SmbShare share = servers.blocking(url);
    boolean directory = !flags.noTargetDirectory() && isDirectory(share, url);
    if (!directory && (sources > 1 || url.namesDirectory())) {
      throw new CommandException(Failure.usage(
          "not a directory",
          url.text(),
          sources > 1
              ? "several files can only be copied into a directory"
              : "there is no directory of this name",
          "copychunk mkdir " + url.text()));
    }
    return new Destination(share, url, directory);
  }

  /** Whether there is a directory of this name. */
  static boolean isDirectory(SmbShare share, SmbUrl url) throws CommandException {
    if (url.path().isEmpty()) {
      return true;
    }
    try {
      FileNetworkOpenInformation found = FileCommand.lookAt(share, url.path());
      return found != null && found.fileAttributes().isDirectory();
    } catch (IOException e) {
      throw new CommandException(Diagnosis.of(e, url.text()), e);
    }
  }

  /** What the copy of a file is called. */
  SmbUrl nameFor(String name) {
    return directory ? url.child(name) : url;
  }
}
