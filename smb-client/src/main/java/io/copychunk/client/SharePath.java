package io.copychunk.client;

import java.nio.file.InvalidPathException;

/** The form in which names travel (2.2.13 Name, 2.2.9 PathName). */
final class SharePath {
  private static final int MAX_LENGTH = 32_767;

  /** MS-SRVS 2.2.1.2 allows 80. */
  private static final int MAX_SHARE_LENGTH = 255;

  private SharePath() {}

  /**
   * A path inside a share: components separated by backslashes, none at either end.
   *
   * @param path with slashes or backslashes; empty for the share's root
   * @return the path as it is sent
   */
  static String inside(String path) {
    String name = path.replace('/', '\\');
    int from = 0;
    int to = name.length();
    while (from < to && name.charAt(from) == '\\') {
      from++;
    }
    while (to > from && name.charAt(to - 1) == '\\') {
      to--;
    }
    name = name.substring(from, to);
    if (name.length() > MAX_LENGTH) {
      throw new InvalidPathException(
          name.substring(0, 32) + "…", "longer than " + MAX_LENGTH + " UTF-16 units");
    }
    for (String component : name.isEmpty() ? new String[0] : name.split("\\\\", -1)) {
      check(path, component);
    }
    return name;
  }

  /**
   * A share of a host.
   *
   * @param host the host as the user named it
   * @param share one component
   * @return the share as {@code \\host\share}
   */
  static String share(String host, String share) {
    if (share.indexOf('\\') >= 0 || share.indexOf('/') >= 0) {
      throw new InvalidPathException(share, "a share's name has no separators");
    }
    check(share, share);
    if (share.length() > MAX_SHARE_LENGTH) {
      throw new InvalidPathException(
          share.substring(0, 32) + "…", "longer than " + MAX_SHARE_LENGTH + " UTF-16 units");
    }
    return "\\\\" + host + "\\" + share;
  }

  private static void check(String path, String component) {
    if (component.isEmpty()) {
      throw new InvalidPathException(path, "empty component");
    }
    if (component.equals(".") || component.equals("..")) {
      throw new InvalidPathException(path, "\"" + component + "\" has no meaning to a server");
    }
    if (component.indexOf('\0') >= 0) {
      throw new InvalidPathException(path, "NUL character");
    }
  }
}
