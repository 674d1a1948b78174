package io.copychunk.testing;

import io.copychunk.fscc.FileStreamInformation;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Files by their names, in memory. Names are compared as they are; a stream is a file of its own here,
 * whose name begins with that of the file that has it. Confined to one thread at a time.
 */
final class MemoryVolume {
  private final Map<String, Content> files = new TreeMap<>();
  private long lastId = 0x100;

  /** What a name stands for, whatever the name is. */
  static final class Content {
    final long id;
    byte[] bytes;
    long lastWriteTime = 1000;

    private Content(long id, byte[] bytes) {
      this.id = id;
      this.bytes = bytes;
    }

    void write(long offset, byte[] data) {
      int end = Math.toIntExact(offset + data.length);
      if (end > bytes.length) {
        bytes = Arrays.copyOf(bytes, end);
      }
      System.arraycopy(data, 0, bytes, (int) offset, data.length);
    }

    void resize(long size) {
      bytes = Arrays.copyOf(bytes, Math.toIntExact(size));
    }
  }

  /** A number that nothing else has. */
  long newId() {
    return ++lastId;
  }

  Content create(String name, byte[] bytes) {
    Content content = new Content(newId(), bytes);
    files.put(name, content);
    return content;
  }

  @Nullable
  Content find(String name) {
    return files.get(name);
  }

  List<String> names() {
    return List.copyOf(files.keySet());
  }

  void delete(String name) {
    files.remove(name);
  }

  /** Gives a file another name, and its streams with it. */
  void rename(String from, String to) {
    for (String name : names()) {
      if (name.equals(from) || name.startsWith(from + ":")) {
        files.put(to + name.substring(from.length()), files.remove(name));
      }
    }
  }

  /** The streams of a file, its own data first. */
  List<FileStreamInformation.Stream> streams(String of) {
    List<FileStreamInformation.Stream> streams = new ArrayList<>();
    files.forEach((name, content) -> {
      int size = content.bytes.length;
      if (name.equals(of)) {
        streams.add(new FileStreamInformation.Stream("::$DATA", size, size));
      } else if (name.startsWith(of + ":")) {
        streams.add(new FileStreamInformation.Stream(name.substring(of.length()), size, size));
      }
    });
    return streams;
  }
}
