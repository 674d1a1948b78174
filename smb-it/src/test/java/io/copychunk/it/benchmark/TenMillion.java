package io.copychunk.it.benchmark;

import io.copychunk.it.fixture.generated.CopyTally;
import io.copychunk.it.fixture.generated.GeneratedServer;
import io.copychunk.it.fixture.generated.GeneratedTree;
import io.copychunk.it.fixture.generated.MeasuredCopy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Ten million files copied by a client with a heap of 256 MiB, with a journal. The client is a process
 * of its own; the server is scripted, in this one, and has no files: it computes what there is, and
 * counts what is copied.
 */
public final class TenMillion {
  private static final int FILES = 10_000_000;
  private static final String HEAP = "-Xmx256m";
  private static final int SECONDS_BETWEEN_LINES = 60;

  private TenMillion() {}

  /**
   * Runs the benchmark.
   *
   * @param args how many files, by default 10,000,000, and options of java for the client
   * @throws Exception when the copy fails, or is not what was to be
   */
  public static void main(String[] args) throws Exception {
    GeneratedTree tree = new GeneratedTree(args.length > 0 ? Integer.parseInt(args[0]) : FILES);
    Path journals = Files.createTempDirectory("copychunk-journals");
    try (GeneratedServer server = GeneratedServer.listening(tree)) {
      int exitCode =
          client(server, journals, List.of(args).subList(Math.min(1, args.length), args.length));
      CopyTally.Sums expected = tree.expected();
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      long journalsLeft;
      try (Stream<Path> left = Files.list(journals)) {
        journalsLeft = left.count();
      }
      System.out.printf("expected  %s%n", expected);
      System.out.printf("copied    %s%n", server.copied());
      System.out.printf(
          "left open or under a temporary name: %d; journals left: %d; the server's heap: %d MiB%n",
          server.left(), journalsLeft, (runtime.totalMemory() - runtime.freeMemory()) >> 20);
      if (exitCode != 0
          || server.failure() != null
          || server.left() != 0
          || !server.copied().equals(expected)) {
        throw new IllegalStateException(
            "not what was to be copied; exit code " + exitCode, server.failure());
      }
      System.out.println("each file has its final name exactly once, each directory was made once");
    }
    Files.delete(journals);
  }

  private static int client(GeneratedServer server, Path journals, List<String> options)
      throws Exception {
    List<String> all = new ArrayList<>(List.of(HEAP));
    all.addAll(options);
    return MeasuredCopy.program(server, SECONDS_BETWEEN_LINES, journals, all)
        .redirectOutput(ProcessBuilder.Redirect.INHERIT)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start()
        .waitFor();
  }
}
