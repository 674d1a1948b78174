package io.copychunk.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.copychunk.testing.Vectors;
import io.copychunk.wire.Dialect;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SessionKeysTest {
  private static final byte[] KEY = Vectors.hex("7cd451825d0450d235424e44ba6e78cc");

  @Test
  void before30ThereIsOneKeyAndNoCipher() {
    SessionKeys keys = SessionKeys.derive(Dialect.SMB_2_1, KEY, KEY, null, 128);
    assertThat(keys.signingKey()).isEqualTo(KEY);
    assertThat(keys.applicationKey()).isEqualTo(KEY);
    assertThatIllegalStateException().isThrownBy(keys::clientToServerKey);
    assertThatIllegalStateException().isThrownBy(keys::serverToClientKey);
  }

  @Test
  void longKeysAreCutAndShortKeysPaddedButNotForWideCiphers() {
    byte[] longKey = Arrays.copyOf(KEY, 32);
    longKey[31] = 1;
    SessionKeys narrow = derive(longKey, 128);
    SessionKeys wide = derive(longKey, 256);
    assertThat(narrow.signingKey()).isEqualTo(derive(KEY, 128).signingKey());
    assertThat(narrow.clientToServerKey()).isEqualTo(derive(KEY, 128).clientToServerKey());
    assertThat(wide.signingKey()).isEqualTo(narrow.signingKey());
    assertThat(wide.clientToServerKey())
        .hasSize(32)
        .isNotEqualTo(derive(KEY, 256).clientToServerKey());
    assertThat(derive(new byte[] {1}, 128).signingKey())
        .isEqualTo(derive(Arrays.copyOf(new byte[] {1}, 16), 128).signingKey());
  }

  @Test
  void destroyedKeysAreGoneAndSoAreTheirTraces() {
    SessionKeys keys = derive(KEY, 128);
    assertThat(keys).hasToString("SessionKeys[3.1.1]");
    keys.destroy();
    assertThatIllegalStateException().isThrownBy(keys::signingKey);
    assertThatIllegalStateException().isThrownBy(keys::clientToServerKey);
  }

  @Test
  void wrongArgumentsAreRefused() {
    assertThatIllegalArgumentException().isThrownBy(() -> derive(KEY, 192));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SessionKeys.derive(Dialect.SMB_3_1_1, KEY, KEY, null, 128));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SessionKeys.derive(Dialect.SMB_3_1_1, KEY, KEY, new byte[63], 128));
    assertThatIllegalArgumentException().isThrownBy(() -> KeyDerivation.derive(KEY, KEY, KEY, 264));
    assertThatIllegalArgumentException().isThrownBy(() -> KeyDerivation.derive(KEY, KEY, KEY, 0));
  }

  private static SessionKeys derive(byte[] key, int cipherKeyBits) {
    return SessionKeys.derive(Dialect.SMB_3_1_1, key, key, new byte[64], cipherKeyBits);
  }
}
