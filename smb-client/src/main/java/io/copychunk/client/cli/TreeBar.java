package io.copychunk.client.cli;

import io.copychunk.client.copy.CopyMethod;
import io.copychunk.client.copy.tree.TreeProgress;
import java.time.Duration;
import java.util.Locale;
import java.util.stream.Collectors;

/** A line on the terminal that says how far a tree is; nowhere else, and only while it is copied. */
final class TreeBar implements AutoCloseable {
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
    return String.format(
        Locale.ROOT,
        "%,d of %,d%s files  %s of %s%s  %s  %,.0f files/s  %s/s  %s left%s",
        progress.files(),
        progress.knownFiles(),
        more,
        Units.bytes(progress.bytes()),
        Units.bytes(progress.knownBytes()),
        more,
        serverSide(progress),
        rate(progress, progress.files()),
        Units.bytes(rate(progress, progress.bytes())),
        remaining(progress),
        progress.failed() == 0 ? "" : "  " + progress.failed() + " failed");
  }

  /** What came of it, in a line. */
  static String summary(TreeProgress progress) {
    String methods = progress.methods().entrySet().stream()
        .sorted(java.util.Map.Entry.comparingByKey())
        .map(each -> each.getKey() + " " + Units.bytes(each.getValue()))
        .collect(Collectors.joining(", "));
    return String.format(
        Locale.ROOT,
        "%,d files in %,d directories, %s in %.1f s%s%s%s%s",
        progress.files(),
        progress.directories(),
        Units.bytes(progress.bytes()),
        progress.elapsed().toMillis() / 1e3,
        methods.isEmpty() ? "" : " (" + methods + ")",
        progress.skipped() == 0
            ? ""
            : String.format(Locale.ROOT, "; %,d left alone", progress.skipped()),
        progress.removed() == 0
            ? ""
            : String.format(Locale.ROOT, "; %,d removed", progress.removed()),
        progress.failed() == 0
            ? ""
            : String.format(Locale.ROOT, "; %,d failed", progress.failed()));
  }

  private static String serverSide(TreeProgress progress) {
    long all = progress.methods().values().stream().mapToLong(Long::longValue).sum();
    long streamed = progress.methods().getOrDefault(CopyMethod.STREAM, 0L);
    return all == 0 ? "" : (100 * (all - streamed) / all) + " % server-side";
  }

  private static double rate(TreeProgress progress, long count) {
    return count / Math.max(1e-3, progress.elapsed().toMillis() / 1e3);
  }

  /** By files where they are small, by bytes where they are large: whichever takes longer. */
  private static String remaining(TreeProgress progress) {
    if (!progress.walked() || progress.files() == 0) {
      return "-:--";
    }
    long files = progress.knownFiles() - progress.files() - progress.skipped() - progress.failed();
    double byFiles = files / rate(progress, progress.files());
    double byBytes = progress.bytes() == 0
        ? 0
        : (progress.knownBytes() - progress.bytes()) / rate(progress, progress.bytes());
    return Units.clock(Duration.ofMillis((long) (1000 * Math.max(0, Math.max(byFiles, byBytes)))));
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
