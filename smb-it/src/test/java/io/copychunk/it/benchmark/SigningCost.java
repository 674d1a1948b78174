package io.copychunk.it.benchmark;

import io.copychunk.client.config.SecurityPolicy;
import io.copychunk.client.config.SmbConfig;
import io.copychunk.crypto.SigningAlgorithm;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * What signing costs: resume keys per second on a real Samba server without it and with each kind
 * of it, in one run, and the CPU time that a key takes on either side. All connections are open from
 * the start and take turns, each round beginning with another one; the medians count.
 */
public final class SigningCost {
  private static final int FILES = 2_000;
  private static final int WARM_UP_ROUNDS = 4;
  private static final int ROUNDS = 15;
  private static final int KEYS_A_ROUND = 5_000;

  private SigningCost() {}

  /**
   * Runs the benchmark.
   *
   * @param args how many rounds count (default 15)
   * @throws Exception when the server can not be started, or a client fails
   */
  public static void main(String[] args) throws Exception {
    int rounds = args.length == 0 ? ROUNDS : Integer.parseInt(args[0]);
    try (BenchmarkServer server = BenchmarkServer.start();
        Candidates candidates = new Candidates(server)) {
      System.out.printf(
          "%s; %d distinct files, one connection each, window %d; medians of %d rounds, %d keys each%n%n",
          server.description(), FILES, CopychunkKeys.WINDOW, rounds, KEYS_A_ROUND);
      candidates.add("not signed", security -> security.signing(SecurityPolicy.Signing.IF_OFFERED));
      for (SigningAlgorithm algorithm : SigningAlgorithm.values()) {
        candidates.add(
            "signed, " + algorithm, security -> security.signingAlgorithms(List.of(algorithm)));
      }
      candidates.run(rounds);
      candidates.print();
    }
  }

  /** One way to protect a session, and how it did. */
  private record Candidate(String label, CopychunkKeys keys, List<Turn> turns) {
    /** The median of what it reached in each round, compared with another one's same round. */
    double ratioTo(Candidate other) {
      return IntStream.range(0, turns.size())
          .mapToDouble(i -> turns.get(i).perSecond() / other.turns.get(i).perSecond())
          .sorted()
          .toArray()[turns.size() / 2];
    }
  }

  private static final class Candidates implements AutoCloseable {
    private final BenchmarkServer server;
    private final List<String> names;
    private final List<Candidate> all = new ArrayList<>();

    Candidates(BenchmarkServer server) throws Exception {
      this.server = server;
      this.names = server.createFiles(FILES);
    }

    void add(String label, UnaryOperator<SecurityPolicy.Builder> security) throws Exception {
      SmbConfig config = SmbConfig.builder().security(security).build();
      CopychunkKeys keys = new CopychunkKeys(server, config, names);
      all.add(new Candidate(label, keys, new ArrayList<>()));
    }

    void run(int rounds) throws Exception {
      for (int round = -WARM_UP_ROUNDS; round < rounds; round++) {
        for (int i = 0; i < all.size(); i++) {
          Candidate candidate = all.get(Math.floorMod(i + round, all.size()));
          Turn turn = Turn.take(candidate.keys, KEYS_A_ROUND, server);
          if (round >= 0) {
            candidate.turns.add(turn);
          }
        }
      }
    }

    void print() {
      System.out.println(
          "| session | keys/s | of the first | client CPU a key | server CPU a key |");
      System.out.println("|---|---|---|---|---|");
      for (Candidate candidate : all) {
        Turn median = Turn.median(candidate.turns);
        System.out.printf(
            Locale.ROOT,
            "| %s | %,.0f | %.1f %% | %.1f µs | %.1f µs |%n",
            candidate.label,
            median.perSecond(),
            100 * candidate.ratioTo(all.get(0)),
            median.clientCpu(),
            median.serverCpu());
      }
    }

    @Override
    public void close() throws Exception {
      for (Candidate candidate : all) {
        candidate.keys.close();
      }
    }
  }
}
