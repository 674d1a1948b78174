package io.copychunk.client.copy.tree;

import io.copychunk.client.copy.CopyResult;

/**
 * Is told what becomes of each file and directory of a tree, one call after the other, on the callback
 * executor. It may block: then the copy waits for it.
 */
public interface TreeListener {
  /** Is not interested. */
  TreeListener NOBODY = new TreeListener() {};

  /**
   * A file was copied.
   *
   * @param path from the tree's root, with backslashes
   * @param result how
   */
  default void copied(String path, CopyResult result) {}

  /**
   * A file would be copied, if this was more than a rehearsal.
   *
   * @param path from the tree's root, with backslashes
   * @param size in bytes
   */
  default void wouldCopy(String path, long size) {}

  /**
   * A file or directory of the target was removed, as the source has none.
   *
   * @param path from the tree's root, with backslashes
   */
  default void removed(String path) {}

  /**
   * A file or directory of the target would be removed, if this was more than a rehearsal.
   *
   * @param path from the tree's root, with backslashes
   */
  default void wouldRemove(String path) {}

  /**
   * A directory is there, with all that could be copied of it.
   *
   * @param path from the tree's root, with backslashes; empty for the root
   */
  default void finished(String path) {}

  /**
   * Something was left out on purpose.
   *
   * @param path from the tree's root, with backslashes
   * @param why such as that it is not newer
   */
  default void skipped(String path, String why) {}

  /**
   * A file, or a directory with what is in it, could not be copied.
   *
   * @param path from the tree's root, with backslashes; empty for the root
   * @param failure an {@code SmbException}
   */
  default void failed(String path, Throwable failure) {}

  /**
   * How far the tree is; called once in a while.
   *
   * @param progress so far
   */
  default void progress(TreeProgress progress) {}
}
