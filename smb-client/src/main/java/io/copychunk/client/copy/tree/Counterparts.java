package io.copychunk.client.copy.tree;

import io.copychunk.client.copy.internal.Fingerprint;
import io.copychunk.client.copy.internal.LongTable;
import io.copychunk.fscc.FileAttributes;
import io.copychunk.fscc.FileIdBothDirectoryInformation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What there was in a directory of the target when its copy began. Guarded by its run. */
final class Counterparts {
  private static final int SIZE = 0;
  private static final int TIME = 1;
  private static final int ID = 2;

  /** Stands for the size of what is no file. */
  private static final long DIRECTORY = -1;

  private final LongTable entries = new LongTable(3, 0);
  private final Fingerprint fingerprint;
  private final Room room;

  Counterparts(Fingerprint fingerprint, Room room) {
    this.fingerprint = fingerprint;
    this.room = room;
  }

  /**
   * Adds some.
   *
   * @throws IllegalStateException when there is no room for all of them
   */
  void add(List<FileIdBothDirectoryInformation> page) {
    for (FileIdBothDirectoryInformation entry : page) {
      if (!room.take()) {
        throw new IllegalStateException("no room is left");
      }
      int row = entries.add(fingerprint.ofAnyCase(entry.fileName()));
      if (row < 0) { // in another case, or listed twice
        room.giveBack(1);
        row = -1 - row;
      }
      FileAttributes attributes = entry.fileAttributes();
      boolean isDirectory = attributes.isDirectory() && !attributes.isReparsePoint();
      entries.set(row, SIZE, isDirectory ? DIRECTORY : entry.endOfFile());
      entries.set(row, TIME, entry.lastWriteTime());
      entries.set(row, ID, entry.fileId());
    }
  }

  /** What there was under this name, whatever its case, or null. */
  @Nullable
  Counterpart find(String name) {
    int row = entries.find(fingerprint.ofAnyCase(name));
    if (row < 0) {
      return null;
    }
    long size = entries.get(row, SIZE);
    return new Counterpart(
        Math.max(0, size), entries.get(row, TIME), entries.get(row, ID), size == DIRECTORY);
  }

  /** Forgets them. */
  void close() {
    room.giveBack(entries.size());
  }
}
