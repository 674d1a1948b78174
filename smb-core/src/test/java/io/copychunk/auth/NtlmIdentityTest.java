package io.copychunk.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NtlmIdentityTest {
  private static final byte[] NT_HASH = new byte[16];

  @ParameterizedTest
  @CsvSource({"user,USER", "straße,STRAßE", "ﬁ,ﬁ", "\ud801\udc28,\ud801\udc28", "äöü,ÄÖÜ"})
  void eachUnitOfTheNameCountsInUpperCase(String user, String upper) {
    assertThat(NtlmV2.ntowf(NT_HASH, user, "")).isEqualTo(NtlmV2.ntowf(NT_HASH, upper, ""));
  }

  @Test
  void upperCaseDoesNotDependOnTheLocale() {
    Locale before = Locale.getDefault();
    byte[] expected = NtlmV2.ntowf(NT_HASH, "title", "");
    try {
      Locale.setDefault(new Locale("tr", "TR"));
      assertThat(NtlmV2.ntowf(NT_HASH, "title", "")).isEqualTo(expected);
      assertThat(NtlmV2.ntowf(NT_HASH, "TITLE", "")).isEqualTo(expected);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void theCaseOfTheDomainCounts() {
    assertThat(NtlmV2.ntowf(NT_HASH, "u", "domain"))
        .isNotEqualTo(NtlmV2.ntowf(NT_HASH, "u", "DOMAIN"));
  }

  @Test
  void thePasswordIsCopied() {
    char[] password = "secret".toCharArray();
    NtlmIdentity identity = new NtlmIdentity("", "user", password);
    byte[] before = identity.ntowf();
    password[0] = 'x';
    assertThat(identity.ntowf()).isEqualTo(before);
  }

  @Test
  void limits() {
    String tooLong = "x".repeat(1025);
    char[] none = new char[0];
    assertThatIllegalArgumentException().isThrownBy(() -> new NtlmIdentity("", "", none));
    assertThatIllegalArgumentException().isThrownBy(() -> new NtlmIdentity("", tooLong, none));
    assertThatIllegalArgumentException().isThrownBy(() -> new NtlmIdentity(tooLong, "u", none));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new NtlmIdentity("", "u", tooLong.toCharArray()))
        .withMessageNotContaining("xxx");
  }
}
