package io.copychunk.it.benchmark.peers;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;

/** Figures as tables for Markdown, one for each case and way of protecting messages. */
final class MarkdownTable {
  private MarkdownTable() {}

  static String of(Figures figures) {
    StringBuilder text = new StringBuilder();
    for (String security : figures.securities()) {
      for (Case what : figures.cases(security)) {
        text.append("### ").append(what.title()).append(", ").append(security).append("\n\n");
        table(text, figures, security, what);
        text.append('\n');
      }
    }
    return text.toString();
  }

  private static void table(StringBuilder text, Figures figures, String security, Case what) {
    Set<Integer> delays = figures.delays();
    String units = what == Case.KEYS ? "key" : what == Case.LARGE ? "MB" : "file";
    row(text, "client", delays, delay -> delay + " ms, " + what.unit());
    text.setLength(text.length() - 1);
    text.append(" client CPU a ").append(units).append(", none / most | peak memory |\n");
    text.append("|---|").append("---:|".repeat(delays.size() + 2)).append('\n');
    for (String client : figures.clients()) {
      List<Took> all = delays.stream()
          .map(delay -> figures.median(new Figures.Key(security, what, delay, client)))
          .filter(Objects::nonNull)
          .toList();
      if (all.isEmpty()) {
        continue;
      }
      row(text, client, delays, delay -> {
        Took took = figures.median(new Figures.Key(security, what, delay, client));
        return took == null ? "—" : rate(took, what);
      });
      text.setLength(text.length() - 1);
      text.append(String.format(
          Locale.ROOT,
          " %,.0f / %,.0f µs | %,.0f MiB |%n",
          all.get(0).cpuMicros(),
          all.get(all.size() - 1).cpuMicros(),
          all.stream().mapToDouble(Took::peakMebibytes).max().orElseThrow()));
    }
  }

  private interface Cell {
    String of(int delay);
  }

  private static void row(StringBuilder text, String first, Set<Integer> delays, Cell cell) {
    text.append("| ")
        .append(first)
        .append(" | ")
        .append(delays.stream().map(cell::of).collect(Collectors.joining(" | ")))
        .append(" |\n");
  }

  private static String rate(Took took, Case what) {
    String rate =
        String.format(Locale.ROOT, took.perSecond() < 100 ? "%,.1f" : "%,.0f", took.perSecond());
    int all =
        what == Case.KEYS ? 20_000 : what == Case.SMALL ? 2000 : what == Case.MIXED ? 20_000 : 1;
    return took.count() < all ? rate + String.format(Locale.ROOT, " (of %,d)", took.count()) : rate;
  }
}
