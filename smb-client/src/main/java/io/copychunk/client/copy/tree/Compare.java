package io.copychunk.client.copy.tree;

/** When a file that exists in the target is left as it is. */
public enum Compare {
  /** Never: it is replaced. */
  NONE,

  /** When it is not older than its source. */
  AGE,

  /**
   * When it has the size of its source, and its time of the last change; one without fractions of a
   * second stands for all fractions, for there are servers that do not keep them.
   */
  SIZE_AND_TIME,

  /** When it has the content of its source. Both are read over the network to know. */
  CONTENT
}
