package io.copychunk.it.benchmark.peers;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What a turn took.
 *
 * @param perSecond in the unit of its case
 * @param cpuMicros of the client, for a key, a file or a MB
 * @param peakMebibytes the most memory that the client has had so far (VmHWM)
 * @param count how many keys or files it was
 */
record Took(double perSecond, double cpuMicros, double peakMebibytes, int count) {
  static Took of(Work work, double seconds, double cpuSeconds, long peakKibibytes) {
    double units = work.units();
    return new Took(
        units / seconds,
        cpuSeconds * 1e6 / units,
        peakKibibytes / 1024.0,
        work.files().size());
  }

  /** The median of each figure. */
  static Took median(List<Took> all) {
    return new Took(
        median(all, Took::perSecond),
        median(all, Took::cpuMicros),
        median(all, Took::peakMebibytes),
        (int) median(all, Took::count));
  }

  private static double median(List<Took> all, ToDoubleFunction<Took> figure) {
    return all.stream().mapToDouble(figure).sorted().toArray()[all.size() / 2];
  }
}
