package io.copychunk.it.benchmark.peers;

import io.copychunk.it.benchmark.peers.Figures.Key;
import io.copychunk.it.fixture.DelayingProxy;
import io.copychunk.it.fixture.LoopFileSystem.Kind;
import io.copychunk.it.fixture.Repository;
import io.copychunk.it.fixture.SambaOn;
import io.copychunk.it.fixture.SambaServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Clients in turns on one Samba server: this library, its command, smbj, jcifs, smbclient and the local
 * cp. Each Java library has a process of its own that stays; programs are started for each turn. Two
 * rounds in which nothing is counted come first, for each case and delay, and more for what stays until it
 * has worked for some seconds. A client that would take long does
 * the first part of the work, and its rate counts. Every copy is checked, deleted, and written back
 * before the next turn. The file system is on a loop mount, so root runs this.
 */
public final class Race {
  private static final int FEW = 40;
  private static final int TRIALS = 2;
  private static final int MOST_TRIALS = 15;
  private static final double WARM_SECONDS = 20;
  private static final double MOST_SECONDS = 5;
  private static final int MEBIBYTES = 8192;
  private static final List<String> SHARES = List.of("work", "encrypted");

  private static final List<String> LIBRARIES =
      List.of("Copychunk", Library.IN_PLACE, "smbj", "jcifs");
  private static final List<String> KEYWORDS =
      List.of("fs", "rounds", "delays", "signed", "encrypted", "clients", "docs");
  private static final String COMMAND = "copychunk cp";
  private static final String SMBCLIENT = "smbclient scopy";
  private static final String CP = "cp (local)";
  private static final List<String> CLIENTS =
      Stream.concat(LIBRARIES.stream(), Stream.of(COMMAND, SMBCLIENT, CP)).toList();

  private final Options options;
  private final SambaServer server;
  private final Path lists;
  private final Figures figures = new Figures(CLIENTS);
  private final List<Contender> contenders = new ArrayList<>();
  private final Set<String> failing = new HashSet<>();

  /**
   * How it is run.
   *
   * @param kind the file system
   * @param rounds that count
   * @param delays round-trip times in milliseconds
   * @param signed cases with signing
   * @param encrypted cases with signing and encryption
   * @param clients those that take part, with hyphens for blanks
   * @param writesDocs whether the documents are written anew
   */
  private record Options(
      Kind kind,
      int rounds,
      List<Integer> delays,
      List<Case> signed,
      List<Case> encrypted,
      List<String> clients,
      boolean writesDocs) {
    static Options of(String[] args) {
      Map<String, String> named = new LinkedHashMap<>();
      for (String arg : args) {
        String[] parts = arg.split("=", 2);
        if (!KEYWORDS.contains(parts[0])) {
          throw new IllegalArgumentException(arg + " (expected: one of " + KEYWORDS + ")");
        }
        named.put(parts[0], parts.length > 1 ? parts[1] : "");
      }
      List<String> known = CLIENTS.stream().map(Options::word).toList();
      List<String> clients = list(named.getOrDefault("clients", String.join(",", known)));
      if (!known.containsAll(clients)) {
        throw new IllegalArgumentException("clients=" + clients + " (expected: of " + known + ")");
      }
      return new Options(
          Kind.valueOf(named.getOrDefault("fs", "ext4").toUpperCase(Locale.ROOT)),
          Integer.parseInt(named.getOrDefault("rounds", "5")),
          list(named.getOrDefault("delays", "0,10,50")).stream()
              .map(Integer::valueOf)
              .toList(),
          cases(named.getOrDefault("signed", "keys,large,small,mixed")),
          cases(named.getOrDefault("encrypted", "keys,large,small,mixed")),
          clients,
          named.containsKey("docs"));
    }

    boolean takes(String client) {
      return clients.contains(word(client));
    }

    private static String word(String client) {
      return client.replace(' ', '-');
    }

    private static List<Case> cases(String names) {
      return list(names).stream()
          .map(name -> Case.valueOf(name.toUpperCase(Locale.ROOT)))
          .toList();
    }

    private static List<String> list(String text) {
      return Arrays.stream(text.split(",")).filter(each -> !each.isEmpty()).toList();
    }
  }

  private Race(Options options, SambaServer server, Path lists) {
    this.options = options;
    this.server = server;
    this.lists = lists;
  }

  /**
   * Runs it.
   *
   * @param args {@code fs=ext4 rounds=5 delays=0,10,50 signed=keys,large,small,mixed encrypted=…
   *     clients=Copychunk,smbj,…}, each of which may be left out, and {@code docs} to write
   *     docs/peers.md and its picture anew
   * @throws Exception when a server can not be started, or a client fails
   */
  public static void main(String[] args) throws Exception {
    Options options = Options.of(args);
    Path lists = Files.createTempDirectory("peers");
    try (SambaOn samba = SambaOn.start(options.kind(), MEBIBYTES)) {
      new Race(options, samba.server(), lists).run();
    }
  }

  private void run() throws Exception {
    Programs.buildCopychunk();
    for (String library : LIBRARIES) {
      if (options.takes(library)) {
        contenders.add(new Library(library, lists));
      }
    }
    addProgram(COMMAND, Programs::copychunk);
    addProgram(SMBCLIENT, Programs::smbclient);
    try {
      for (String share : SHARES) {
        boolean encrypted = share.equals("encrypted");
        Path directory = server.directory(share);
        Program cp = new Program(CP, lists, Programs.cp(directory));
        Planted planted = new Planted(directory);
        for (Case what : encrypted ? options.encrypted() : options.signed()) {
          for (int delay : options.delays()) {
            measure(share, encrypted, planted, planted.work(what), delay, cp);
            write();
          }
        }
      }
    } finally {
      for (Contender each : contenders) {
        each.close();
      }
    }
    System.out.println(MarkdownTable.of(figures));
  }

