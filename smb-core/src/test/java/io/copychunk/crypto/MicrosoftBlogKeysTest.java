package io.copychunk.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.copychunk.testing.Vectors;
import io.copychunk.wire.Dialect;
import io.netty.buffer.Unpooled;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.junit.jupiter.api.Test;

/** The hashes, keys and signatures of the traces that Microsoft published. */
class MicrosoftBlogKeysTest {
  private static final JsonObject VECTORS = Vectors.load("ms-blog-vectors.json");
  private static final JsonObject TRACE = VECTORS.getAsJsonObject("preauth_and_keys_311");
  private static final JsonObject BINDING = VECTORS.getAsJsonObject("binding_311");

  @Test
  void hashAndKeysOf311() {
    PreauthIntegrityHash hash = PreauthIntegrityHash.ZERO;
    for (JsonElement step : TRACE.getAsJsonArray("steps")) {
      hash = hash.update(hex(step, "message_hex"));
      assertThat(hash.bytes()).isEqualTo(hex(step, "hash_after"));
    }
    assertThat(hash.bytes()).isEqualTo(hex(TRACE, "preauth_final"));
    byte[] sessionKey = hex(TRACE, "session_key");
    assertKeys(
        SessionKeys.derive(Dialect.SMB_3_1_1, sessionKey, sessionKey, hash.bytes(), 128),
        TRACE.getAsJsonObject("keys"));
  }

  @Test
  void signatureOfTheFinalSessionSetupResponse() {
    byte[] key = hex(TRACE.getAsJsonObject("keys"), "SigningKey");
    assertThat(verifies(key, hex(TRACE, "session_setup_final_response_signed"))).isTrue();
  }

  @Test
  void keysOf300() {
    JsonObject keys300 = VECTORS.getAsJsonObject("keys_300");
    byte[] sessionKey = hex(keys300, "session_key");
    assertKeys(
        SessionKeys.derive(Dialect.SMB_3_0, sessionKey, sessionKey, null, 128),
        keys300.getAsJsonObject("keys"));
    JsonObject channel = keys300.getAsJsonObject("second_channel");
    byte[] channelKey = hex(channel, "session_key");
    assertThat(SessionKeys.derive(Dialect.SMB_3_0, channelKey, channelKey, null, 128)
            .signingKey())
        .isEqualTo(hex(channel, "SigningKey"));
  }

  @Test
  void bindingOfASecondChannel() {
    byte[] mainKey = hex(BINDING, "main_session_signing_key");
    byte[] hash = hex(BINDING, "hash_after_negotiate_request");
    for (JsonElement step : BINDING.getAsJsonArray("steps")) {
      byte[] message = hex(step, "message_hex");
      hash = sha512(hash, message);
      assertThat(hash).isEqualTo(hex(step, "hash_after"));
      if (step.getAsJsonObject().get("message").getAsString().contains("signed")) {
        assertThat(verifies(mainKey, message)).isTrue();
      }
    }
    byte[] channelSessionKey = hex(BINDING, "channel_session_key");
    byte[] channelKey = SessionKeys.derive(
            Dialect.SMB_3_1_1, channelSessionKey, channelSessionKey, hash, 128)
        .signingKey();
    assertThat(channelKey).isEqualTo(hex(BINDING, "channel_signing_key"));
    byte[] finalResponse = hex(BINDING, "final_response");
    assertThat(verifies(channelKey, finalResponse)).isTrue();
    assertThat(verifies(mainKey, finalResponse)).isFalse();
  }

  @Test
  void cipherKeys() {
    int checked = 0;
    for (JsonElement element : VECTORS.getAsJsonArray("encryption")) {
      JsonObject entry = element.getAsJsonObject();
      byte[] sessionKey = hex(entry, "session_key");
      SessionKeys keys = entry.has("preauth_hash")
          ? SessionKeys.derive(
              Dialect.SMB_3_1_1, sessionKey, sessionKey, hex(entry, "preauth_hash"), 128)
          : SessionKeys.derive(Dialect.SMB_3_0, sessionKey, sessionKey, null, 128);
      if (entry.has("encryption_key")) {
        assertThat(keys.clientToServerKey()).isEqualTo(hex(entry, "encryption_key"));
      } else {
        assertThat(keys.serverToClientKey()).isEqualTo(hex(entry, "decryption_key"));
      }
      checked++;
    }
    assertThat(checked).isEqualTo(4);
  }

  private static void assertKeys(SessionKeys keys, JsonObject expected) {
    assertThat(keys.signingKey()).isEqualTo(hex(expected, "SigningKey"));
    assertThat(keys.applicationKey()).isEqualTo(hex(expected, "ApplicationKey"));
    assertThat(keys.clientToServerKey()).isEqualTo(hex(expected, "EncryptionKey_C2S"));
    assertThat(keys.serverToClientKey()).isEqualTo(hex(expected, "DecryptionKey_S2C"));
  }

  private static boolean verifies(byte[] key, byte[] message) {
    return new MessageSigner(SigningAlgorithm.AES_CMAC, key)
        .verify(Unpooled.wrappedBuffer(message));
  }

  private static byte[] sha512(byte[] hash, byte[] message) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-512");
      digest.update(hash);
      return digest.digest(message);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] hex(JsonElement object, String name) {
    return Vectors.hex(object.getAsJsonObject().get(name).getAsString());
  }
}
