package io.copychunk.client.cli;

import java.time.Duration;
import java.util.Locale;

/** Sizes, rates and times as people read them. */
final class Units {
  private static final String[] PREFIXES = {"", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei"};

  private Units() {}

  /** Such as {@code 1.5 GiB}. */
  static String bytes(double count) {
    int prefix = 0;
    double value = count;
    while (value >= 1024 && prefix < PREFIXES.length - 1) {
      value /= 1024;
      prefix++;
    }
    return prefix == 0
        ? "%d B".formatted((long) value)
        : String.format(Locale.ROOT, value < 10 ? "%.1f %sB" : "%.0f %sB", value, PREFIXES[prefix]);
  }

  /** Such as {@code 1 file} or {@code 3,000 files}. */
  static String count(long count, String one, String several) {
    return String.format(Locale.ROOT, "%,d %s", count, count == 1 ? one : several);
  }

  /** Such as {@code 1:02:03} or {@code 0:07}. */
  static String clock(Duration duration) {
    long seconds = duration.toSeconds();
    return seconds >= 3600
        ? "%d:%02d:%02d".formatted(seconds / 3600, seconds / 60 % 60, seconds % 60)
        : "%d:%02d".formatted(seconds / 60, seconds % 60);
  }
}
