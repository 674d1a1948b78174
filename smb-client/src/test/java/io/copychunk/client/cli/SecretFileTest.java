package io.copychunk.client.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecretFileTest {
  private final RecordingTerminal recording = new RecordingTerminal();

  @TempDir
  Path directory;

  private Path file;

  @BeforeEach
  void createFile() throws Exception {
    file = Files.createFile(
        directory.resolve("auth"),
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "username = anna\npassword = se=cr et\ndomain = DOM\n",
        "username=anna\npassword=se=cr et\ndomain=DOM",
        "# comment\n\n; another\n  Domain\t=\tDOM\r\n  USERNAME = anna\r\n\tPassword =  se=cr et\r\nrealm = x\r\n",
        "password = first\npassword = se=cr et\nusername = anna\ndomain = DOM\n"
      })
  void readsTheFormatOfSmbclient(String text) throws Exception {
    Files.writeString(file, text);

    try (Login login = SecretFile.readAuth(file, recording.terminal())) {
      assertThat(login.user()).isEqualTo("anna");
      assertThat(login.domain()).isEqualTo("DOM");
      assertThat(login.password()).containsExactly("se=cr et".toCharArray());
      assertThat(login).asString().doesNotContain("se=cr");
    }
    assertThat(recording.err()).isEmpty();
  }

  @Test
  void whatIsNotThereIsNull() throws Exception {
    Files.writeString(file, "password = \n");

    try (Login login = SecretFile.readAuth(file, recording.terminal())) {
      assertThat(login.user()).isNull();
      assertThat(login.domain()).isNull();
      assertThat(login.password()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"passwrd = SECRET", "password: SECRET", "SECRET", "SECRET = x"})
  void malformedLineIsNamedAndNotRepeated(String line) throws Exception {
    Files.writeString(file, "username = anna\n\n" + line + "\n");

    assertThatThrownBy(() -> SecretFile.readAuth(file, recording.terminal()))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining(file + ": line 3 is not understood")
        .hasMessageNotContaining("SECRET");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rw-r-----", "rw----r--", "rw-r--r--"})
  void warnsWhenOthersCanRead(String permissions) throws Exception {
    Files.writeString(file, "username = anna\n");
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));

    SecretFile.readAuth(file, recording.terminal()).close();

    assertThat(recording.err())
        .isEqualTo("copychunk: warning: %1$s can be read by others; try: chmod 600 %1$s\n"
            .formatted(file));
  }

  @Test
  void missingFile() {
    assertThatThrownBy(() -> SecretFile.readAuth(directory.resolve("none"), recording.terminal()))
        .isInstanceOf(CommandException.class)
        .hasMessageEndingWith(
            "none: there is no such file; try: the path of a file that you can read");
  }

  @Test
  void hugeFile() throws Exception {
    Files.write(file, new byte[64 * 1024 + 1]);

    assertThatThrownBy(() -> SecretFile.readAuth(file, recording.terminal()))
        .isInstanceOf(CommandException.class)
        .hasMessageContaining("larger than 64 KiB");
  }

  @ParameterizedTest
  @ValueSource(strings = {"pa ss = wörd", "pa ss = wörd\n", "pa ss = wörd\r\nmore\n"})
  void passwordIsTheFirstLine(String text) throws Exception {
    Files.writeString(file, text);

    assertThat(SecretFile.readPassword(file, recording.terminal()))
        .containsExactly("pa ss = wörd".toCharArray());
  }
}
