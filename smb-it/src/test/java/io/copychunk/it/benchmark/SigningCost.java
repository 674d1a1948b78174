package io.copychunk.it.benchmark;

import io.copychunk.client.SessionSecurity;
import io.copychunk.client.config.SecurityPolicy;
import io.copychunk.client.config.SmbConfig;
import io.copychunk.crypto.SigningAlgorithm;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What signing costs: resume keys per second on a real Samba server with each kind of it, beside a
 * session that is not signed. The two take short turns, each pair in the other order than the one
 * before it, so that what slows the machine for a while slows both; the median of the pairs' ratios
 * counts, and its error is told. So is the CPU time of a key on either side, over all turns: what
 * the server takes for its own signatures no client can save.
 */
public final class SigningCost {
  private static final int FILES = 2_000;
  private static final int WARM_UP_PAIRS = 10;
  private static final int PAIRS = 100;
  private static final int KEYS_A_TURN = 2_500;

  private SigningCost() {}

  /**
   * Runs the benchmark.
   *
   * @param args how many pairs count for each algorithm (default 100)
   * @throws Exception when the server can not be started, or a client fails
   */
  public static void main(String[] args) throws Exception {
    int pairs = args.length == 0 ? PAIRS : Integer.parseInt(args[0]);
    try (BenchmarkServer server = BenchmarkServer.start()) {
      List<String> names = server.createFiles(FILES);
      System.out.printf(
          "%s; %d distinct files, one connection each, window %d; %d pairs of turns, %d keys each%n%n",
          server.description(), FILES, CopychunkKeys.WINDOW, pairs, KEYS_A_TURN);
      System.out.println("| signed with | keys/s | not signed, in turn | ratio | client CPU a key"
          + " | not signed | server CPU a key | not signed |");
      System.out.println("|---|---:|---:|---:|---:|---:|---:|---:|");
      for (SigningAlgorithm algorithm : SigningAlgorithm.values()) {
        try (CopychunkKeys plain = unsigned(server, names);
            CopychunkKeys signed = signed(server, names, algorithm)) {
          System.out.println(row(algorithm, Pair.take(pairs, signed, plain, server)));
        }
      }
    }
  }

  private static CopychunkKeys unsigned(BenchmarkServer server, List<String> names)
      throws Exception {
    return keys(server, names, s -> s.signing(SecurityPolicy.Signing.IF_OFFERED), null);
  }

  private static CopychunkKeys signed(
      BenchmarkServer server, List<String> names, SigningAlgorithm algorithm) throws Exception {
    return keys(server, names, s -> s.signingAlgorithms(List.of(algorithm)), algorithm);
  }

  private static CopychunkKeys keys(
      BenchmarkServer server,
      List<String> names,
      UnaryOperator<SecurityPolicy.Builder> policy,
      @Nullable SigningAlgorithm expected)
      throws Exception {
    CopychunkKeys keys =
        new CopychunkKeys(server, SmbConfig.builder().security(policy).build(), names);
    SessionSecurity security = keys.security();
    if (!Objects.equals(security.signing(), expected) || security.encryption() != null) {
      keys.close();
      throw new IllegalStateException(security + " (expected: signing " + expected + ")");
    }
    return keys;
  }

  /** A turn with signatures and a turn without, one right after the other. */
  private record Pair(Turn signed, Turn plain) {
    static List<Pair> take(int count, Keys signed, Keys plain, BenchmarkServer server)
        throws Exception {
      List<Pair> pairs = new ArrayList<>();
      for (int i = -WARM_UP_PAIRS; i < count; i++) {
        Pair pair = take(signed, plain, server, i % 2 == 0);
        if (i >= 0) {
          pairs.add(pair);
        }
      }
      return pairs;
    }

    private static Pair take(Keys signed, Keys plain, BenchmarkServer server, boolean signedFirst)
        throws Exception {
      Turn first = Turn.take(signedFirst ? signed : plain, KEYS_A_TURN, server);
      Turn second = Turn.take(signedFirst ? plain : signed, KEYS_A_TURN, server);
      return signedFirst ? new Pair(first, second) : new Pair(second, first);
    }

    double ratio() {
      return signed.perSecond() / plain.perSecond();
    }
  }

  private static String row(SigningAlgorithm algorithm, List<Pair> pairs) {
    double[] ratios = pairs.stream().mapToDouble(Pair::ratio).sorted().toArray();
    double middleHalf = ratios[ratios.length * 3 / 4] - ratios[ratios.length / 4];
    // The standard error of a median, of the quartiles: 1.25 · (range / 1.35) / √n.
    double error = 1.25 * middleHalf / 1.35 / Math.sqrt(ratios.length);
    return String.format(
        Locale.ROOT,
        "| %s | %,.0f | %,.0f | %.1f %% ± %.1f | %.1f µs | %.1f µs | %.1f µs | %.1f µs |",
        algorithm,
        Turn.median(pairs.stream().map(Pair::signed).toList()).perSecond(),
        Turn.median(pairs.stream().map(Pair::plain).toList()).perSecond(),
        100 * ratios[ratios.length / 2],
        100 * error,
        mean(pairs, pair -> pair.signed().clientCpu()),
        mean(pairs, pair -> pair.plain().clientCpu()),
        mean(pairs, pair -> pair.signed().serverCpu()),
        mean(pairs, pair -> pair.plain().serverCpu()));
  }

  private static double mean(List<Pair> pairs, ToDoubleFunction<Pair> figure) {
    return pairs.stream().mapToDouble(figure).average().orElseThrow();
  }
}
