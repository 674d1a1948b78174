package io.copychunk.it.benchmark.peers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A Java library in a process of its own, which stays and gets warm. */
final class Library implements Contender {
  /** What a safe target costs is seen where there are many. */
  static final String IN_PLACE = "Copychunk in place";

  private static final long MOST_SECONDS = 300;

  private final String name;
  private final Path lists;
  private final Process process;
  private final PrintStream to;
  private final BufferedReader from;

  Library(String name, Path lists) throws IOException {
    this.name = name;
    this.lists = lists;
    this.process = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx512m",
            "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
            "-cp",
            System.getProperty("java.class.path"),
            PeerMain.class.getName(),
            name)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    this.to = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    this.from =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean takesAll() {
    return name.startsWith("Copychunk");
  }

  @Override
  public boolean stays() {
    return true;
  }

  @Override
  public Optional<Took> turn(Where where, Work work) throws Exception {
    if (name.equals(IN_PLACE) && (work.what() == Case.KEYS || work.what() == Case.LARGE)) {
      return Optional.empty();
    }
    List<String> names = work.what() == Case.KEYS
        ? work.files().stream().distinct().map(file -> work.from() + "/" + file).toList()
        : work.files();
    to.println(String.join(
        "\t",
        where.host(),
        Integer.toString(where.port()),
        where.share(),
        Boolean.toString(where.encrypted()),
        where.domain(),
        where.user(),
        where.secret(),
        work.what().name(),
        Integer.toString(work.files().size()),
        Work.list(lists, "files", names).toString(),
        Work.list(lists, "directories", work.directories()).toString(),
        work.from(),
        work.to()));
    String[] answer = answer().split(" ", 4);
    return switch (answer[0]) {
      case "took" ->
        Optional.of(Took.of(
            work,
            Long.parseLong(answer[1]) / 1e9,
            Long.parseLong(answer[2]) / 1e9,
            Long.parseLong(answer[3])));
      case "cannot" -> Optional.empty();
      default -> throw new IllegalStateException(name + ": " + String.join(" ", answer));
    };
  }

  private String answer() throws Exception {
    CompletableFuture<String> line = CompletableFuture.supplyAsync(() -> {
      try {
        return String.valueOf(from.readLine());
      } catch (IOException e) {
        return "failed " + e;
      }
    });
    try {
      return line.get(MOST_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      process.destroyForcibly(); // its answer, should it still come, would be taken for that of the
      // next turn
      throw new IllegalStateException(name + ": no end after " + MOST_SECONDS + " s", e);
    }
  }

  @Override
  public void close() throws Exception {
    to.close();
    if (!process.waitFor(20, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
