package io.copychunk.client.cli;

import org.jspecify.annotations.Nullable;

/**
 * What a probe has found out.
 *
 * @param name of what was tried, as programs know it
 * @param works whether the server can, or null where that is no question
 * @param detail what it is, how it was seen, or why not
 */
record Finding(String name, @Nullable Boolean works, String detail) {
  static Finding fact(String name, String detail) {
    return new Finding(name, null, detail);
  }

  static Finding yes(String name, String detail) {
    return new Finding(name, true, detail);
  }

  static Finding no(String name, String detail) {
    return new Finding(name, false, detail);
  }
}
