package io.copychunk.client.cli;

import com.google.gson.stream.JsonWriter;
import io.copychunk.client.copy.tree.Globs;
import io.copychunk.client.copy.tree.Links;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Option;

/** The options that say what of a tree is copied, and whether that can be continued. */
final class TreeFlags {
  @Option(
      names = "--include",
      paramLabel = "GLOB",
      description =
          "Of a directory, copy such files alone; may be given several times. Without a slash it is about names, with one"
              + " about paths from the directory; * ? [a-z], and ** for any directories. Case does not count.")
  private List<String> include = new ArrayList<>();

  @Option(
      names = "--exclude",
      paramLabel = "GLOB",
      description =
          "Leave out such files and directories, those too that are included; with a slash at the end directories alone.")
  private List<String> exclude = new ArrayList<>();

  @Option(
      names = "--links",
      paramLabel = "HOW",
      converter = CopyFlags.LinksConverter.class,
      description =
          "What becomes of symbolic links and other reparse points: keep (the default) copies them as themselves; follow,"
              + " what they lead to; skip leaves them out. Links that the server does not show, as Samba does, are always"
              + " followed.")
  private Links links = Links.KEEP;

  @Option(
      names = "--no-journal",
      description =
          "Do not note on this machine what is complete, so that copychunk job resume can not go on after an"
              + " interruption.")
  private boolean noJournal;

  Links links() {
    return links;
  }

  boolean noJournal() {
    return noJournal;
  }

  /** Those that matter, for programs. */
  void describe(JsonWriter json) throws IOException {
    JsonLine.strings(json, "include", include);
    JsonLine.strings(json, "exclude", exclude);
    json.name("links").value(JsonLine.word(links));
  }

  Globs globs() throws CommandException {
    try {
      return Globs.of(include, exclude);
    } catch (IllegalArgumentException e) {
      throw new CommandException(Failure.usage(
          "wrong usage", "--include, --exclude", String.valueOf(e.getMessage()), null));
    }
  }
}
