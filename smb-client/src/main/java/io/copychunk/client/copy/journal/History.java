package io.copychunk.client.copy.journal;

import io.copychunk.client.copy.internal.LongTable;
import io.copychunk.client.copy.journal.JournalRecord.Begin;
import io.copychunk.client.copy.journal.JournalRecord.Begun;
import io.copychunk.client.copy.journal.JournalRecord.Done;
import io.copychunk.client.copy.journal.JournalRecord.Made;
import io.copychunk.client.copy.journal.JournalRecord.Temporary;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a journal says of earlier processes, in eleven bytes for each file that was copied. Immutable once
 * it is read.
 */
final class History {
  private final LongTable done;
  private final LongTable made;

  /** Files that were begun and are not known to be done, with what they were to replace. */
  private final Map<Long, Long> begun = new HashMap<>();

  private final List<Temporary> temporaries = new ArrayList<>();
  private @Nullable Begin begin;
  private long length;

  private History(long done, long made) {
    this.done = new LongTable(0, done);
    this.made = new LongTable(0, made);
  }

  static History none() {
    return new History(0, 0);
  }

  /** Reads it twice: to know how much there is to remember, and to remember it. */
  static History read(Path file) throws IOException {
    long[] counts = new long[2];
    JournalFile.read(file, record -> {
      counts[0] += record instanceof Done ? 1 : 0;
      counts[1] += record instanceof Made ? 1 : 0;
    });
    History history = new History(counts[0], counts[1]);
    history.length = JournalFile.read(file, history::add);
    if (history.begin == null) {
      throw new FileSystemException(
          file.toString(), null, "it is no journal, or its begin is lost");
    }
    return history;
  }

  private void add(JournalRecord record) {
    if (record instanceof Begin first) {
      begin = first;
    } else if (record instanceof Made directory) {
      made.add(directory.path());
    } else if (record instanceof Begun file) {
      begun.put(file.path(), file.replaced());
    } else if (record instanceof Done file) {
      begun.remove(file.path());
      done.add(file.state());
    } else if (record instanceof Temporary directory) {
      temporaries.add(directory);
    }
  }

  Begin begin() {
    if (begin == null) {
      throw new IllegalStateException("nothing was read");
    }
    return begin;
  }

  /** How many bytes of the journal are whole. */
  long length() {
    return length;
  }

  boolean isEmpty() {
    return begin == null;
  }

  boolean isDone(long state) {
    return done.contains(state);
  }

  boolean wasMade(long path) {
    return made.contains(path);
  }

  /** Whether a file was begun, and another one is there than was before. */
  boolean wasReplaced(long path, long fileId) {
    Long before = begun.get(path);
    return before != null && before != fileId;
  }

  List<String> temporaries(int part) {
    return temporaries.stream()
        .filter(each -> each.part() == part)
        .map(Temporary::path)
        .toList();
  }
}
