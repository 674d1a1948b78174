package io.copychunk.it.benchmark.peers;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A program that is started for each turn, which counts with its start and its login. */
final class Program implements Contender {
  private static final long MOST_SECONDS = 300;
  private static final long BETWEEN_LOOKS_MILLIS = 20;
  private static final String TIMES = "TIMEFORMAT='%U %S'; time \"$@\"";

  private final String name;
  private final Path scratch;
  private final Call call;

  /** How it is called; empty where it can not do this. */
  interface Call {
    List<String> command(Where where, Work work, Path input) throws IOException;
  }

  Program(String name, Path scratch, Call call) {
    this.name = name;
    this.scratch = scratch;
    this.call = call;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public boolean takesAll() {
    return !name.startsWith("smbclient");
  }

  @Override
  public boolean stays() {
    return false;
  }

  @Override
  public Optional<Took> turn(Where where, Work work) throws Exception {
    Path input = scratch.resolve("input");
    Files.writeString(input, "");
    List<String> command = call.command(where, work, input);
    if (command.isEmpty()) {
      return Optional.empty();
    }
    Path errors = scratch.resolve("errors");
    Path output = scratch.resolve("output");
    List<String> timed = new ArrayList<>(List.of("bash", "-c", TIMES, "bash"));
    timed.addAll(command);
    ProcessBuilder builder = new ProcessBuilder(timed)
        .redirectInput(input.toFile())
        .redirectOutput(output.toFile())
        .redirectError(errors.toFile());
    builder
        .environment()
        .putAll(Map.of(
            "COPYCHUNK_USER", where.domain() + "/" + where.user(),
            "COPYCHUNK_PASSWORD", where.secret(),
            "COPYCHUNK_STATE_DIR", scratch.toString(),
            "USER", where.user(),
            "PASSWD", where.secret()));
    long begun = System.nanoTime();
    Process process = builder.start();
    long peak = 0;
    while (!process.waitFor(BETWEEN_LOOKS_MILLIS, TimeUnit.MILLISECONDS)) {
      peak = Math.max(peak, peakOf(process));
      if (System.nanoTime() - begun > TimeUnit.SECONDS.toNanos(MOST_SECONDS)) {
        process.descendants().forEach(ProcessHandle::destroy);
        throw new IllegalStateException(name + ": no end");
      }
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    List<String> said = Files.readAllLines(errors, StandardCharsets.UTF_8);
    if (process.exitValue() != 0 || said.isEmpty()) {
      throw new IllegalStateException(
          name + ": " + process.exitValue() + " " + said + " " + Files.readString(output));
    }
    String[] cpu = said.get(said.size() - 1).split(" ");
    return Optional.of(
        Took.of(work, seconds, Double.parseDouble(cpu[0]) + Double.parseDouble(cpu[1]), peak));
  }

  private static long peakOf(Process process) {
    return process
        .descendants()
        .mapToLong(each -> peakOf(new File("/proc/" + each.pid() + "/status")))
        .max()
        .orElse(0);
  }

  private static long peakOf(File status) {
    try (Stream<String> lines = Files.lines(status.toPath())) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException | UncheckedIOException e) { // it has just ended
      return 0;
    }
  }

  @Override
  public void close() {}
}
