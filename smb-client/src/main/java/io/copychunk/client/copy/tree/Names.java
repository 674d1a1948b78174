package io.copychunk.client.copy.tree;

import io.copychunk.client.copy.internal.Fingerprint;
import io.copychunk.client.copy.internal.LongTable;

/**
 * The names that were found in a directory, by which those that differ in case alone are noticed. Of
 * what there is no room for, nothing is noticed. Guarded by its run.
 */
final class Names {
  private static final int EXACT = 0;

  private final LongTable names = new LongTable(1, 0);
  private final Fingerprint fingerprint;
  private final Room room;

  /** What a name is to those before it. */
  enum Found {
    /** Nobody has it. */
    NEW,
    /** It is listed once more, as directories do that change meanwhile. */
    AGAIN,
    /** Another one differs from it in case alone. */
    IN_OTHER_CASE
  }

  Names(Fingerprint fingerprint, Room room) {
    this.fingerprint = fingerprint;
    this.room = room;
  }

  Found add(String name) {
    long exact = fingerprint.of(name);
    long folded = fingerprint.ofAnyCase(name);
    int row = names.find(folded);
    if (row >= 0) {
      return names.get(row, EXACT) == exact ? Found.AGAIN : Found.IN_OTHER_CASE;
    }
    if (room.take()) {
      names.set(names.add(folded), EXACT, exact);
    }
    return Found.NEW;
  }

  /** Forgets them. */
  void close() {
    room.giveBack(names.size());
  }
}
