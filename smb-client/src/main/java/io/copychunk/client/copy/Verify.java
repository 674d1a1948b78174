package io.copychunk.client.copy;

/** How a copy is checked before it gets its name. */
public enum Verify {
  /** Not at all, but for what the server says itself. */
  NONE,
  /** By its size, asked of the server after the copy. */
  SIZE,
  /** By its content: both files are read over the network and compared, at the price of that. */
  FULL
}
