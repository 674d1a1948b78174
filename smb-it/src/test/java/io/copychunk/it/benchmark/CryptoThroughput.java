package io.copychunk.it.benchmark;

import io.copychunk.it.benchmark.ProtectedMessage.Implementation;
import io.copychunk.it.benchmark.ProtectedMessage.Protection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * How fast messages are signed and verified, encrypted and decrypted, beside Bouncy Castle and
 * beside the bare calls of the JDK's ciphers, which are the machine's limit. Each measurement is a
 * JMH fork of its own; those that are compared follow each other. The best of some rounds counts:
 * whatever else a shared machine does makes a fork slower, never faster, and so does a compiler that
 * comes late, as it may for GCM and GMAC, whose loops are forty times slower before.
 */
public final class CryptoThroughput {
  private static final int DEFAULT_ROUNDS = 3;
  private static final List<Integer> SIZES = List.of(256, 64 * 1024, 1024 * 1024);

  private CryptoThroughput() {}

  /**
   * Runs the benchmark.
   *
   * @param args the number of rounds, the protections to measure (such as AES_GMAC), separated by
   *     commas, and the sizes in bytes likewise; what is left out is 3, all, and all
   * @throws RunnerException when a fork fails
   */
  public static void main(String[] args) throws RunnerException {
    int rounds = args.length > 0 ? Integer.parseInt(args[0]) : DEFAULT_ROUNDS;
    List<Protection> protections = args.length > 1
        ? Arrays.stream(args[1].split(",")).map(Protection::valueOf).toList()
        : List.of(Protection.values());
    List<Integer> sizes = args.length > 2
        ? Arrays.stream(args[2].split(",")).map(Integer::valueOf).toList()
        : SIZES;
    Map<Cell, List<Map<Implementation, Double>>> measured = new LinkedHashMap<>();
    for (int round = 1; round <= rounds; round++) {
      for (Protection protection : protections) {
        for (int size : sizes) {
          Cell cell = new Cell(protection, size);
          Map<Implementation, Double> speeds = measure(cell);
          measured.computeIfAbsent(cell, key -> new ArrayList<>()).add(speeds);
          System.out.printf(Locale.ROOT, "round %d %s %s%n", round, cell, speeds);
        }
      }
    }
    print(measured);
  }

  /** One row of the table. */
  private record Cell(Protection protection, int size) {}

  private static Map<Implementation, Double> measure(Cell cell) throws RunnerException {
    Map<Implementation, Double> speeds = new EnumMap<>(Implementation.class);
    for (Implementation implementation : Implementation.values()) {
      RunResult result = new Runner(new OptionsBuilder()
              .include("\\b" + ProtectedMessage.class.getSimpleName() + "\\b")
              .param("protection", cell.protection().name())
              .param("size", Integer.toString(cell.size()))
              .param("implementation", implementation.name())
              .mode(Mode.AverageTime)
              .timeUnit(TimeUnit.NANOSECONDS)
              .forks(1)
              .warmupIterations(4)
              .warmupTime(TimeValue.seconds(2))
              .measurementIterations(5)
              .measurementTime(TimeValue.milliseconds(300))
              .shouldFailOnError(true)
              .verbosity(VerboseMode.SILENT)
              .build())
          .runSingle();
      double nanos = result.getPrimaryResult().getStatistics().getPercentile(50);
      speeds.put(implementation, 2.0 * cell.size() * 1e3 / nanos);
    }
    return speeds;
  }

  private static void print(Map<Cell, List<Map<Implementation, Double>>> measured) {
    System.out.println(
        "| algorithm | bytes | bare JDK | Copychunk, heap | direct | Bouncy Castle |");
    System.out.println("|---|---:|---:|---:|---:|---:|");
    measured.forEach((cell, rounds) -> System.out.printf(
        Locale.ROOT,
        "| %s | %,d | %,.0f | %s | %s | %s |%n",
        cell.protection(),
        cell.size(),
        best(rounds, Implementation.JDK),
        compared(rounds, Implementation.COPYCHUNK_HEAP),
        compared(rounds, Implementation.COPYCHUNK_DIRECT),
        compared(rounds, Implementation.BOUNCY_CASTLE)));
  }

  /** The speed, and its share of the bare JDK's. */
  private static String compared(
      List<Map<Implementation, Double>> rounds, Implementation implementation) {
    double speed = best(rounds, implementation);
    return String.format(
        Locale.ROOT, "%,.0f (%.0f %%)", speed, 100 * speed / best(rounds, Implementation.JDK));
  }

  private static double best(
      List<Map<Implementation, Double>> rounds, Implementation implementation) {
    return rounds.stream()
        .mapToDouble(speeds -> speeds.get(implementation))
        .max()
        .orElseThrow();
  }
}
