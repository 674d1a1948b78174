package io.copychunk.it.benchmark;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A Samba server of a benchmark's own, brought up and taken down by {@code docker/samba}. */
final class BenchmarkServer implements AutoCloseable {
  private static final String NAME = "benchmark-" + ProcessHandle.current().pid();
  private static final long TIMEOUT_SECONDS = 120;

  private final Map<String, String> status = new HashMap<>();
  private final char[] password;

  private BenchmarkServer() throws IOException {
    for (String line : samba("status").split("\n")) {
      int space = line.indexOf(' ');
      status.put(line.substring(0, space), line.substring(space).strip());
    }
    String passwordLine = Files.readAllLines(Path.of(status.get("authfile"))).stream()
        .filter(line -> line.startsWith("password"))
        .findFirst()
        .orElseThrow();
    password = passwordLine.substring(passwordLine.indexOf('=') + 1).strip().toCharArray();
  }

  static BenchmarkServer start() throws IOException {
    samba("up", "--with", "private");
    return new BenchmarkServer();
  }

  String host() {
    return "127.0.0.1";
  }

  int port() {
    return Integer.parseInt(status.get("port"));
  }

  String user() {
    return "copychunk";
  }

  char[] password() {
    return password.clone();
  }

  /** Makes small files on the share "work" and returns their names. */
  List<String> createFiles(int count) throws IOException {
    Path directory = Path.of(samba("path", "work").strip());
    List<String> names = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      String name = "key-%05d.bin".formatted(i);
      Files.write(directory.resolve(name), new byte[] {1});
      names.add(name);
    }
    return names;
  }

  /** The CPU time that all processes of the server have taken so far, to a hundredth of a second. */
  Duration cpu() {
    ProcessHandle smbd = ProcessHandle.of(Long.parseLong(status.get("pid"))).orElseThrow();
    return Stream.concat(Stream.of(smbd), smbd.descendants())
        .map(process -> process.info().totalCpuDuration().orElse(Duration.ZERO))
        .reduce(Duration.ZERO, Duration::plus);
  }

  String description() {
    return "Samba " + status.get("samba") + " (" + status.get("way") + ") on " + host();
  }

  @Override
  public void close() throws IOException {
    samba("down");
  }

  private static String samba(String... arguments) throws IOException {
    List<String> command = new ArrayList<>(List.of("bash", script().toString()));
    command.addAll(List.of(arguments));
    command.addAll(List.of("--name", NAME));
    Process process = new ProcessBuilder(command)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (!process.waitFor(TIMEOUT_SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
        throw new IOException("docker/samba " + String.join(" ", arguments) + " failed");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
    return output;
  }

  private static Path script() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path script = at.resolve("docker").resolve("samba");
      if (Files.exists(script)) {
        return script;
      }
    }
    throw new IllegalStateException("docker/samba was not found above the working directory");
  }
}
