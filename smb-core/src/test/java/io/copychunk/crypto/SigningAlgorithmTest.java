package io.copychunk.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.copychunk.wire.Dialect;
import io.copychunk.wire.MalformedMessageException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class SigningAlgorithmTest {
  @ParameterizedTest
  @EnumSource
  void idsAreThoseOfTheWire(SigningAlgorithm algorithm) {
    assertThat(SigningAlgorithm.of(algorithm.id())).isEqualTo(algorithm);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 3, 0xFFFF})
  void unknownIdsAreRefused(int id) {
    assertThatExceptionOfType(MalformedMessageException.class)
        .isThrownBy(() -> SigningAlgorithm.of(id));
  }

  @Test
  void whatNobodyNegotiatedDependsOnTheDialect() {
    assertThat(SigningAlgorithm.fixedFor(Dialect.SMB_2_0_2)).hasToString("HMAC-SHA256");
    assertThat(SigningAlgorithm.fixedFor(Dialect.SMB_2_1)).hasToString("HMAC-SHA256");
    assertThat(SigningAlgorithm.fixedFor(Dialect.SMB_3_0)).hasToString("AES-CMAC");
    assertThat(SigningAlgorithm.fixedFor(Dialect.SMB_3_0_2)).hasToString("AES-CMAC");
    assertThat(SigningAlgorithm.fixedFor(Dialect.SMB_3_1_1)).hasToString("AES-CMAC");
  }
}
