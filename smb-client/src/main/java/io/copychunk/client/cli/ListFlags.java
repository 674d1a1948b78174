package io.copychunk.client.cli;

import com.google.gson.stream.JsonWriter;
import io.copychunk.client.copy.tree.ListedPath;
import io.copychunk.client.copy.tree.PathLines;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The option that names a list of what is copied. */
final class ListFlags {
  private static final String STANDARD_INPUT = "-";

  @Option(
      names = "--files-from",
      paramLabel = "FILE",
      description =
          "Of the directory SRC, copy what FILE lists alone, to the same paths below DST; - for standard input. UTF-8, one"
              + " path a line, relative to SRC; directories with -r. What is not there is told, and the rest is copied.")
  private @Nullable Path filesFrom;

  private boolean checked;

  boolean isGiven() {
    return filesFrom != null;
  }

  /** Whether a path is no file of this machine. */
  static boolean isStandardInput(Path path) {
    return path.toString().equals(STANDARD_INPUT);
  }

  /** Those that matter, for programs. */
  void describe(JsonWriter json) throws IOException {
    json.name("filesFrom").value(filesFrom == null ? null : filesFrom.toString());
  }

  /** Finds what is wrong with a list before anything is done, as far as it can be read twice. */
  void check() throws CommandException {
    Path file = filesFrom;
    if (file == null || checked) {
      return;
    }
    checked = true;
    if (isStandardInput(file) || (Files.exists(file) && !Files.isRegularFile(file))) {
      return;
    }
    try (PathLines lines = open()) {
      while (lines.hasNext()) {
        ListedPath path = lines.next();
        if (path.refusal() != null) {
          throw new CommandException(Failure.usage(
              "wrong path",
              "--files-from " + file + ", line " + path.line(),
              path.refusal() + ": " + path.path(),
              "paths from SRC, one a line, in UTF-8"));
        }
      }
    } catch (IOException e) {
      throw unreadable(file, e);
    } catch (UncheckedIOException e) {
      throw unreadable(file, e);
    }
  }

  private static CommandException unreadable(Path file, Exception e) {
    return new CommandException(
        Failure.usage(
            "wrong usage",
            "--files-from " + file,
            "it can not be read: " + e.getMessage(),
            "a file that you may read, or -"),
        e);
  }

  /** The list, which the caller closes. */
  PathLines open() throws CommandException {
    Path file = filesFrom;
    if (file == null) {
      throw new IllegalStateException("there is no list");
    }
    try {
      InputStream in = isStandardInput(file)
          ? new FileInputStream(FileDescriptor.in)
          : Files.newInputStream(file);
      return new PathLines(in);
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }
}
