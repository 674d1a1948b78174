package io.copychunk.client.internal.session;

import io.copychunk.wire.MalformedMessageException;
import io.copychunk.wire.PrintableText;

/** What a server may call the entries of a directory: what could lead elsewhere is none. */
final class DirectoryNames {
  /** Of a component in MS-FSCC 2.1.5. */
  private static final int MAX_LENGTH = 255;

  private DirectoryNames() {}

  /** Refuses what can not be the name of one entry. */
  static void check(String name) {
    boolean bad = name.isEmpty()
        || name.length() > MAX_LENGTH
        || name.indexOf('\\') >= 0
        || name.indexOf('/') >= 0
        || name.indexOf('\0') >= 0;
    if (bad) {
      throw new MalformedMessageException("FileName: \"" + PrintableText.of(name)
          + "\" (expected: 1.." + MAX_LENGTH + " characters, no separator, no NUL)");
    }
  }

  static boolean isSelf(String name) {
    return name.equals(".");
  }

  static boolean isParent(String name) {
    return name.equals("..");
  }
}
