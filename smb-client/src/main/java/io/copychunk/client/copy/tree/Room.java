package io.copychunk.client.copy.tree;

/** How many names may be remembered at a time, of all directories together. Guarded by its run. */
final class Room {
  private int left;

  Room(int names) {
    this.left = names;
  }

  /** Whether there was room for another one, which is taken then. */
  boolean take() {
    if (left == 0) {
      return false;
    }
    left--;
    return true;
  }

  void giveBack(int names) {
    left += names;
  }
}
