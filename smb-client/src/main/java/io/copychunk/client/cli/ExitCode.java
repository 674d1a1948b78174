package io.copychunk.client.cli;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** How the command ends; scripts rely on the numbers. */
enum ExitCode {
  DONE(0, "done"),
  FAILED(1, "some failed, or for a reason that no other code stands for"),
  USAGE(
      2,
      "wrong usage, no password, a file for secrets that exists, or one for secrets or events that can not be used"),
  NOT_FOUND(3, "no such share or file"),
  DENIED(4, "not logged in, or not permitted"),
  UNSUPPORTED(5, "the server does not support it"),
  CONNECTION(
      6, "no connection, no answer in time, or it broke, by a server that breaks the protocol too"),
  NOT_GENUINE(
      7, "an answer is not genuine: somebody on the path may alter messages; whatever else failed"),
  INTERRUPTED(130, "interrupted (INT)"),
  /** What Java makes of the signal by itself. */
  TERMINATED(143, "terminated (TERM)");

  private final int number;
  private final String meaning;

  ExitCode(int number, String meaning) {
    this.number = number;
    this.meaning = meaning;
  }

  /**
   * Several targets: what all of them failed with, and {@link #FAILED} when they differ. An attack is not to be drowned
   * by other failures, nor by what went well before it.
   */
  static ExitCode of(int succeeded, Collection<ExitCode> failures) {
    if (failures.isEmpty()) {
      return DONE;
    }
    Set<ExitCode> kinds = Set.copyOf(failures);
    if (kinds.contains(NOT_GENUINE)) {
      return NOT_GENUINE;
    }
    return succeeded == 0 && kinds.size() == 1 ? kinds.iterator().next() : FAILED;
  }

  /** Number and meaning of each, for the help. */
  static Map<String, String> meanings() {
    Map<String, String> meanings = new LinkedHashMap<>();
    for (ExitCode code : values()) {
      meanings.put(Integer.toString(code.number), code.meaning);
    }
    return meanings;
  }

  int number() {
    return number;
  }
}
