package io.copychunk.client.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CredentialSourceTest {
  private static final LoginOptions NONE = new LoginOptions();

  private final RecordingTerminal recording = new RecordingTerminal();

  @TempDir
  Path directory;

  @Test
  void nobody() throws Exception {
    recording.with("COPYCHUNK_USER", "eve").with("COPYCHUNK_PASSWORD", "x");

    assertThat(whoFor("smb://nas/s/f", new LoginOptions(null, null, true))).isEqualTo("anonymous");
  }

  @Test
  void nobodyAndAUserContradictEachOther() {
    assertThatThrownBy(() -> whoFor("smb://anna@nas/s/f", new LoginOptions(null, null, true)))
        .hasMessageContaining("the URL names a user, and -N says nobody");
  }

  @Test
  void authFileWinsOverTheEnvironment() throws Exception {
    recording.with("COPYCHUNK_USER", "eve").with("COPYCHUNK_PASSWORD", "x");

    assertThat(whoFor("smb://nas/s/f", authFile())).isEqualTo("DOM\\anna");
  }

  @Test
  void userOptionWinsOverTheEnvironment() throws Exception {
    recording.with("COPYCHUNK_USER", "eve").with("COPYCHUNK_PASSWORD", "x").typing("y");

    assertThat(whoFor("smb://nas/s/f", new LoginOptions(null, "DOM\\bob", false)))
        .isEqualTo("DOM\\bob");
    assertThat(recording.questions()).containsExactly("Password for DOM\\bob on nas: ");
  }

  @Test
  void passwordOfTheEnvironmentServesItsOwnUser() throws Exception {
    recording.with("COPYCHUNK_USER", "DOM/Eve").with("COPYCHUNK_PASSWORD", "x");

    assertThat(whoFor("smb://nas/s/f", NONE)).isEqualTo("DOM\\Eve");
    assertThat(whoFor("smb://nas/s/f", new LoginOptions(null, "eve", false))).isEqualTo("DOM\\eve");
  }

  @Test
  void passwordOfTheEnvironmentWithoutAUserServesAnyUser() throws Exception {
    recording.with("COPYCHUNK_PASSWORD", "x");

    assertThat(whoFor("smb://nas/s/f", new LoginOptions(null, "DOM/bob", false)))
        .isEqualTo("DOM\\bob");
    assertThat(whoFor("smb://nas/s/f", NONE)).isEqualTo(System.getProperty("user.name"));
  }

  @Test
  void passwordFileOfTheEnvironment() throws Exception {
    Path file = Files.writeString(directory.resolve("password"), "x\n");
    recording.with("COPYCHUNK_USER", "eve").with("COPYCHUNK_PASSWORD_FILE", file.toString());

    assertThat(whoFor("smb://nas/s/f", NONE)).isEqualTo("eve");
  }

  @Test
  void userOfTheUrlWins() throws Exception {
    recording.typing("y");

    assertThat(whoFor("smb://OTHER;bob@nas/s/f", authFile())).isEqualTo("OTHER\\bob");
    assertThat(recording.questions()).containsExactly("Password for OTHER\\bob on nas: ");
  }

  @Test
  void userOfTheUrlIsGivenHisOwnPasswordAndDomain() throws Exception {
    assertThat(whoFor("smb://ANNA@nas/s/f", authFile())).isEqualTo("DOM\\ANNA");
    assertThat(whoFor("smb://dom;anna@nas/s/f", authFile())).isEqualTo("dom\\anna");
  }

  @Test
  void asksOnceForEachUserAndServerAndWipes() throws Exception {
    recording.typing("y");
    try (CredentialSource source = new CredentialSource(NONE, recording.terminal())) {
      source.forUrl(SmbUrl.parse("smb://bob@nas/s/f"));
      source.forUrl(SmbUrl.parse("smb://bob@NAS/other/f"));
      source.forUrl(SmbUrl.parse("smb://bob@nas2/s/f"));
    }

    assertThat(recording.questions())
        .containsExactly("Password for bob on nas: ", "Password for bob on nas2: ");
    assertThat(recording.answers()).allSatisfy(answer -> assertThat(answer).containsOnly('\0'));
  }

  @Test
  void withoutATerminalTheWaysAreNamed() {
    assertThatThrownBy(() -> whoFor("smb://bob@nas/s/f", NONE))
        .isInstanceOfSatisfying(
            CommandException.class,
            e -> assertThat(e.failure().exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageContainingAll("no password for bob", "-A FILE", "COPYCHUNK_PASSWORD_FILE", "-N");
  }

  @Test
  void passwordBehindTheUserIsRefusedAndNotRepeated() {
    assertThatThrownBy(() -> whoFor("smb://nas/s/f", new LoginOptions(null, "bob%SECRET", false)))
        .isInstanceOf(CommandException.class)
        .hasMessageNotContaining("SECRET");
  }

  private LoginOptions authFile() throws Exception {
    Path file = directory.resolve("auth");
    Files.writeString(file, "username = anna\npassword = x\ndomain = DOM\n");
    return new LoginOptions(file, null, false);
  }

  private String whoFor(String url, LoginOptions options) throws Exception {
    try (CredentialSource source = new CredentialSource(options, recording.terminal())) {
      return source.forUrl(SmbUrl.parse(url)).toString();
    }
  }
}
