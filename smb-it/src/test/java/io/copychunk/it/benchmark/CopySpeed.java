package io.copychunk.it.benchmark;

import io.copychunk.client.Credentials;
import io.copychunk.client.SmbClient;
import io.copychunk.client.SmbSession;
import io.copychunk.client.SmbShare;
import io.copychunk.client.copy.CopyEngine;
import io.copychunk.client.copy.CopyOptions;
import io.copychunk.client.copy.CopyProgress;
import io.copychunk.client.copy.CopyResult;
import io.copychunk.client.copy.FileLocation;
import io.copychunk.it.fixture.DelayingProxy;
import io.copychunk.it.fixture.LoopFileSystem.Kind;
import io.copychunk.it.fixture.SambaOn;
import io.copychunk.it.fixture.SambaServer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.function.ToDoubleFunction;

/**
 * One file, by default of 1 GiB, copied on a server by the engine, with all that makes a target safe
 * and in place, beside a local {@code cp --reflink=never} on the same file system; without delay, and with
 * round-trip times of 10 and 50 ms. All take turns, and a turn is as many copies as fill a tenth of a second; the
 * medians of the turns' means count. After each turn, and outside its time, the copies are deleted and the
 * file system writes back what is left to write. Each file system is on a loop mount, so root runs this.
 */
public final class CopySpeed {
  private static final int ROUNDS = 9;
  private static final int WARM_UP_COPIES = 3;

  /** Where a copy takes milliseconds, the JVM needs more of them to be warm. */
  private static final int WARM_UP_COPIES_OF_SHARED_BLOCKS = 500;

  /** A copy that is done sooner is repeated within its turn, so that a turn is long enough to be timed. */
  private static final double MIN_SECONDS_OF_TURN = 0.1;

  private static final long SETTLING_MILLIS = 300;

  private static final List<Integer> DELAYS = List.of(0, 10, 50);

  private final Kind kind;
  private final long size;
  private final String share;
  private final SambaServer server;
  private final Path directory;
  private final List<AutoCloseable> open = new ArrayList<>();

  private CopySpeed(Kind kind, long size, String share, SambaServer server) {
    this.kind = kind;
    this.size = size;
    this.share = share;
    this.server = server;
    this.directory = server.directory(share);
  }

  /**
   * What one copy has taken, or the mean of those of a turn.
   *
   * @param seconds of the whole call
   * @param dataRate bytes a second between the first and the last answer about data; 0 when there was
   *     only one
   */
  private record Taken(double seconds, double dataRate) {}

  private interface Copying {
    Taken copyTo(String name) throws Exception;
  }

  /**
   * Runs the benchmark.
   *
   * @param args a file system, rounds, and the size in GiB; by default all three, 9, and 1
   * @throws Exception when a server can not be started, or a copy fails
   */
  public static void main(String[] args) throws Exception {
    List<Kind> kinds = args.length > 0
        ? List.of(Kind.valueOf(args[0].toUpperCase(Locale.ROOT)))
        : List.of(Kind.values());
    int rounds = args.length > 1 ? Integer.parseInt(args[1]) : ROUNDS;
    int gibibytes = args.length > 2 ? Integer.parseInt(args[2]) : 1;
    for (Kind kind : kinds) {
      try (SambaOn samba = SambaOn.start(kind, 3 * 1024 * gibibytes + 1024)) {
        String share = kind == Kind.BTRFS ? "cloning" : "work";
        new CopySpeed(kind, (long) gibibytes << 30, share, samba.server()).run(rounds);
      }
    }
  }

  private void run(int rounds) throws Exception {
    fill(directory.resolve("source"));
    System.out.printf(
        "%s, share \"%s\", Samba %s, %d bytes%n", kind, share, server.version(), size);
    List<String> names = new ArrayList<>(List.of("cp --reflink=never"));
    List<Copying> ways = new ArrayList<>(List.of(this::local));
    int warmUp = kind == Kind.EXT4 ? WARM_UP_COPIES : WARM_UP_COPIES_OF_SHARED_BLOCKS;
    for (boolean inPlace : List.of(false, true)) {
      for (int delay : DELAYS) {
        Copying way = engine(delay, inPlace);
        for (int i = 0; i < (delay == 0 ? warmUp : WARM_UP_COPIES); i++) {
          way.copyTo("copy");
          Files.delete(directory.resolve("copy"));
        }
        names.add((inPlace ? "in place, " : "safe, ") + delay + " ms");
        ways.add(way);
      }
    }
    measure(names, ways, rounds);
    for (AutoCloseable each : open) {
      each.close();
    }
  }

