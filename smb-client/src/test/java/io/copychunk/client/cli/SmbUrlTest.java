package io.copychunk.client.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SmbUrlTest {
  static Stream<Arguments> good() {
    return Stream.of(
        good("smb://nas/share/a.bin", null, null, "nas", 445, "share", "a.bin"),
        good("SMB://nas/share/a.bin", null, null, "nas", 445, "share", "a.bin"),
        good("smb://anna@nas:1445/share/d/a", null, "anna", "nas", 1445, "share", "d/a"),
        good("smb://DOM;anna@nas/share/a", "DOM", "anna", "nas", 445, "share", "a"),
        good("smb://a%40b@nas/share/a", null, "a@b", "nas", 445, "share", "a"),
        good(
            "smb://anna@dom.example@nas/share/a",
            null,
            "anna@dom.example",
            "nas",
            445,
            "share",
            "a"),
        good("smb://[2001:db8::1]:1445/share/a", null, null, "2001:db8::1", 1445, "share", "a"),
        good("smb://[fe80::1%eth0]/share/a", null, null, "fe80::1%eth0", 445, "share", "a"),
        good("smb://nas/share", null, null, "nas", 445, "share", ""),
        good("smb://nas/share/", null, null, "nas", 445, "share", ""),
        good("smb://nas//share//d///a/", null, null, "nas", 445, "share", "d/a"),
        good("smb://nas/share/a b.bin", null, null, "nas", 445, "share", "a b.bin"),
        good("smb://nas/my%20share/a%20b%25.bin", null, null, "nas", 445, "my share", "a b%.bin"),
        good("smb://nas/share/%C3%BC漢#1?.bin", null, null, "nas", 445, "share", "ü漢#1?.bin"),
        good("smb://nas/share/%F0%9F%98%80x😀", null, null, "nas", 445, "share", "😀x😀"),
        good("smb://nas/share/at@home:stream", null, null, "nas", 445, "share", "at@home:stream"),
        good("//nas/share/a%20b", null, null, "nas", 445, "share", "a%20b"),
        good("//nas:1445/share/d/a", null, null, "nas", 1445, "share", "d/a"),
        good("//[::1]/share/a", null, null, "::1", 445, "share", "a"),
        good("\\\\nas\\share\\d e\\a%.bin", null, null, "nas", 445, "share", "d e/a%.bin"));
  }

  private static Arguments good(
      String text, String domain, String user, String host, int port, String share, String path) {
    return Arguments.of(text, new SmbUrl(text, domain, user, host, port, share, path));
  }

  @ParameterizedTest
  @MethodSource
  void good(String text, SmbUrl expected) throws Exception {
    assertThat(SmbUrl.parse(text)).isEqualTo(expected);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "nas/share/a",
        "/nas/share/a",
        "C:\\share\\a",
        "http://nas/share/a",
        "smb:/nas/share",
        "smb://",
        "smb:///share/a",
        "smb://nas",
        "smb://nas/",
        "smb://@nas/share/a",
        "smb://DOM;@nas/share/a",
        "smb://nas:/share/a",
        "smb://nas:0/share/a",
        "smb://nas:65536/share/a",
        "smb://nas:4a5/share/a",
        "smb://na s/share/a",
        "smb://::1/share/a",
        "smb://[::1/share/a",
        "smb://nas/share/a%",
        "smb://nas/share/a%4",
        "smb://nas/share/a%zz",
        "smb://nas/share/a%ff",
        "smb://nas/share/a%2Fb",
        "smb://nas/share/a%5Cb",
        "smb://nas/share/a%00b",
        "smb://nas/share/../a",
        "smb://nas/share/./a",
        "smb://nas/../a",
        "//anna@nas/share/a",
        "\\\\nas",
      })
  void bad(String text) {
    assertThatThrownBy(() -> SmbUrl.parse(text))
        .isInstanceOfSatisfying(
            CommandException.class,
            e -> assertThat(e.failure().exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageStartingWith("copychunk: wrong URL: ");
  }

  @ParameterizedTest
  @CsvSource({
    "smb://anna:SECRET@nas/s, smb://anna:***@nas/s",
    "smb://anna:SE:CR%ET@nas/s, smb://anna:***@nas/s",
    "smb://anna%SE:CRET@nas/s, smb://anna:***@nas/s",
    "SMB:/anna:SECRET@nas/s, SMB:/anna:***@nas/s",
    "//anna:SECRET@nas/s, //anna:***@nas/s",
    "anna:SE:CRET@nas/s, anna:***@nas/s",
    "anna:/SE:CRET@nas/s, anna:***@nas/s",
    "smb:SECRET@nas/s, smb:***@nas/s",
    "smb://anna@nas/s/a%zz, smb://anna@nas/s/a%zz",
    "smb://nas/s/at@home, smb://nas/s/at@home"
  })
  void whatMayBeAPasswordIsNotShown(String text, String shown) {
    assertThat(SmbUrl.redact(text)).isEqualTo(shown);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "smb://anna:SECRET@nas/share/a",
        "smb://DOM;anna:SECRET@nas/share/a",
        "smb://anna:SEC/RET@nas/share/a",
        "smb://anna:SEC@RET@nas/share/a",
        "smb://anna:SEC:RET@nas:1445/share/a",
        "smb://:SECRET@nas/share/a",
        "//anna:SECRET@nas/share/a",
        "\\\\anna:SECRET@nas\\share\\a",
        "anna:SECRET@nas/share/a",
        "ftp://anna:SECRET@nas/share/a",
        "smb://anna:SEC\nRET@nas/share/a",
        "smb://anna%3aSECRET@nas/share/a",
        "smb://anna%3ASECRET@nas/share/a",
        "smb://DOM%3aSECRET;anna@nas/share/a",
        "smb://anna%SECRET@nas/share/a",
        "//anna%3aSECRET@nas/share/a",
        "anna:SEC:RET@nas/share/a",
        "anna:/SEC:RET@nas/share/a",
      })
  void passwordIsRefusedAndNotRepeated(String text) {
    assertThatThrownBy(() -> SmbUrl.parse(text))
        .isInstanceOfSatisfying(
            CommandException.class,
            e -> assertThat(e.failure().exitCode()).isEqualTo(ExitCode.USAGE))
        .hasMessageNotContainingAny("SEC", "RET");
  }
}
