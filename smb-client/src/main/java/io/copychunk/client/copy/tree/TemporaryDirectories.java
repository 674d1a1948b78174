package io.copychunk.client.copy.tree;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * The directories that files of one directory are in until they have their names, which take turns; none
 * at first. Paths are from the share's root. Thread-safe.
 */
final class TemporaryDirectories {
  private final List<String> paths = new CopyOnWriteArrayList<>();
  private final AtomicInteger turn = new AtomicInteger();

  void add(String path) {
    paths.add(path);
  }

  /** The one for the next file, or null when there is none. */
  @Nullable
  String next() {
    List<String> now = List.copyOf(paths);
    return now.isEmpty() ? null : now.get(Math.floorMod(turn.getAndIncrement(), now.size()));
  }

  boolean areAny() {
    return !paths.isEmpty();
  }

  /** All that there are, which are there no more for others. */
  List<String> take() {
    List<String> all = List.copyOf(paths);
    paths.removeAll(all);
    return all;
  }
}