  private void measure(List<String> names, List<Copying> ways, int rounds) throws Exception {
    List<List<Taken>> taken = new ArrayList<>();
    ways.forEach(way -> taken.add(new ArrayList<>()));
    for (int round = 1; round <= rounds; round++) {
      StringBuilder line = new StringBuilder("%8d".formatted(round));
      for (int i = 0; i < ways.size(); i++) {
        Taken one = turn(ways.get(i));
        settle();
        line.append(String.format(Locale.ROOT, "  %8.1f ms", one.seconds() * 1e3));
        taken.get(i).add(one);
      }
      System.out.println(line);
    }
    for (int i = 0; i < ways.size(); i++) {
      double seconds = median(taken.get(i), Taken::seconds);
      System.out.printf(
          Locale.ROOT,
          "  %-20s %8.1f ms  %8.0f MB/s  data alone %8.0f MB/s%n",
          names.get(i),
          seconds * 1e3,
          size / seconds / 1e6,
          median(taken.get(i), Taken::dataRate) / 1e6);
    }
  }

  private Taken turn(Copying way) throws Exception {
    double seconds = 0;
    double dataRates = 0;
    int copies = 0;
    while (seconds < MIN_SECONDS_OF_TURN) {
      Taken one = way.copyTo("copy" + copies);
      seconds += one.seconds();
      dataRates += one.dataRate();
      copies++;
    }
    for (int i = 0; i < copies; i++) {
      Files.delete(directory.resolve("copy" + i));
    }
    return new Taken(seconds / copies, dataRates / copies);
  }

  /** What was copied is written back, and the blocks of what was deleted are freed, in the background. */
  private void settle() throws Exception {
    run("sync", "--file-system", directory.toString());
    Thread.sleep(SETTLING_MILLIS);
  }

  private static void run(String... command) throws Exception {
    int exitCode = new ProcessBuilder(command).inheritIO().start().waitFor();
    if (exitCode != 0) {
      throw new IllegalStateException(command[0] + " failed");
    }
  }

  private static double median(List<Taken> taken, ToDoubleFunction<Taken> figure) {
    return taken.stream().mapToDouble(figure).sorted().toArray()[taken.size() / 2];
  }

  private Copying engine(int delay, boolean inPlace) throws IOException {
    DelayingProxy proxy =
        DelayingProxy.before(server.host(), server.port(), Duration.ofMillis(delay));
    SmbClient client = SmbClient.create();
    Credentials credentials = server.credentials();
    SmbSession session = (delay == 0
            ? client.connect(server.host(), server.port())
            : client.connect(proxy.host(), proxy.port()))
        .login(credentials);
    SmbShare connected = session.share(share);
    open.addAll(List.of(session, client, credentials, proxy));
    CopyEngine engine = new CopyEngine();
    return name -> {
      List<CopyProgress> progress = new ArrayList<>();
      CopyOptions options =
          CopyOptions.builder().inPlace(inPlace).progress(progress::add).build();
      long begun = System.nanoTime();
      CopyResult result = engine.copy(
          FileLocation.of(connected, "source"), FileLocation.of(connected, name), options);
      double seconds = (System.nanoTime() - begun) / 1e9;
      if (!result.isServerSide() || Files.size(directory.resolve(name)) != size) {
        throw new IllegalStateException("not what was to be measured: " + result);
      }
      return new Taken(seconds, dataRate(progress));
    };
  }

  private static double dataRate(List<CopyProgress> progress) {
    CopyProgress first = progress.get(0);
    CopyProgress last = progress.get(progress.size() - 1);
    double nanos = last.elapsed().minus(first.elapsed()).toNanos();
    return nanos > 0 ? (last.bytes() - first.bytes()) * 1e9 / nanos : 0;
  }

  private Taken local(String name) throws Exception {
    Path copy = directory.resolve(name);
    long begun = System.nanoTime();
    run("cp", "--reflink=never", directory.resolve("source").toString(), copy.toString());
    double seconds = (System.nanoTime() - begun) / 1e9;
    return new Taken(seconds, size / seconds);
  }

  private void fill(Path file) throws IOException {
    byte[] piece = new byte[1 << 20];
    Random random = new Random(1);
    try (OutputStream out = Files.newOutputStream(file)) {
      for (long at = 0; at < size; at += piece.length) {
        random.nextBytes(piece);
        out.write(piece);
      }
    }
  }
}
