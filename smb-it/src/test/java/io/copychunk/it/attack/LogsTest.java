package io.copychunk.it.attack;

import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.auth.NtlmV2;
import io.copychunk.it.fixture.CommandRun;
import io.copychunk.testing.ScriptedServer;
import io.copychunk.wire.Octets;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Section 7: what a client writes to its log, read from a process of its own. */
@Timeout(60)
class LogsTest {
  private static final String UNPRINTABLE = "[\\p{Cntrl}\u202A-\u202E\u2066-\u2069]";

  @Test
  @DisplayName("section 7: one line a message, and no secret in any of them")
  void section07_conversation(@TempDir Path directory) throws Exception {
    Path pcap = directory.resolve("pcap");
    Path keys = directory.resolve("keys");

    CommandRun run = run("trace", "conversation", pcap.toString(), keys.toString());

    List<String> log = log(run);
    assertThat(log).filteredOn(line -> line.contains("MessageTrace")).hasSize(messages(run));
    assertThat(log.stream().filter(line -> line.contains(" WARN ")))
        .hasSize(2)
        .anyMatch(line -> line.contains("WRITING PLAINTEXT: " + pcap))
        .anyMatch(line -> line.contains("WRITING KEYS: " + keys));
    String all = String.join("\n", log).toLowerCase(Locale.ROOT);
    assertThat(secrets(keys)).hasSizeGreaterThan(10).noneMatch(all::contains);
  }

  @Test
  @DisplayName("section 7: what a server sends unasked, however much of it, is worth one warning")
  void section07_flood() throws Exception {
    CommandRun run = run("warn", "flood");

    assertThat(run.out()).isEqualToIgnoringNewLines("true");
    assertThat(log(run))
        .singleElement()
        .asString()
        .contains(" WARN ")
        .contains("response to no request");
  }

  @Test
  @DisplayName("section 7: names from a server forge no line")
  void section07_hostileNames() throws Exception {
    CommandRun run = run("trace", "hostileNames");

    assertThat(run.out()).contains("STOPPED_ON_SYMLINK");
    assertThat(log(run))
        .hasSizeGreaterThan(8)
        .allMatch(line -> line.contains(" io.copychunk."))
        .noneMatch(line -> line.contains(" WARN "));
  }

  /** What must not be there: in lower case, in all forms in which bytes are printed. */
  private static List<String> secrets(Path keyLog) throws Exception {
    List<byte[]> secrets = new ArrayList<>();
    for (String field : Files.readString(keyLog).trim().split(",", -1)) {
      if (field.length() >= 32) { // the id of the session is no secret
        secrets.add(Octets.ofHex(field).toByteArray());
      }
    }
    assertThat(secrets).as("the session's key, and one for each direction").hasSize(3);
    char[] password = ScriptedServer.PASSWORD.toCharArray();
    secrets.add(ScriptedServer.PASSWORD.getBytes(StandardCharsets.UTF_8));
    secrets.add(ScriptedServer.PASSWORD.getBytes(StandardCharsets.UTF_16LE));
    secrets.add(NtlmV2.ntHash(password));
    secrets.add("NTLMSSP".getBytes(StandardCharsets.US_ASCII));
    secrets.add(new byte[] {0x4B, 0x4B, 0x4B, 0x4B}); // the resume key, over and over
    List<String> printed = new ArrayList<>();
    for (byte[] secret : secrets) {
      String decimal = Arrays.toString(secret);
      printed.add(Octets.copyOf(secret).hex());
      printed.add(decimal.substring(1, decimal.length() - 1));
      printed.add(Base64.getEncoder()
          .withoutPadding()
          .encodeToString(secret)
          .substring(0, secret.length * 8 / 6)
          .toLowerCase(Locale.ROOT));
    }
    printed.add(ScriptedServer.PASSWORD.toLowerCase(Locale.ROOT));
    printed.add("ntlmssp");
    return printed;
  }

  private static List<String> log(CommandRun run) {
    assertThat(run.exitCode()).as(run.err()).isZero();
    List<String> lines = run.err().lines().toList();
    assertThat(lines).noneMatch(line -> line.matches(".*" + UNPRINTABLE + ".*"));
    return lines;
  }

  private static int messages(CommandRun run) {
    int messages = Integer.parseInt(run.out().trim());
    assertThat(messages).isGreaterThanOrEqualTo(18);
    return messages;
  }

  private static CommandRun run(String level, String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(
        "--enable-native-access=ALL-UNNAMED",
        "-Dorg.slf4j.simpleLogger.log.io.copychunk=" + level,
        "-Dorg.slf4j.simpleLogger.log.io.copychunk.client.internal.connection.StrayAnswers="
            + level,
        "-cp",
        System.getProperty("java.class.path"),
        LoggedAttacks.class.getName()));
    command.addAll(List.of(arguments));
    return CommandRun.ofJava(Map.of(), command);
  }
}
