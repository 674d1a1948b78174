package io.copychunk.client.copy.tree;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A path of a list of what is to be copied, or what stands there instead of one. Immutable.
 *
 * @param path from the tree's root, with backslashes; as it was written where it is refused
 * @param line which one of the list it is, from 1
 * @param refusal why it can not be a path of the tree, or null when it can
 */
public record ListedPath(String path, long line, @Nullable String refusal) {
  /** The most UTF-16 units of a path. */
  public static final int MAX_LENGTH = 32_767;

  /**
   * Takes a path from a list.
   *
   * @param text names with slashes or backslashes between them; a dot for the directory itself, and a
   *     separator at the end, may be there and mean nothing
   * @param line which one of the list it is, from 1
   * @return the path, or why there can be none such
   */
  public static ListedPath of(String text, long line) {
    String whole = text.replace('/', '\\');
    if (whole.length() > MAX_LENGTH) {
      return refused(
          whole.substring(0, 32) + "…", line, "longer than " + MAX_LENGTH + " UTF-16 units");
    }
    if (whole.startsWith("\\")) {
      return refused(text, line, "an absolute path; expected is one from SRC");
    }
    List<String> names = new ArrayList<>();
    for (String name : whole.split("\\\\", -1)) {
      if (name.equals("..")) {
        return refused(text, line, "\"..\" leads out of the tree");
      }
      if (!name.isEmpty() && !name.equals(".")) {
        names.add(name);
      }
    }
    if (names.isEmpty()) {
      return refused(text, line, "the directory itself, not what is to be copied of it");
    }
    if (whole.indexOf(':') >= 0) {
      return refused(text, line, "no name on a server has a colon");
    }
    return whole.indexOf('\0') >= 0
        ? refused(text.replace('\0', '␀'), line, "NUL character")
        : new ListedPath(String.join("\\", names), line, null);
  }

  static ListedPath refused(String text, long line, String why) {
    return new ListedPath(text, line, why);
  }

  /** The path of the directory that it is in; empty for the root. */
  String parent() {
    return parentOf(path);
  }

  /** Its last name. */
  String name() {
    return nameOf(path);
  }

  static String parentOf(String path) {
    int end = path.lastIndexOf('\\');
    return end < 0 ? "" : path.substring(0, end);
  }

  static String nameOf(String path) {
    return path.substring(path.lastIndexOf('\\') + 1);
  }
}
