package io.copychunk.it.benchmark;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/**
 * What one client did in one round.
 *
 * @param perSecond keys per second
 * @param clientCpu microseconds of this process's CPU that a key took
 * @param serverCpu microseconds of the server's CPU that a key took
 */
record Turn(double perSecond, double clientCpu, double serverCpu) {
  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  static Turn take(Keys keys, int count, BenchmarkServer server) throws Exception {
    Duration serverBefore = server.cpu();
    long clientBefore = PROCESS.getProcessCpuTime();
    long start = System.nanoTime();
    keys.get(count);
    double nanos = System.nanoTime() - start;
    double client = PROCESS.getProcessCpuTime() - clientBefore;
    double ofServer = server.cpu().minus(serverBefore).toNanos();
    return new Turn(count * 1e9 / nanos, client / 1e3 / count, ofServer / 1e3 / count);
  }

  /** The median of each figure. */
  static Turn median(List<Turn> turns) {
    return new Turn(
        median(turns, Turn::perSecond),
        median(turns, Turn::clientCpu),
        median(turns, Turn::serverCpu));
  }

  private static double median(List<Turn> turns, ToDoubleFunction<Turn> figure) {
    return turns.stream().mapToDouble(figure).sorted().toArray()[turns.size() / 2];
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%,8.0f/s %5.1f µs CPU", perSecond, clientCpu);
  }
}
