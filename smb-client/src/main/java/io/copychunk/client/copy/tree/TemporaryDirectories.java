package io.copychunk.client.copy.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The directories that files of one directory are in until they have their names, which take turns; none
 * at first. Paths are from the share's root. Thread-safe.
 */
final class TemporaryDirectories {
  /** Replaced as a whole, so that each file sees one state of it and none is made for a file. */
  private volatile List<String> paths = List.of();

  private final AtomicInteger turn = new AtomicInteger();

  synchronized void add(String path) {
    List<String> more = new ArrayList<>(paths);
    more.add(path);
    paths = List.copyOf(more);
  }

  /** The one for the next file, or null when there is none. */
  @Nullable
  String next() {
    List<String> now = paths;
    return now.isEmpty() ? null : now.get(Math.floorMod(turn.getAndIncrement(), now.size()));
  }

  boolean areAny() {
    return !paths.isEmpty();
  }

  /** All that there are, which are there no more for others. */
  synchronized List<String> take() {
    List<String> all = paths;
    paths = List.of();
    return all;
  }
}
