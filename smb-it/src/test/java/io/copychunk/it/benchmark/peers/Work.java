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
 * @param files below {@link #from}, those of a directory together; of keys as many as are to be got
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

  /**
   * The first of the files alone and the directories that they are in, for a client that would take too
   * long with all of them.
   */
  Work limited(int count) {
    if (what == Case.LARGE || count >= files.size()) {
      return this;
    }
    List<String> first = List.copyOf(files.subList(0, count));
    List<String> needed = directories.stream()
        .filter(directory -> directory.isEmpty()
            || first.stream().anyMatch(file -> file.startsWith(directory + "/")))
        .toList();
    return new Work(what, needed, first, bytes);
  }

  /** Writes names to a file, a line each. */
  static Path list(Path directory, String name, List<String> names) throws IOException {
    return Files.write(directory.resolve(name), names);
  }
}
