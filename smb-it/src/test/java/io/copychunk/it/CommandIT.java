package io.copychunk.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.copychunk.it.fixture.CommandRun;
import io.copychunk.it.fixture.RunsAgainstSamba;
import io.copychunk.it.fixture.SambaServer;
import io.copychunk.it.fixture.Scratch;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@RunsAgainstSamba
class CommandIT {
  private static final String HEX_64 = "\"[0-9a-f]{16}\"";

  private final SambaServer server;
  private final Scratch scratch;

  CommandIT(SambaServer server, Scratch scratch) {
    this.server = server;
    this.scratch = scratch;
  }

  @Test
  void keyForPeople() throws Exception {
    String url = url(scratch.write("work", "a.bin", new byte[1]));

    CommandRun run = run("key", url);

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out().lines()).first().isEqualTo(url);
    assertThat(run.out())
        .containsPattern("resume key +[0-9a-f]{48}\n")
        .containsPattern("logged in as +.*\\Q" + server.user() + "\\E, by NTLMv2\n")
        .containsPattern("round trips +1\n");
  }

  @ParameterizedTest
  @CsvSource({
    "2.0.2, HMAC-SHA256",
    "2.1, HMAC-SHA256",
    "3.0, AES-CMAC",
    "3.0.2, AES-CMAC",
    "3.1.1, AES-GMAC"
  })
  void keyForPrograms(String dialect, String signing) throws Exception {
    String url = url(scratch.write("work", "a.bin", new byte[1]));

    CommandRun run = run("key", "--json", "--min-dialect", dialect, "--max-dialect", dialect, url);

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .matches("\\{\"url\":\"\\Q" + url
            + "\\E\",\"resumeKey\":\"[0-9a-f]{48}\",\"contextLength\":\\d+,"
            + "\"context\":\"[0-9a-f]*\",\"legacy\":\\{\"resumeKey\":" + HEX_64 + ",\"timestamp\":"
            + HEX_64
            + ",\"pid\":" + HEX_64 + "\\},\"dialect\":\"" + dialect + "\",\"signing\":\"" + signing
            + "\",\"encryption\":null,\"user\":\"[^\"]*\\Q" + server.user()
            + "\\E\",\"identity\":\"user\","
            + "\"mechanism\":\"NTLMv2\",\"roundTrips\":1\\}\n");
  }

  @Test
  void keysOfManyFilesAsBytes() throws Exception {
    List<String> arguments = new ArrayList<>(List.of("key", "--raw"));
    scratch.writeMany("work", 600).forEach(path -> arguments.add(url(path)));

    CommandRun run = run(arguments.toArray(String[]::new));

    assertThat(run.err()).isEmpty();
    assertThat(run.output()).hasSize(600 * 24);
    assertThat(Stream.iterate(0, i -> i + 24)
            .limit(600)
            .map(i -> Arrays.hashCode(Arrays.copyOfRange(run.output(), i, i + 24))))
        .as("keys of different files differ")
        .doesNotHaveDuplicates();
  }

  @Test
  void resultsComeInTheOrderOfTheUrls() throws Exception {
    String a = url(scratch.write("work", "ü %20 漢.bin", new byte[1]));
    String b = url(scratch.write("other", "b.bin", new byte[1]))
        .replace("/" + server.share("work") + "/", "/" + server.share("other") + "/");

    CommandRun run = run("key", "--json", b, url(scratch.path("none")), a);

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).startsWith("copychunk: no such file: ").hasLineCount(1);
    assertThat(run.out().lines()).hasSize(2);
    assertThat(run.out().lines().toList().get(0)).contains("\"" + b + "\"");
    assertThat(run.out().lines().toList().get(1)).contains("\"" + a + "\"");
  }

  @Test
  void noSuchShare() throws Exception {
    CommandRun run = run("key", "//" + server.host() + ":" + server.port() + "/nosuchshare/a.bin");

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("copychunk: no such share: ").hasLineCount(1);
  }

  @Test
  void wrongPassword() throws Exception {
    CommandRun run = CommandRun.of(
        Map.of("COPYCHUNK_USER", server.user(), "COPYCHUNK_PASSWORD", "wrong"),
        List.of("key", url("a.bin")));

    assertThat(run.exitCode()).isEqualTo(4);
    assertThat(run.out()).isEmpty();
    assertThat(run.err()).startsWith("copychunk: login failed: ").hasLineCount(1);
  }

  @Test
  void traceIsShownWhenAskedFor() throws Exception {
    CommandRun run = run("key", "-v", url(scratch.path("none")));

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.err())
        .contains("    at io.copychunk.client")
        .doesNotContain(new String(server.password()));
  }

  @Test
  void demoEncryptedAndRecorded(@TempDir Path directory) throws Exception {
    assumeThat(server.way()).isNotEqualTo(SambaServer.Way.URL);
    Path pcap = directory.resolve("demo.pcapng");

    CommandRun run = run(
        "demo",
        "--with",
        server.way().toString(),
        "--encrypt",
        "required",
        "--pcap",
        pcap.toString());

    assertThat(run.exitCode()).isZero();
    assertThat(run.out()).contains(", encrypted with AES-128-GCM; ", "Equal: ");
    assertThat(run.err()).contains("copychunk: WARNING: " + pcap);
    assertThat(pcap).isNotEmptyFile();
  }

  @Test
  void demo() throws Exception {
    assumeThat(server.way()).isNotEqualTo(SambaServer.Way.URL);

    CommandRun run = run("demo", "--with", server.way().toString());

    assertThat(run.err()).contains("nothing left");
    assertThat(run.exitCode()).isZero();
    assertThat(run.out())
        .contains("→ CREATE + IOCTL SRV_REQUEST_RESUME_KEY", "SRV_COPYCHUNK_WRITE", "Equal: ");
  }

  private CommandRun run(String... arguments) throws Exception {
    Map<String, String> environment = Map.of(
        "COPYCHUNK_USER", server.user(), "COPYCHUNK_PASSWORD", new String(server.password()));
    return CommandRun.of(environment, List.of(arguments));
  }

  /** In the form that has no percent signs to be decoded. */
  private String url(String path) {
    return "//" + server.host() + ":" + server.port() + "/" + server.share("work") + "/" + path;
  }
}
