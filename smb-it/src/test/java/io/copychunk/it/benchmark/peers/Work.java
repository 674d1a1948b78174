package io.copychunk.it.benchmark.peers;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What is to be done in a turn.
 *
 * @param what the case
 * @param directories below {@link #from}, the root first
 * @param files below {@link #from}; of keys as many as are to be got
 * @param bytes of these
 */
record Work(Case what, List<String> directories, List<String> files, long bytes) {
  String from() {
    return what.directory() + "/from";
  }

  String to() {
    return what.directory() + "/to";
  }

  /** As many as a figure is for. */
  double units() {
    return what == Case.LARGE ? bytes / 1e6 : files.size();
  }

  /** The first of the files alone, for a client that would take too long with all of them. */
  Work limited(int count) {
    return what == Case.LARGE || count >= files.size()
        ? this
        : new Work(what, directories, List.copyOf(files.subList(0, count)), bytes);
  }

  /** Writes names to a file, a line each. */
  static Path list(Path directory, String name, List<String> names) throws IOException {
    return Files.write(directory.resolve(name), names);
  }
}
