package io.copychunk.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.client.LegacyResumeKeyView;
import io.copychunk.client.SessionSecurity;
import io.copychunk.client.SessionSecurity.Identity;
import io.copychunk.crypto.CipherAlgorithm;
import io.copychunk.crypto.SigningAlgorithm;
import io.copychunk.wire.Dialect;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class KeyFormatTest {
  private static final String KEY = "0102030405060708090a0b0c0d0e0f101112131415161718";

  private static KeyReport report(SigningAlgorithm signing, CipherAlgorithm encryption) {
    return report(signing, encryption, Identity.USER);
  }

  private static KeyReport report(
      SigningAlgorithm signing, CipherAlgorithm encryption, Identity identity) {
    return new KeyReport(
        "smb://nas/s/\"ü\"",
        KEY,
        2,
        "beef",
        new LegacyResumeKeyView(0x0807060504030201L, 0x100f0e0d0c0b0a09L, 0x1817161514131211L),
        new SessionSecurity(
            Dialect.SMB_3_1_1, signing, encryption, "DOM\\anna", identity, "NTLMv2"),
        1);
  }

  @Test
  void json() {
    assertThat(text(
            new KeyAsJson().format(report(SigningAlgorithm.AES_GMAC, CipherAlgorithm.AES_128_GCM))))
        .isEqualTo("{\"url\":\"smb://nas/s/\\\"ü\\\"\",\"resumeKey\":\"" + KEY
            + "\",\"contextLength\":2,\"context\":\"beef\","
            + "\"legacy\":{\"resumeKey\":\"0807060504030201\",\"timestamp\":\"100f0e0d0c0b0a09\","
            + "\"pid\":\"1817161514131211\"},\"dialect\":\"3.1.1\",\"signing\":\"AES-GMAC\","
            + "\"encryption\":\"AES-128-GCM\",\"user\":\"DOM\\\\anna\",\"identity\":\"user\","
            + "\"mechanism\":\"NTLMv2\",\"roundTrips\":1}\n");
  }

  @Test
  void jsonOfAPlainSession() {
    assertThat(text(new KeyAsJson().format(report(null, null))))
        .contains(",\"signing\":null,\"encryption\":null,\"user\":\"DOM\\\\anna\",");
  }

  @Test
  void bytes() {
    byte[] key = new KeyAsBytes().format(report(null, null));

    assertThat(key).hasSize(24).startsWith(1, 2, 3).endsWith(0x17, 0x18);
  }

  @Test
  void textForPeople() {
    KeyAsText format = new KeyAsText(new RecordingTerminal().terminal());
    String first = text(format.format(report(SigningAlgorithm.AES_CMAC, null)));

    assertThat(first).isEqualTo("""
            smb://nas/s/"ü"
              resume key     0102030405060708090a0b0c0d0e0f101112131415161718
              context        2 bytes  beef
              logged in as   DOM\\anna, by NTLMv2
              dialect        3.1.1
              signing        AES-CMAC
              encryption     none
              round trips    1
              legacy fields  resumeKey=0807060504030201 timestamp=100f0e0d0c0b0a09 pid=1817161514131211
                             (diagnostic view only: the key is opaque)
            """);
    assertThat(text(format.format(report(SigningAlgorithm.AES_CMAC, null))))
        .isEqualTo("\n" + first);
  }

  @Test
  void whoeverIsNotTheUserIsShownAsSuch() {
    KeyAsText format = new KeyAsText(new RecordingTerminal().terminal());

    assertThat(text(format.format(report(null, null, Identity.GUEST))))
        .contains("  logged in as   a guest, since DOM\\anna was not accepted\n");
    assertThat(text(format.format(report(null, null, Identity.ANONYMOUS))))
        .contains("  logged in as   nobody\n");
    assertThat(text(new KeyAsJson().format(report(null, null, Identity.GUEST))))
        .contains(",\"identity\":\"guest\",");
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
