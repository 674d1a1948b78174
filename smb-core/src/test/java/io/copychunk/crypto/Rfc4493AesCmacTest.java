package io.copychunk.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.copychunk.testing.Vectors;
import java.util.Arrays;
import java.util.Random;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.macs.CMac;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 4493 section 4, and Bouncy Castle as a second opinion. */
class Rfc4493AesCmacTest {
  private static final byte[] HEADER = new byte[64];

  @Test
  void everyExample() {
    JsonObject vectors = Vectors.load("rfc4493-aes-cmac.json");
    byte[] message = Vectors.hex(vectors.get("message").getAsString());
    AesCmac cmac = new AesCmac(Vectors.hex(vectors.get("key").getAsString()));
    int checked = 0;
    for (JsonElement element : vectors.getAsJsonArray("macs")) {
      JsonObject example = element.getAsJsonObject();
      int length = example.get("length").getAsInt();
      assertThat(mac(cmac, Arrays.copyOf(message, length), length + 1))
          .isEqualTo(Vectors.hex(example.get("mac").getAsString()));
      checked++;
    }
    assertThat(checked).isEqualTo(4);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 15, 16, 17, 31, 32, 33, 63, 64, 65, 1000, 8191, 8192, 8193, 70_000})
  void equalsBouncyCastleHoweverTheMessageIsSplit(int length) {
    Random random = new Random(length);
    byte[] key = new byte[16];
    byte[] message = new byte[length];
    random.nextBytes(key);
    random.nextBytes(message);
    CMac oracle = new CMac(AESEngine.newInstance());
    oracle.init(new KeyParameter(key));
    oracle.update(message, 0, length);
    byte[] expected = new byte[16];
    oracle.doFinal(expected, 0);
    AesCmac cmac = new AesCmac(key);
    for (int part : new int[] {1, 7, 16, 17, 64, 100, 8200, 70_001}) {
      assertThat(mac(cmac, message, part)).as("parts of %d", part).isEqualTo(expected);
    }
  }

  @Test
  void anUnfinishedMessageLeavesNothingBehind() {
    AesCmac cmac = new AesCmac(new byte[16]);
    byte[] message = new byte[40];
    byte[] expected = mac(cmac, message, 40);
    cmac.begin(HEADER);
    cmac.update(new byte[33], 0, 33);
    assertThat(mac(cmac, message, 40)).isEqualTo(expected);
  }

  private static byte[] mac(AesCmac cmac, byte[] message, int part) {
    cmac.begin(HEADER);
    for (int from = 0; from < message.length; from += part) {
      cmac.update(message, from, Math.min(part, message.length - from));
    }
    byte[] code = new byte[16];
    cmac.finish(code);
    return code;
  }
}
