package io.copychunk.client.copy.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class FingerprintTest {
  private final Fingerprint fingerprint = new Fingerprint(new byte[Fingerprint.KEY_BYTES]);

  /** SHA-256 of sixteen zeros, "a" and a seven, in UTF-16 and 64 bits, as sha256sum has it: it is written to journals. */
  @Test
  void isTheBeginOfSha256() {
    assertThat(fingerprint.of("a", 7)).isEqualTo(HexFormat.fromHexDigitsToLong("1a7da67863e5e22a"));
  }

  @Test
  void everythingCounts() {
    long one = fingerprint.of("dir\\file", 1, 2);

    assertThat(fingerprint.of("dir\\file", 1, 2)).isEqualTo(one);
    assertThat(fingerprint.of("dir\\file", 2, 1)).isNotEqualTo(one);
    assertThat(fingerprint.of("dir\\File", 1, 2)).isNotEqualTo(one);
    assertThat(Fingerprint.random().of("dir\\file", 1, 2)).isNotEqualTo(one);
  }

  @Test
  void ofAnyCaseTheCaseDoesNotCount() {
    assertThat(fingerprint.ofAnyCase("Straße Ä.TXT"))
        .isEqualTo(fingerprint.ofAnyCase("sTRAßE ä.txt"));
    assertThat(fingerprint.ofAnyCase("Strasse")).isNotEqualTo(fingerprint.ofAnyCase("Straße"));
  }

  @Test
  void namesMayBeLong() {
    String name = "x".repeat(32_767);

    assertThat(fingerprint.of(name)).isNotEqualTo(fingerprint.of(name + "y"));
  }
}
