package io.copychunk.client.internal.transport;

/** What keeps others from changing a message, or from reading it too; the weakest first. */
public enum Protection {
  /** Nothing: what comes before there is a key, and what guests and anonymous users exchange. */
  NONE,
  /** A signature in its header (3.1.4.1). */
  SIGNED,
  /** A TRANSFORM_HEADER around its frame (3.1.4.3). */
  ENCRYPTED;

  /**
   * Whether a message that is protected so is good enough.
   *
   * @param required what it takes
   * @return whether this is as strong or stronger
   */
  public boolean isAtLeast(Protection required) {
    return compareTo(required) >= 0;
  }

  /**
   * The stronger of two.
   *
   * @param other the other
   * @return this or the other
   */
  public Protection or(Protection other) {
    return isAtLeast(other) ? this : other;
  }
}