  private void addProgram(String name, Program.Call call) {
    if (options.takes(name)) {
      contenders.add(new Program(name, lists, call));
    }
  }

  private void measure(
      String share, boolean encrypted, Planted planted, Work work, int delay, Program cp)
      throws Exception {
    String security = encrypted ? "signed and encrypted" : "signed";
    List<Contender> all = new ArrayList<>(contenders);
    if (options.takes(cp.name())) {
      all.add(cp);
    }
    try (DelayingProxy proxy =
        DelayingProxy.before(server.host(), server.port(), Duration.ofMillis(delay))) {
      Where where = new Where(
          delay == 0 ? server.host() : proxy.host(),
          delay == 0 ? server.port() : proxy.port(),
          share,
          encrypted,
          server.domain(),
          server.user(),
          new String(server.password()));
      Map<Contender, Work> works = new LinkedHashMap<>();
      for (Contender each : all) {
        @Nullable Work fits = each.takesAll() ? work : work.limited(FEW);
        double warm = 0;
        for (int trial = 0; fits != null && needsTrial(each, trial, warm); trial++) {
          Took took = tried(each, where, planted, fits).orElse(null);
          warm += took == null ? 0 : fits.units() / took.perSecond();
          fits = took == null ? null : fitting(each, work, took);
        }
        if (fits != null) {
          works.put(each, fits);
        }
      }
      for (int round = 1; round <= options.rounds(); round++) {
        for (Map.Entry<Contender, Work> each : works.entrySet()) {
          Took took = turn(each.getKey(), where, planted, each.getValue()).orElseThrow();
          figures.add(new Key(security, work.what(), delay, each.getKey().name()), took);
          System.err.printf(
              Locale.ROOT,
              "%s, %s, %d ms, round %d: %-16s %,10.1f %s, %,.0f us CPU%n",
              security,
              work.what(),
              delay,
              round,
              each.getKey().name(),
              took.perSecond(),
              work.what().unit(),
              took.cpuMicros());
        }
      }
    }
  }

  /** What stays must have worked for a while, for until then half of its time is its compiler's. */
  private static boolean needsTrial(Contender each, int trial, double seconds) {
    return trial < TRIALS || (each.stays() && seconds < WARM_SECONDS && trial < MOST_TRIALS);
  }

  /** As much as it can do in a turn. */
  private static Work fitting(Contender each, Work work, Took took) {
    int count = (int) Math.max(FEW, took.perSecond() * MOST_SECONDS);
    return each.takesAll() ? work : work.limited(count);
  }

  /** Whoever fails in one way of protecting messages is not tried again in it. */
  private Optional<Took> tried(Contender each, Where where, Planted planted, Work work)
      throws Exception {
    String way = each.name() + where.encrypted();
    if (failing.contains(way)) {
      return Optional.empty();
    }
    try {
      return turn(each, where, planted, work);
    } catch (IllegalStateException e) {
      failing.add(way);
      System.err.println("left out from here on: " + e.getMessage());
      planted.tidy(work);
      return Optional.empty();
    }
  }

  private static Optional<Took> turn(Contender each, Where where, Planted planted, Work work)
      throws Exception {
    planted.prepare(work);
    Optional<Took> took = each.turn(where, work);
    if (took.isPresent()) {
      planted.check(work, each.name());
    }
    planted.tidy(work);
    return took;
  }

  /** What there is so far. */
  private void write() throws Exception {
    String tables = MarkdownTable.of(figures);
    Path target = Repository.docker().resolveSibling("smb-it").resolve("target");
    Files.writeString(target.resolve("peers.md"), tables);
    Files.writeString(target.resolve("peers.svg"), chart());
    if (options.writesDocs()) {
      Path docs = Repository.docker().resolveSibling("docs");
      Files.createDirectories(docs.resolve("images"));
      Files.writeString(docs.resolve("images/peers.svg"), chart());
      Path page = docs.resolve("peers.md");
      String before = Files.readString(page);
      String about = before.substring(0, before.indexOf("## Figures"));
      Files.writeString(
          page, about + "## Figures\n\n" + machine() + "\n\n" + tables.strip() + "\n");
    }
  }

  private String machine() throws IOException {
    return "%s, %s, %s, %d cores for client and server together, max_dgram_qlen %s, JDK %s, Samba %s, %s; medians of %d rounds."
        .formatted(
            LocalDate.now(ZoneOffset.UTC),
            options.kind().name().toLowerCase(Locale.ROOT),
            Versions.ofProcessor(),
            Runtime.getRuntime().availableProcessors(),
            queueOfDatagrams(),
            Runtime.version().feature(),
            server.version(),
            Versions.ofPeers(),
            options.rounds());
  }

  /** Read at once, as the kernel demands: byte by byte, it gives the first digit alone. */
  private static String queueOfDatagrams() throws IOException {
    try (BufferedReader in =
        Files.newBufferedReader(Path.of("/proc/sys/net/unix/max_dgram_qlen"))) {
      return in.readLine();
    }
  }

  /** What is signed, which most have. */
  private String chart() {
    List<String> clients = List.copyOf(figures.clients());
    BarChart chart = new BarChart(clients);
    String security = figures.securities().iterator().next();
    for (Case what : figures.cases(security)) {
      chart.panel(what.title(), what.unit());
      for (int delay : figures.delays()) {
        List<Double> values = new ArrayList<>();
        for (String client : clients) {
          @Nullable Took took = figures.median(new Key(security, what, delay, client));
          values.add(took == null ? Double.NaN : took.perSecond());
        }
        chart.group(delay == 0 ? "no delay" : delay + " ms", values);
      }
    }
    return chart.svg();
  }
}
