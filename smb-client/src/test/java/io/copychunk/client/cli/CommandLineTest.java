package io.copychunk.client.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CommandLineTest {
  private final RecordingTerminal recording = new RecordingTerminal();

  @ParameterizedTest
  @ValueSource(strings = {"--help", "help", "key --help", "demo -h", "help key", "--version"})
  void helpIsAResult(String line) {
    assertThat(recording.run(line.split(" "))).isZero();
    assertThat(recording.out()).contains("copychunk").doesNotContain("\u001b");
    assertThat(recording.err()).isEmpty();
  }

  @Test
  void helpTellsExitCodesAndExamples() {
    recording.run("key", "--help");

    assertThat(recording.out())
        .contains("Exit codes:", "130   interrupted", "Examples:", "-A, --authfile=FILE");
  }

  @Test
  void noCommandIsWrongUsage() {
    assertThat(recording.run()).isEqualTo(2);
    assertThat(recording.out()).isEmpty();
    assertThat(recording.err()).startsWith("Usage: copychunk");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nothing",
        "key",
        "key --unknown //h/s/f",
        "key --json --raw //h/s/f",
        "key -U a -N //h/s/f",
        "key --min-dialect 1 //h/s/f",
        "key -N --min-dialect 3.1.1 --max-dialect 3.0 //h/s/f",
        "key --sign gmac //h/s/f",
        "key --signing-algorithm rot13 //h/s/f",
        "key -N --timeout 0 //h/s/f",
        "key -N //h/s",
        "cp -N //h/s/a",
        "cp -N a //h/s/b",
        "cp -N //h/s //h/s/b",
        "cp -N --method magic //h/s/a //h/s/b",
        "cp -N --verify maybe //h/s/a //h/s/b",
        "cp -N --preserve times,colour //h/s/a //h/s/b",
        "cp -N -p --preserve times //h/s/a //h/s/b",
        "cp -N --log-json - //h/s/a //h/s/b",
        "put -N --log-json /nowhere/at/all a //h/s/b",
        "get -N --log-json / //h/s/a b",
        "put -N a",
        "get -N //h/s a",
        "rm -N //h/s",
        "mkdir -N //h/s",
        "probe -N",
        "demo --with magic",
        "demo --guest",
        "demo --pcap -",
        "demo more"
      })
  void wrongUsageIsOneLine(String line) {
    assertThat(recording.run(line.split(" "))).isEqualTo(2);
    assertThat(recording.out()).isEmpty();
    assertThat(recording.err()).startsWith("copychunk: wrong ").endsWith("\n").hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--strict --max-dialect 3.0 | --max-dialect 3.0: --strict accepts no dialect below 3.1.1; try: --min-dialect 3.0"
            + " as well",
        "--min-dialect 3.1.1 --max-dialect 3.0 | --min-dialect 3.1.1: it is above the highest dialect, 3.0; try: a"
            + " lower one, or a higher --max-dialect",
        "--strict --min-dialect 2.1 --max-dialect 2.1 | --max-dialect 2.1: --strict takes 3.0 or later; try: a higher"
            + " one, or --encrypt if-offered",
        "--encrypt required --max-dialect 2.0.2 | --max-dialect 2.0.2: --encrypt required takes 3.0 or later; try: a"
            + " higher one, or --encrypt if-offered",
        "--guest | --guest: guests can not sign; try: --guest --sign if-offered",
        "--guest --sign required | --guest: guests can not sign; try: --guest --sign if-offered",
        "--guest --sign if-offered --strict | --guest: guests can not encrypt; try: --encrypt if-offered as well",
        "--signing-algorithm gmac,gmac | --signing-algorithm: [AES-GMAC, AES-GMAC] has one of them twice; try: each once",
        "--cipher aes-128-gcm,aes-128-gcm | --cipher: [AES-128-GCM, AES-128-GCM] has one of them twice; try: each once",
        "--pcap x --keylog x | --keylog: it is the file of --pcap; try: another",
      })
  void optionsThatDoNotGoTogetherAreToldAsOptions(String options, String complaint) {
    assertThat(recording.run(("key -N " + options + " //127.0.0.1:1/s/f").split(" ")))
        .isEqualTo(2);
    assertThat(recording.err()).isEqualTo("copychunk: wrong usage: " + complaint + "\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--guest --sign if-offered",
        "--strict --guest --sign if-offered --encrypt if-offered",
        "--strict --min-dialect 3.0 --max-dialect 3.0",
        "--max-dialect 2.0.2",
        "--sign required --signing-algorithm cmac,hmac"
      })
  void optionsThatGoTogether(String options) {
    assertThat(recording.run(("key -N " + options + " //127.0.0.1:1/s/f").split(" ")))
        .isEqualTo(6);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "key --password=SECRET //h/s/f",
        "key --password SECRET //h/s/f",
        "key -pSECRET //h/s/f",
        "key -U bob%SECRET //h/s/f",
        "key -U bob:SECRET //h/s/f",
        "key smb://bob:SECRET@h/s/f",
        "key smb://bob%3aSECRET@h/s/f",
        "key smb://bob%SECRET@h/s/f",
        "key --timeout smb://bob:SECRET@h/s/f",
        "key --sign //bob:SECRET@h/s/f",
        "smb://bob:SECRET@h/s/f",
        "smb://bob%3ASECRET@h/s/f",
        "//bob:SECRET@h/s/f",
        "bob:SECRET@h/s/f",
        "demo smb://bob:SECRET@h/s/f",
        "demo --with smb://bob:SECRET@h/s/f",
        "bob:/SECRET:x@h/s/f",
        "bob:SECRET:x@h/s/f",
        "bob%3aSECRET@h/s/f",
        "//bob%3aSECRET@h/s/f",
        "smb://D%3aSECRET;bob@h/s/f",
        "help smb://bob:SECRET@h/s/f",
        "help bob:SECRET@h/s/f",
        "--smb://bob:SECRET@h/s/f",
        "key --timeout=smb://bob:SECRET@h/s/f",
        "key --timeout bob:SECRET@h/s/f",
        "key --timeout bob:SECRET:x@h/s/f",
        "key --timeout bob%3aSECRET@h/s/f",
        "key --min-dialect bob:SECRET@h/s/f",
        "key --cipher smb://bob:SECRET,x@h/s/f",
        "key --json=bob:SECRET@h/s/f //h/s/f",
        "key -N --pcap bob:SECRET:x@h/s/f //h/s/f"
      })
  void passwordIsNotRepeated(String line) {
    assertThat(recording.run(line.split(" "))).isEqualTo(2);
    assertThat(recording.err()).startsWith("copychunk: wrong ").doesNotContain("SECRET");
  }

  @Test
  void passwordInTheNameOfAFileIsNotRepeated() {
    assertThat(recording.run("key", "-A", "smb://bob:SECRET@h/s/f", "//h/s/f")).isEqualTo(2);
    assertThat(recording.err())
        .startsWith("copychunk: cannot use the credentials: smb:/bob:***@h/s/f")
        .doesNotContain("SECRET");
  }

  @Test
  void anAddressWithoutACommandIsToldWhichOne() {
    assertThat(recording.run("smb://alice:hunter2@nas/s/f")).isEqualTo(2);
    assertThat(recording.err())
        .isEqualTo("copychunk: wrong usage: there is no command \"smb://alice:***@nas/s/f\";"
            + " try: copychunk key URL\n");
  }

  @Test
  void whatIsInAFileIsNoArgument(@TempDir Path directory) throws Exception {
    Path secret = Files.writeString(directory.resolve("secret"), "hunter2 and more");

    assertThat(recording.run("key", "-N", "@" + secret)).isEqualTo(2);
    assertThat(recording.err()).startsWith("copychunk: wrong URL: @").doesNotContain("hunter2");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--pcap", "--keylog"})
  void aFileForSecretsThatExistsIsWrongUsageBeforeAnybodyIsAsked(
      String option, @TempDir Path directory) throws Exception {
    Path file = Files.writeString(directory.resolve("file"), "mine");
    recording.typing("secret");

    assertThat(recording.run("key", option, file.toString(), "//127.0.0.1:1/s/f"))
        .isEqualTo(2);
    assertThat(recording.err())
        .isEqualTo("copychunk: wrong usage: " + option + " " + file
            + ": it exists, and secrets go into new files only; try: another name, or delete it\n");
    assertThat(recording.questions()).isEmpty();
    assertThat(file).hasContent("mine");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--pcap -", "--keylog -", "--pcap /nowhere/at/all"})
  void aFileForSecretsThatCanNotBeMadeIsWrongUsage(String option) {
    assertThat(recording.run(("key -N " + option + " //127.0.0.1:1/s/f").split(" ")))
        .isEqualTo(2);
    assertThat(recording.err())
        .startsWith("copychunk: wrong usage: --")
        .doesNotContain("WARNING")
        .hasLineCount(1);
    assertThat(Path.of("-")).doesNotExist();
  }

  @Test
  void aWarningOfSecretsComesOnceTheyHaveAFile(@TempDir Path directory) {
    Path file = directory.resolve("file");

    assertThat(recording.run("key", "-q", "-N", "--pcap", file.toString(), "//127.0.0.1:1/s/f"))
        .isEqualTo(6);
    assertThat(recording.err()).startsWith("copychunk: WARNING: " + file + " gets every message");
    assertThat(file).isNotEmptyFile();
  }

  @Test
  void anEventLogIsAppendedToAndEndsWithTheCommand(@TempDir Path directory) throws Exception {
    Path log = Files.writeString(directory.resolve("cp.log"), "{\"event\":\"sta");
    int exitCode = recording.run(
        "put", "-N", "--log-json", log.toString(), log.toString(), "//127.0.0.1:1/s/f");

    assertThat(exitCode).isEqualTo(6);
    assertThat(Files.readAllLines(log)).hasSize(3).satisfies(lines -> {
      assertThat(lines.get(0)).isEqualTo("{\"event\":\"sta");
      assertThat(lines.get(1))
          .contains(
              "\"event\":\"start\"", "\"command\":\"put\"", "\"target\":\"//127.0.0.1:1/s/f\"");
      assertThat(lines.get(2))
          .contains("\"event\":\"end\"", "\"exitCode\":6,", "\"kind\":\"connection\"");
    });
  }

  @Test
  void anEventLogThatCanNotBeOpenedEndsTheCommandBeforeAnybodyIsAsked() {
    recording.typing("secret");

    assertThat(recording.run(
            "cp", "--log-json", "/nowhere/at/all", "//127.0.0.1:1/s/f", "//127.0.0.1:1/s/g"))
        .isEqualTo(2);
    assertThat(recording.err())
        .isEqualTo("copychunk: wrong usage: --log-json /nowhere/at/all: there is no such directory;"
            + " try: a file that you may write to\n");
    assertThat(recording.questions()).isEmpty();
  }

  @Test
  void anotherKindOfServerIsToldAsSuch() throws Exception {
    try (ServerSocket web = new ServerSocket(0)) {
      Thread answering = new Thread(() -> {
        try (Socket client = web.accept()) {
          client.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(US_ASCII));
          client.getInputStream().transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      });
      answering.setDaemon(true);
      answering.start();

      assertThat(recording.run("key", "-N", "//127.0.0.1:" + web.getLocalPort() + "/s/f"))
          .isEqualTo(6);
    }
    assertThat(recording.err())
        .startsWith("copychunk: this is no SMB server: //127.0.0.1:")
        .endsWith("; try: check the port\n");
  }

  @Test
  void nobodyListens() throws Exception {
    int port;
    try (ServerSocket socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }

    assertThat(recording.run(
            "key", "-N", "//127.0.0.1:" + port + "/s/f", "//127.0.0.1:" + port + "/s/g"))
        .isEqualTo(6);
    assertThat(recording.err())
        .hasLineCount(2)
        .contains("cannot connect", "/s/f: ", "/s/g: ", "Connection refused");
  }
}
