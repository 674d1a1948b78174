package io.copychunk.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.copychunk.testing.Capture;
import io.copychunk.testing.Vectors;
import io.copychunk.wire.Dialect;
import io.netty.buffer.Unpooled;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The hash and the keys of every capture whose keys are known. */
class SambaKeysTest {
  static final List<String> KEYED = Capture.KEYED;

  @ParameterizedTest
  @FieldSource("KEYED")
  void everyStepOfTheHash(String file) {
    Capture capture = Capture.of(file);
    JsonArray steps = capture.json().getAsJsonArray("preauth_hash_steps");
    PreauthIntegrityHash hash = PreauthIntegrityHash.ZERO;
    for (int i = 0; i < steps.size(); i++) {
      hash = hash.update(Unpooled.wrappedBuffer(capture.frames().get(i).bytes()));
      assertThat(hash.bytes())
          .isEqualTo(Vectors.hex(steps.get(i).getAsJsonArray().get(1).getAsString()));
    }
    if (capture.dialect() == Dialect.SMB_3_1_1) {
      assertThat(steps).hasSize(5);
      assertThat(capture.preauthHash()).isEqualTo(hash);
      assertThat(hash.bytes()).isEqualTo(capture.key("preauth_final"));
    }
  }

  @ParameterizedTest
  @FieldSource("KEYED")
  void everyKey(String file) {
    Capture capture = Capture.of(file);
    JsonObject listed = capture.json().getAsJsonObject("keys");
    byte[] sessionKey = capture.key("session_key");
    boolean wide =
        !listed.get("cipher_id").isJsonNull() && listed.get("cipher_id").getAsInt() > 2;
    SessionKeys keys = SessionKeys.derive(
        capture.dialect(), sessionKey, sessionKey, capture.preauthHash().bytes(), wide ? 256 : 128);
    assertThat(keys.signingKey()).isEqualTo(capture.key("signing_key"));
    if (capture.dialect().isAtLeast(Dialect.SMB_3_0)) {
      assertThat(keys.applicationKey()).isEqualTo(capture.key("application_key"));
      assertThat(keys.clientToServerKey()).isEqualTo(capture.key("encryption_key_c2s"));
      assertThat(keys.serverToClientKey()).isEqualTo(capture.key("decryption_key_s2c"));
    } else {
      assertThat(keys.signingKey()).isEqualTo(sessionKey);
    }
  }
}
