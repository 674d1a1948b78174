package io.copychunk.it.benchmark.peers;

import com.sun.management.OperatingSystemMXBean;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The process of one library: takes its turns from standard input, one a line, and says on standard output how long each took. A
 * turn is where, a case, how many keys, files that list files and directories, from where and to where, with tabs between them.
 */
public final class PeerMain {
  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final String library;
  private final Map<Where, Peer> peers = new HashMap<>();

  private PeerMain(String library) {
    this.library = library;
  }

  /**
   * Runs until standard input ends, and takes along what a library leaves behind, such as threads.
   *
   * @param args the library
   */
  public static void main(String[] args) {
    PrintStream out = System.out;
    System.setOut(System.err); // libraries may say something
    int exitCode = 0;
    try {
      new PeerMain(args[0]).run(out);
    } catch (Exception e) { // such as of a server that was closed first
      e.printStackTrace(System.err);
      exitCode = 1;
    }
    System.exit(exitCode);
  }

  private void run(PrintStream out) throws Exception {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      out.println(answer(line.split("\t", -1)));
      out.flush();
    }
    for (Peer peer : peers.values()) {
      peer.close();
    }
  }

  private String answer(String[] turn) {
    try {
      Peer peer = peer(new Where(
          turn[0],
          Integer.parseInt(turn[1]),
          turn[2],
          Boolean.parseBoolean(turn[3]),
          turn[4],
          turn[5],
          turn[6]));
      List<String> files = lines(turn[9]);
      List<String> directories = lines(turn[10]);
      long cpu = PROCESS.getProcessCpuTime();
      long begun = System.nanoTime();
      switch (turn[7]) {
        case "KEYS" -> peer.keys(files, Integer.parseInt(turn[8]));
        case "LARGE" -> peer.files(turn[11], turn[12], files);
        case "SMALL", "MIXED" -> peer.tree(turn[11], turn[12], directories, files);
        default -> throw new IllegalArgumentException(turn[7]);
      }
      long took = System.nanoTime() - begun;
      return "took " + took + " " + (PROCESS.getProcessCpuTime() - cpu) + " " + peakMemory();
    } catch (UnsupportedOperationException e) {
      return "cannot";
    } catch (Exception e) {
      e.printStackTrace(System.err);
      return "failed " + e;
    }
  }

  private Peer peer(Where where) throws Exception {
    Peer known = peers.get(where);
    if (known == null) {
      known = switch (library) {
        case "Copychunk" -> new CopychunkPeer(where, false);
        case Library.IN_PLACE -> new CopychunkPeer(where, true);
        case "smbj" -> new SmbjPeer(where);
        case "jcifs" -> new JcifsPeer(where);
        default -> throw new IllegalArgumentException(library);
      };
      peers.put(where, known);
    }
    return known;
  }

  private static List<String> lines(String file) {
    try {
      return file.isEmpty() ? List.of() : Files.readAllLines(Path.of(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** In KiB, the most that it has ever had. */
  private static long peakMemory() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    }
  }
}
