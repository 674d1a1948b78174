package io.copychunk.client.cli;

import io.copychunk.fscc.FileAttributes;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** The attributes of a file in words. */
final class Attributes {
  private static final Map<FileAttributes, String> NAMES = new LinkedHashMap<>();

  static {
    NAMES.put(FileAttributes.DIRECTORY, "directory");
    NAMES.put(FileAttributes.READONLY, "read-only");
    NAMES.put(FileAttributes.HIDDEN, "hidden");
    NAMES.put(FileAttributes.SYSTEM, "system");
    NAMES.put(FileAttributes.ARCHIVE, "archive");
    NAMES.put(FileAttributes.TEMPORARY, "temporary");
    NAMES.put(FileAttributes.SPARSE_FILE, "sparse");
    NAMES.put(FileAttributes.REPARSE_POINT, "reparse-point");
    NAMES.put(FileAttributes.COMPRESSED, "compressed");
    NAMES.put(FileAttributes.OFFLINE, "offline");
    NAMES.put(FileAttributes.NOT_CONTENT_INDEXED, "not-indexed");
    NAMES.put(FileAttributes.ENCRYPTED, "encrypted");
  }

  private Attributes() {}

  /** Such as {@code hidden, archive}; {@code none} when there is nothing to tell. */
  static String text(FileAttributes attributes) {
    String text = NAMES.entrySet().stream()
        .filter(entry -> attributes.has(entry.getKey()))
        .map(Map.Entry::getValue)
        .collect(Collectors.joining(", "));
    return text.isEmpty() ? "none" : text;
  }
}
