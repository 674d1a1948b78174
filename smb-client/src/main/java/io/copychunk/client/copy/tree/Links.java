package io.copychunk.client.copy.tree;

/** What becomes of symbolic links and other reparse points of a tree. */
public enum Links {
  /** They are left out, and the listener is told. */
  SKIP,

  /** What they stand for is copied, as far as the server follows them; directories are left out. */
  FOLLOW
}
