package io.copychunk.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.copychunk.wire.MalformedMessageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CipherAlgorithmTest {
  @ParameterizedTest
  @CsvSource({
    "1, AES-128-CCM, 128, 11",
    "2, AES-128-GCM, 128, 12",
    "3, AES-256-CCM, 256, 11",
    "4, AES-256-GCM, 256, 12"
  })
  void idsAreThoseOfTheWire(int id, String label, int keyBits, int nonceSize) {
    CipherAlgorithm algorithm = CipherAlgorithm.of(id);
    assertThat(algorithm.id()).isEqualTo(id);
    assertThat(algorithm).hasToString(label);
    assertThat(algorithm.keyBits()).isEqualTo(keyBits);
    assertThat(algorithm.nonceSize()).isEqualTo(nonceSize);
  }

  @Test
  void thereAreFour() {
    assertThat(CipherAlgorithm.values()).hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 0, 5, 0xFFFF})
  void unknownIdsAreRefused(int id) {
    assertThatExceptionOfType(MalformedMessageException.class)
        .isThrownBy(() -> CipherAlgorithm.of(id));
  }
}
