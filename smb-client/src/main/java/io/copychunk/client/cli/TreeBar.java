package io.copychunk.client.cli;

import io.copychunk.client.copy.CopyMethod;
import io.copychunk.client.copy.tree.TreeProgress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** A line on the terminal that says how far a tree is; nowhere else, and only while it is copied. */
final class TreeBar implements AutoCloseable {
  /** Before that, what was done is mostly what it takes to begin. */
  private static final double SECONDS_BEFORE_GUESSING = 2;

  private final Terminal terminal;
  private final boolean shown;
  private boolean drawn;

  TreeBar(Terminal terminal, boolean wanted) {
    this.terminal = terminal;
    this.shown = wanted && terminal.isInteractive();
  }

  synchronized void draw(TreeProgress progress) {
    if (shown) {
      drawn = true;
      terminal.redraw(line(progress));
    }
  }

  /** What the line says. As long as there is more to be found, nobody knows when it ends. */
  static String line(TreeProgress progress) {
    String more = progress.walked() ? "" : "+";
    List<String> parts = new ArrayList<>();
    parts.add(String.format(
        Locale.ROOT,
        "%,d of %,d%s %s",
        progress.files(),
        progress.knownFiles(),
        more,
        progress.knownFiles() == 1 && progress.walked() ? "file" : "files"));
    parts.add(Units.bytes(progress.bytes()) + " of " + Units.bytes(progress.knownBytes()) + more);
    long all = progress.methods().values().stream().mapToLong(Long::longValue).sum();
    if (all > 0) {
      long streamed = progress.methods().getOrDefault(CopyMethod.STREAM, 0L);
      parts.add(100 * (all - streamed) / all + " % server-side");
    }
    parts.add(String.format(Locale.ROOT, "%,.0f files/s", progress.files() / seconds(progress)));
    parts.add(Units.bytes(progress.bytes() / seconds(progress)) + "/s");
    parts.add(remaining(progress) + " left");
    parts.addAll(exceptions(progress));
    return String.join("  ", parts);
  }

  /** What came of it, in a line. */
  static String summary(TreeProgress progress) {
    String methods = progress.methods().entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .map(each -> each.getKey() + " " + Units.bytes(each.getValue()))
        .collect(Collectors.joining(", "));
    List<String> parts = new ArrayList<>();
    parts.add(String.format(
        Locale.ROOT,
        "%s in %s, %s in %.1f s%s",
        Units.count(progress.files(), "file", "files"),
        Units.count(progress.directories(), "directory", "directories"),
        Units.bytes(progress.bytes()),
        progress.elapsed().toMillis() / 1e3,
        methods.isEmpty() ? "" : " (" + methods + ")"));
    parts.addAll(exceptions(progress));
    return String.join("; ", parts);
  }

  private static List<String> exceptions(TreeProgress progress) {
    List<String> exceptions = new ArrayList<>();
    if (progress.skipped() > 0) {
      exceptions.add(String.format(Locale.ROOT, "%,d left alone", progress.skipped()));
    }
    if (progress.removed() > 0) {
      exceptions.add(String.format(Locale.ROOT, "%,d removed", progress.removed()));
    }
    if (progress.failed() > 0) {
      exceptions.add(String.format(Locale.ROOT, "%,d failed", progress.failed()));
    }
    return exceptions;
  }

  private static double seconds(TreeProgress progress) {
    return Math.max(1e-3, progress.elapsed().toMillis() / 1e3);
  }

  /**
   * By files where they are small, by bytes where they are large: whichever takes longer. What is left out, or fails,
   * counts as if it had the size of the others.
   */
  private static String remaining(TreeProgress progress) {
    double done = progress.files() + progress.skipped() + progress.failed();
    boolean isBegun = done > 0 || progress.bytes() > 0;
    if (!progress.walked() || !isBegun || seconds(progress) < SECONDS_BEFORE_GUESSING) {
      return "-:--";
    }
    double parts = done == 0 ? 0 : (progress.knownFiles() - done) / done;
    if (progress.bytes() > 0) {
      double others = progress.files() == 0 ? 1 : done / progress.files();
      double bytes = progress.bytes() * others;
      parts = Math.max(parts, (progress.knownBytes() - bytes) / bytes);
    }
    return Units.clock(Duration.ofMillis((long) (1000 * Math.max(0, parts) * seconds(progress))));
  }

  /** Removes the line. */
  @Override
  public synchronized void close() {
    if (drawn) {
      terminal.redraw("");
      drawn = false;
    }
  }
}
