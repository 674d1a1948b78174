package io.copychunk.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.copychunk.it.fixture.CommandRun;
import io.copychunk.it.fixture.DelayingProxy;
import io.copychunk.it.fixture.RunsAgainstSamba;
import io.copychunk.it.fixture.SambaServer;
import io.copychunk.it.fixture.Scratch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Ctrl-C, once and twice. */
@RunsAgainstSamba
@Timeout(120)
class InterruptIT {
  private static final int FILES = 1500;
  private static final String FIRST =
      "copychunk: stopping, what is under way is cleaned up; Ctrl-C again ends at once";

  private final SambaServer server;
  private final Scratch scratch;

  @TempDir
  private Path directory;

  InterruptIT(SambaServer server, Scratch scratch) {
    this.server = server;
    this.scratch = scratch;
  }

  /** What runs in the background of a script ignores INT, and so do we. */
  @BeforeEach
  void requireThatIntIsNotIgnored() throws IOException {
    Path status = Path.of("/proc/self/status");
    if (Files.exists(status)) {
      try (Stream<String> lines = Files.lines(status)) {
        String ignored =
            lines.filter(line -> line.startsWith("SigIgn:")).findFirst().orElseThrow();
        assumeThat(Long.parseUnsignedLong(ignored.substring(7).strip(), 16) & 2).isZero();
      }
    }
  }

  @Test
  void onceStopsCleanlyAndTheLogTellsSo() throws Exception {
    plant();
    Process process = begin(server.host(), server.port(), List.of());
    awaitCopies(process);
    interrupt(process);

    assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isEqualTo(130);
    assertThat(errors()).contains("interrupted; what was complete stays").hasLineCount(1);
    List<JsonObject> events = events();
    JsonObject end = events.get(events.size() - 1);
    assertThat(end.get("event").getAsString()).isEqualTo("end");
    assertThat(end.get("interrupted").getAsBoolean()).isTrue();
    assertThat(events).noneMatch(event -> event.get("event").getAsString().equals("failed"));
    assertThat(events.stream().filter(event -> event.get("event").getAsString().equals("copied")))
        .hasSize(end.get("files").getAsInt());
    try (Stream<Path> all = Files.walk(scratch.onDisk("work", "to"))) {
      assertThat(all).noneMatch(path -> path.getFileName().toString().startsWith("copychunk-"));
    }
  }

  @Test
  void twiceEndsAtOnceThoughNobodyAnswersAnyMore() throws Exception {
    plant();
    try (DelayingProxy proxy =
        DelayingProxy.before(server.host(), server.port(), Duration.ofMillis(2))) {
      Process process = begin(proxy.host(), proxy.port(), List.of("-Dcopychunk.terminal=true"));
      awaitCopies(process);
      proxy.freeze();
      interrupt(process);
      await().atMost(Duration.ofSeconds(20)).until(() -> errors().contains(FIRST));
      interrupt(process);

      assertThat(process.waitFor(9, TimeUnit.SECONDS)) // and not the 12 s of the first
          .as(errors())
          .isTrue();
      assertThat(process.exitValue()).isEqualTo(130);
      assertThat(errors())
          .contains("ended at once; copychunk-*.tmp may be left in ", "/to and below")
          .doesNotContain("interrupted;");
    }
    List<JsonObject> events = events();
    assertThat(events.get(events.size() - 1).get("event").getAsString()).isEqualTo("end");
  }

  @Test
  void aLogThatNobodyReadsDoesNotHoldUpTheEnd() throws Exception {
    assertThat(new ProcessBuilder("mkfifo", log().toString()).start().waitFor()).isZero();
    plant();
    Process process = begin(server.host(), server.port(), List.of());
    Process reader = new ProcessBuilder("sh", "-c", "exec sleep 100 < " + log()).start();
    try {
      await().atMost(Duration.ofSeconds(30)).until(this::isHeldBack);
      assertThat(process.isAlive()).isTrue();
      process.destroy();

      assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue()).isEqualTo(143);
    } finally {
      reader.destroy();
      process.destroyForcibly();
    }
  }

  /** Some files are there, and a second later no more of them. */
  private boolean isHeldBack() throws Exception {
    long before = copies();
    Thread.sleep(1000);
    long now = copies();
    return now > 0 && now == before;
  }

  private long copies() {
    Path to = scratch.onDisk("work", "to");
    String[] directories = to.toFile().list();
    long count = 0;
    for (String name : directories == null ? new String[0] : directories) {
      String[] files = to.resolve(name).toFile().list((parent, file) -> file.endsWith(".bin"));
      count += files == null ? 0 : files.length;
    }
    return count;
  }

  private void plant() throws IOException {
    for (int i = 0; i < FILES; i++) {
      Path file = scratch.onDisk("work", "from").resolve("dir%d/%04d.bin".formatted(i % 3, i));
      Files.createDirectories(file.getParent());
      Files.write(file, Scratch.content(i, 20_000));
    }
  }

  private Process begin(String host, int port, List<String> options) throws IOException {
    String url = "//" + host + ":" + port + "/" + server.share("work") + "/";
    Map<String, String> environment = Map.of(
        "TERM",
        "xterm",
        "NO_COLOR",
        "1",
        "COPYCHUNK_USER",
        server.domain() + "/" + server.user(),
        "COPYCHUNK_PASSWORD",
        new String(server.password()));
    List<String> arguments = List.of(
        "cp",
        "-r",
        "-T",
        "--log-json",
        log().toString(),
        url + scratch.path("from"),
        url + scratch.path("to"));
    return CommandRun.begin(environment, directory.resolve("err"), options, arguments);
  }

  private void awaitCopies(Process process) {
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> !process.isAlive()
            || (Files.exists(log()) && Files.readString(log()).contains("\"event\":\"copied\"")));
    assertThat(process.isAlive()).isTrue();
  }

  private static void interrupt(Process process) throws Exception {
    Process kill = new ProcessBuilder("sh", "-c", "kill -INT " + process.pid()).start();
    assertThat(kill.waitFor()).isZero();
  }

  private List<JsonObject> events() throws IOException {
    return Files.readAllLines(log()).stream()
        .map(line -> JsonParser.parseString(line).getAsJsonObject())
        .toList();
  }

  private Path log() {
    return directory.resolve("cp.log");
  }

  private String errors() throws IOException {
    return Files.readString(directory.resolve("err"));
  }
}
