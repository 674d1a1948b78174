package io.copychunk.client.cli;

import io.copychunk.client.copy.CopyProgress;
import java.time.Duration;
import java.util.function.Consumer;

/** One line at the bottom of a terminal that tells how far a copy is. Nothing elsewhere. Thread-safe. */
final class ProgressBar implements Consumer<CopyProgress>, AutoCloseable {
  private static final long NANOS_BETWEEN = 100_000_000;
  private static final int CELLS = 24;

  private final Terminal terminal;
  private final boolean shown;
  private long lastDrawn = System.nanoTime();
  private boolean drawn;

  ProgressBar(Terminal terminal, boolean wanted) {
    this.terminal = terminal;
    this.shown = wanted && terminal.isInteractive();
  }

  @Override
  public synchronized void accept(CopyProgress progress) {
    long now = System.nanoTime();
    if (shown && now - lastDrawn >= NANOS_BETWEEN) {
      lastDrawn = now;
      drawn = true;
      terminal.redraw(line(progress));
    }
  }

  /** What the line says. */
  static String line(CopyProgress progress) {
    double part = progress.size() == 0 ? 1 : (double) progress.bytes() / progress.size();
    int full = (int) (part * CELLS);
    String remaining = progress.bytesPerSecond() > 0
        ? Units.clock(Duration.ofMillis(
            (long) (1000 * (progress.size() - progress.bytes()) / progress.bytesPerSecond())))
        : "-:--";
    String name = progress.source().substring(progress.source().lastIndexOf('\\') + 1);
    return "%s %s%s %3d %%  %s of %s  %s/s  %s left  %s"
        .formatted(
            name.length() > 24 ? name.substring(0, 23) + "…" : name,
            "█".repeat(full),
            "░".repeat(CELLS - full),
            (int) (100 * part),
            Units.bytes(progress.bytes()),
            Units.bytes(progress.size()),
            Units.bytes(progress.bytesPerSecond()),
            remaining,
            progress.method());
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
