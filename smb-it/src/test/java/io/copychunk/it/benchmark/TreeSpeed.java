package io.copychunk.it.benchmark;

import com.sun.management.OperatingSystemMXBean;
import io.copychunk.client.Credentials;
import io.copychunk.client.SmbClient;
import io.copychunk.client.SmbSession;
import io.copychunk.client.SmbShare;
import io.copychunk.client.config.SecurityPolicy;
import io.copychunk.client.config.SmbConfig;
import io.copychunk.client.copy.CopyEngine;
import io.copychunk.client.copy.CopyOptions;
import io.copychunk.client.copy.FileLocation;
import io.copychunk.client.copy.tree.TreeCopy;
import io.copychunk.client.copy.tree.TreeOptions;
import io.copychunk.client.copy.tree.TreeProgress;
import io.copychunk.it.fixture.DelayingProxy;
import io.copychunk.it.fixture.LoopFileSystem.Kind;
import io.copychunk.it.fixture.PrivateSamba;
import io.copychunk.it.fixture.SambaOn;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * A directory of 2,000 files of 16 KiB copied by the server, with safe targets and in place, with one
 * connection and with as many as are of use, with their times, attributes, holes and streams and, as other
 * clients do it, without any of that; with round-trip times of 0, 10 and 50 ms, all through the proxy that
 * makes them, which takes its share of this process's CPU time, and without it; and by a {@link RawProber},
 * which tells what the server can do. All take turns; medians count. After each turn, and outside its time, the copy is deleted and the file system writes
 * back what is left to write. The file system is on a loop mount, so root runs this.
 */
public final class TreeSpeed {
  private static final int FILES = 2000;
  private static final int SIZE = 16_384;
  private static final int ROUNDS = 5;
  private static final int WARM_UP_ROUNDS = 3;
  private static final int CONNECTIONS = 4;

  /** Without the proxy. */
  private static final int DIRECT = -1;

  private static final long SETTLING_MILLIS = 200;
  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final Kind kind;
  private final PrivateSamba server;
  private final Path directory;
  private final List<AutoCloseable> open = new ArrayList<>();

  private TreeSpeed(Kind kind, PrivateSamba server) {
    this.kind = kind;
    this.server = server;
    this.directory = server.directory("work");
  }

  /**
   * One turn.
   *
   * @param perSecond files
   * @param clientCpu microseconds of this process a file
   * @param serverCpu microseconds of smbd and its notify daemon a file
   */
  private record Taken(double perSecond, double clientCpu, double serverCpu) {}

  private interface Copying {
    Taken copy() throws Exception;
  }

  /**
   * Runs the benchmark.
   *
   * @param args a file system and rounds; by default ext4 and 5
   * @throws Exception when a server can not be started, or a copy fails
   */
  public static void main(String[] args) throws Exception {
    Kind kind = args.length > 0 ? Kind.valueOf(args[0].toUpperCase(Locale.ROOT)) : Kind.EXT4;
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : ROUNDS;
    try (SambaOn samba = SambaOn.start(kind, 2048)) {
      new TreeSpeed(kind, samba.server()).run(rounds);
    }
  }

