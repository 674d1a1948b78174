package io.copychunk.client.cli;

import io.copychunk.wire.PrintableText;
import org.jspecify.annotations.Nullable;

/**
 * Why something failed, for the one line that the user gets.
 *
 * @param exitCode how the command ends if this is all that happened
 * @param what what failed, such as "no such share"
 * @param where what it was about, such as a URL; may be empty
 * @param why the details
 * @param advice what to try, or null
 */
record Failure(
    ExitCode exitCode,
    String what,
    String where,
    String why,
    @Nullable String advice) {
  /** Wrong usage. */
  static Failure usage(String what, String where, String why, @Nullable String advice) {
    return new Failure(ExitCode.USAGE, what, where, why, advice);
  }

  /** The line, with nothing in it that a terminal would obey. */
  String line() {
    return "copychunk: " + text();
  }

  /** The same without the name of the command. */
  String text() {
    StringBuilder line = new StringBuilder(what);
    if (!where.isEmpty()) {
      line.append(": ").append(where);
    }
    if (!why.isEmpty()) {
      line.append(": ").append(why);
    }
    if (advice != null) {
      line.append("; try: ").append(advice);
    }
    return PrintableText.of(line.toString());
  }
}
