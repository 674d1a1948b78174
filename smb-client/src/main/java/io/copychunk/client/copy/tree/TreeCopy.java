package io.copychunk.client.copy.tree;

import io.copychunk.client.copy.CopyEngine;
import io.copychunk.client.copy.FileLocation;

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
    TreeRun run = new TreeRun(engine, source, target, options);
    run.start();
    return new TreeTask(run);
  }
}