  private void run(int rounds) throws Exception {
    plant();
    List<String> names = new ArrayList<>();
    List<Copying> ways = new ArrayList<>();
    for (boolean inPlace : List.of(false, true)) {
      String how = inPlace ? "in place" : "safe";
      CopyOptions files = CopyOptions.builder().inPlace(inPlace).build();
      names.add(how + ", one connection");
      ways.add(way(DIRECT, 1, files));
      names.add(how);
      ways.add(way(DIRECT, CONNECTIONS, files));
      names.add(how + ", data alone");
      ways.add(way(DIRECT, CONNECTIONS, files.toBuilder().preserve(List.of()).build()));
      for (int delay : List.of(0, 10, 50)) {
        names.add(how + ", " + delay + " ms");
        ways.add(way(delay, CONNECTIONS, files));
      }
    }
    for (int connections : List.of(1, 2)) {
      names.add("raw prober, " + connections + (connections == 1 ? " connection" : " connections"));
      ways.add(prober(connections));
    }
    System.out.printf("%s, Samba %s, %d files of %d bytes%n", kind, server.version(), FILES, SIZE);
    List<List<Taken>> taken = new ArrayList<>();
    ways.forEach(way -> taken.add(new ArrayList<>()));
    for (int round = 1 - WARM_UP_ROUNDS; round <= rounds; round++) {
      StringBuilder line = new StringBuilder("%8d".formatted(round));
      for (int i = 0; i < ways.size(); i++) {
        Taken one = ways.get(i).copy();
        tidy();
        line.append(String.format(Locale.ROOT, " %6.0f", one.perSecond()));
        if (round > 0) {
          taken.get(i).add(one);
        }
      }
      System.out.println(line);
    }
    for (int i = 0; i < ways.size(); i++) {
      System.out.printf(
          Locale.ROOT,
          "  %-24s %6.0f files/s  CPU a file: client %4.0f us, server %4.0f us%n",
          names.get(i),
          median(taken.get(i), Taken::perSecond),
          median(taken.get(i), Taken::clientCpu),
          median(taken.get(i), Taken::serverCpu));
    }
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  private void plant() throws IOException {
    Files.createDirectory(directory.resolve("from"));
    Random random = new Random(1);
    byte[] content = new byte[SIZE];
    for (int i = 0; i < FILES; i++) {
      random.nextBytes(content);
      Files.write(directory.resolve("from").resolve(name(i)), content);
    }
  }

  private Copying way(int delay, int connections, CopyOptions files) throws IOException {
    DelayingProxy proxy =
        DelayingProxy.before(server.host(), server.port(), Duration.ofMillis(Math.max(0, delay)));
    SmbConfig config = SmbConfig.builder()
        .transport(transport -> transport.maxConnections(connections))
        .build();
    SmbClient client = SmbClient.create(config);
    Credentials credentials = server.credentials();
    SmbSession session = (delay == DIRECT
            ? client.connect(server.host(), server.port())
            : client.connect(proxy.host(), proxy.port()))
        .login(credentials);
    SmbShare share = session.share("work");
    open.addAll(List.of(session, client, credentials, proxy));
    TreeCopy trees = new TreeCopy(new CopyEngine());
    TreeOptions options = TreeOptions.builder().files(files).build();
    return () -> measured(() -> {
      TreeProgress result = trees
          .start(FileLocation.of(share, "from"), FileLocation.of(share, "to"), options)
          .result()
          .get();
      if (result.files() != FILES || result.failed() != 0) {
        throw new IllegalStateException("not what was to be measured: " + result);
      }
    });
  }

  private interface Work {
    void run() throws Exception;
  }

  private Taken measured(Work work) throws Exception {
    long cpu = PROCESS.getProcessCpuTime();
    Map<Long, Duration> before = server.cpuTimes();
    long begun = System.nanoTime();
    work.run();
    double seconds = (System.nanoTime() - begun) / 1e9;
    double used = (PROCESS.getProcessCpuTime() - cpu) / 1e3;
    double usedByServer = server.cpuTimes().entrySet().stream()
        .map(now -> now.getValue().minus(before.getOrDefault(now.getKey(), Duration.ZERO)))
        .mapToDouble(taken -> taken.toNanos() / 1e3)
        .sum();
    return new Taken(FILES / seconds, used / FILES, usedByServer / FILES);
  }

  /** Its requests are not signed, and nothing but their data is copied. */
  private Copying prober(int count) throws IOException {
    SmbConfig unsigned = SmbConfig.builder()
        .security(security -> security.signing(SecurityPolicy.Signing.IF_OFFERED))
        .build();
    List<RawConnection> connections = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      RawConnection connection = new RawConnection(server.host(), server.port());
      // each has a ClientGuid, and so an smbd, of its own
      SmbClient client = SmbClient.create(unsigned);
      Credentials credentials = server.credentials();
      client.connect(server.host(), connection.port()).login(credentials).share("work");
      connections.add(connection);
      open.addAll(List.of(connection, client, credentials));
    }
    List<String> files = new ArrayList<>();
    for (int i = 0; i < FILES; i++) {
      files.add(name(i));
    }
    return () -> {
      Files.createDirectory(directory.resolve("to"));
      return measured(() -> RawProber.copy(connections, files, SIZE));
    };
  }

  private static String name(int number) {
    return "file-%05d.bin".formatted(number);
  }

  private void tidy() throws Exception {
    Path copy = directory.resolve("to");
    try (Stream<Path> files = Files.list(copy)) {
      for (Path file : files.toList()) {
        if (Files.size(file) != SIZE) {
          throw new IllegalStateException("not copied: " + file);
        }
        Files.delete(file);
      }
    }
    Files.delete(copy);
    int exitCode = new ProcessBuilder("sync", "--file-system", directory.toString())
        .inheritIO()
        .start()
        .waitFor();
    if (exitCode != 0) {
      throw new IllegalStateException("sync failed");
    }
    Thread.sleep(SETTLING_MILLIS);
  }

  private static double median(List<Taken> taken, ToDoubleFunction<Taken> figure) {
    return taken.stream().mapToDouble(figure).sorted().toArray()[taken.size() / 2];
  }
}
