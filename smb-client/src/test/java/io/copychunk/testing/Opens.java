package io.copychunk.testing;

import io.copychunk.testing.MemoryVolume.Content;
import io.copychunk.wire.FileId;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What clients have open of a {@link MemoryVolume}. Confined to one thread at a time. */
final class Opens {
  private final Map<FileId, Opened> opens = new HashMap<>();
  private FileId previous = FileId.PREVIOUS;

  static final class Opened {
    final Content content;
    String name;
    boolean deletePending;

    private Opened(String name, Content content) {
      this.name = name;
      this.content = content;
    }
  }

  void add(FileId fileId, String name, Content content) {
    opens.put(fileId, new Opened(name, content));
    previous = fileId;
  }

  /** What a request means by a FileId. */
  FileId named(FileId fileId) {
    return fileId.equals(FileId.PREVIOUS) ? previous : fileId;
  }

  @Nullable
  Opened find(FileId fileId) {
    return opens.get(named(fileId));
  }

  Opened get(FileId fileId) {
    Opened opened = find(fileId);
    if (opened == null) {
      throw new AssertionError("no open: " + fileId);
    }
    return opened;
  }

  @Nullable
  Opened remove(FileId fileId) {
    return opens.remove(named(fileId));
  }
}
