package io.copychunk.client.copy.tree;

import io.copychunk.client.copy.CopyEngine;
import io.copychunk.client.copy.FileLocation;
import java.util.Iterator;

/**
 * Copies trees: directories with all that is in them, many files at a time, whatever the round-trip
 * time. A tree is never in memory as a whole. Thread-safe.
 */
public final class TreeCopy {
  private final CopyEngine engine;

  /**
   * Creates one.
   *
   * @param engine copies the files
   */
  public TreeCopy(CopyEngine engine) {
    this.engine = engine;
  }

  /**
   * Begins to copy a directory and what is in it. Directories that exist are filled, files that exist
   * are replaced if the options say so; nothing is removed. A file or directory that can not be copied
   * does not keep the others from being copied.
   *
   * @param source the directory
   * @param target what it is called in the end; made if it does not exist
   * @param options how
   * @return the copy under way
   * @throws java.nio.file.InvalidPathException when no directory can have one of the paths
   */
  public TreeTask start(FileLocation source, FileLocation target, TreeOptions options) {
    return begin(new TreeRun(engine, source, target, null, options));
  }

  /**
   * Begins to copy what a list names of a directory. The directories on the way are made as they are
   * needed. A path that is not there is told as failed, and the others are copied.
   *
   * @param source the directory
   * @param target what it is called in the end; made if it does not exist
   * @param paths what is copied, such as {@link PathLines}: read by a thread of its own, no faster than it
   *     is copied, so it may be of any length and may block. When it throws, the copy fails with that,
   *     after what is under way. It is not closed, and where it never ends a stopped copy leaves the
   *     thread in it
   * @param options how; what the filter leaves out is not copied. It is asked about the directories on
   *     the way too, with a name and attributes alone
   * @return the copy under way
   * @throws IllegalArgumentException when something is to be removed, of which a list says nothing; when
   *     no directory can have one of the paths
   */
  public TreeTask start(
      FileLocation source, FileLocation target, Iterator<ListedPath> paths, TreeOptions options) {
    if (options.removesExtra()) {
      throw new IllegalArgumentException("removesExtra: true (expected: false, with a list)");
    }
    return begin(new TreeRun(engine, source, target, paths, options));
  }

  private static TreeTask begin(TreeRun run) {
    run.start();
    return new TreeTask(run);
  }
}
