package io.copychunk.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.testing.Vectors;
import java.util.HexFormat;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Test case 1 of the GCM specification: AES-128, everything zero or empty. */
class AesGmacTest {
  private static final byte[] TEST_CASE_1 = Vectors.hex("58e2fccefa7e3061367f1d57a4e7455a");

  @Test
  void testCase1AsOftenAsWanted() {
    AesGmac gmac = new AesGmac(new byte[16]);
    byte[] header = new byte[64];
    for (int i = 0; i < 4; i++) {
      assertThat(mac(gmac, header)).isEqualTo(TEST_CASE_1);
    }
  }

  @Test
  void directionAndCancelAndMessageIdArePartOfTheNonce() {
    AesGmac gmac = new AesGmac(new byte[16]);
    byte[] plain = new byte[64];
    byte[] fromServer = new byte[64];
    fromServer[16] = 1;
    byte[] cancel = new byte[64];
    cancel[12] = 12;
    byte[] numbered = new byte[64];
    numbered[31] = 1;
    assertThat(Stream.of(plain, fromServer, cancel, numbered)
            .map(header -> HexFormat.of().formatHex(mac(gmac, header))))
        .doesNotHaveDuplicates();
    byte[] almostCancel = new byte[64];
    almostCancel[12] = 12;
    almostCancel[13] = 1;
    assertThat(mac(gmac, almostCancel)).isEqualTo(TEST_CASE_1);
  }

  private static byte[] mac(AesGmac gmac, byte[] header) {
    gmac.begin(header);
    byte[] code = new byte[16];
    gmac.finish(code);
    return code;
  }
}
