package io.copychunk.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonObject;
import io.copychunk.testing.Vectors;
import io.copychunk.wire.Octets;
import java.util.Arrays;
import org.bouncycastle.crypto.engines.RC4Engine;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.Test;

/** MS-NLMP 4.2.1 and 4.2.4. */
class MsNlmpNtlmV2Test {
  private static final JsonObject VECTORS = Vectors.load("ms-nlmp-ntlmv2.json");
  private static final byte[] NTOWF = hex("ntowfv2");
  private static final byte[] SERVER_CHALLENGE = hex("server_challenge");
  private static final byte[] CLIENT_CHALLENGE = hex("client_challenge");
  private static final byte[] SESSION_KEY = hex("exported_session_key");

  @Test
  void hashes() {
    byte[] ntHash = NtlmV2.ntHash(text("password").toCharArray());
    assertThat(ntHash).isEqualTo(hex("nt_hash"));
    assertThat(NtlmV2.ntowf(ntHash, text("user"), text("domain"))).isEqualTo(NTOWF);
    assertThat(
            new NtlmIdentity(text("domain"), text("user"), text("password").toCharArray()).ntowf())
        .isEqualTo(NTOWF);
  }

  @Test
  void responses() {
    AvPairs targetInfo = AvPairs.read(Octets.copyOf(hex("target_info")));
    byte[] temp = NtlmV2.temp(0, CLIENT_CHALLENGE, targetInfo);
    assertThat(temp).isEqualTo(hex("temp"));
    byte[] ntProof = NtlmV2.ntProof(NTOWF, SERVER_CHALLENGE, temp);
    assertThat(ntProof).isEqualTo(hex("nt_proof_str"));
    byte[] ntResponse = hex("nt_challenge_response");
    assertThat(Arrays.copyOf(ntResponse, 16)).isEqualTo(ntProof);
    assertThat(Arrays.copyOfRange(ntResponse, 16, ntResponse.length)).isEqualTo(temp);
    assertThat(NtlmV2.lmResponse(NTOWF, SERVER_CHALLENGE, CLIENT_CHALLENGE))
        .isEqualTo(hex("lm_challenge_response"));
    byte[] sessionBaseKey = NtlmV2.sessionBaseKey(NTOWF, ntProof);
    assertThat(sessionBaseKey).isEqualTo(hex("session_base_key"));
    assertThat(NtlmV2.rc4(sessionBaseKey, SESSION_KEY))
        .isEqualTo(hex("encrypted_random_session_key"));
  }

  @Test
  void challengeMessage() {
    Octets bytes = Octets.copyOf(hex("challenge_message"));
    ChallengeMessage message = ChallengeMessage.read(bytes);
    assertThat(message.flags()).hasToString(text("challenge_flags"));
    assertThat(NtlmFields.utf16(message.targetName())).isEqualTo(text("server_name"));
    assertThat(message.serverChallenge().toByteArray()).isEqualTo(SERVER_CHALLENGE);
    assertThat(message.targetInfo().write().toByteArray()).isEqualTo(hex("target_info"));
    assertThat(message.write()).isEqualTo(bytes);
  }

  @Test
  void authenticateMessage() {
    Octets bytes = Octets.copyOf(hex("authenticate_message"));
    AuthenticateMessage message = AuthenticateMessage.read(bytes);
    assertThat(message.domain()).isEqualTo(text("domain"));
    assertThat(message.user()).isEqualTo(text("user"));
    assertThat(message.workstation()).isEqualTo(text("workstation"));
    assertThat(message.lmResponse().toByteArray()).isEqualTo(hex("lm_challenge_response"));
    assertThat(message.ntResponse().toByteArray()).isEqualTo(hex("nt_challenge_response"));
    assertThat(message.encryptedSessionKey().toByteArray())
        .isEqualTo(hex("encrypted_random_session_key"));
    assertThat(message.flags()).hasToString("0xe2888235");
    assertThat(message.version()).isEqualTo(new NtlmVersion(5, 1, 2600, 15));
    assertThat(message.mic()).isNull();
    assertThat(message.write()).isEqualTo(bytes);
  }

  @Test
  void sealExample() {
    byte[] signKey = NtlmSignature.signKey(NtlmSignature.Sender.CLIENT, SESSION_KEY);
    byte[] sealKey = NtlmSignature.sealKey(NtlmSignature.Sender.CLIENT, SESSION_KEY);
    assertThat(signKey).isEqualTo(hex("client_signing_key"));
    assertThat(sealKey).isEqualTo(hex("client_sealing_key"));
    JsonObject example = VECTORS.getAsJsonObject("seal_example");
    byte[] plaintext = Vectors.hex(example.get("plaintext").getAsString());
    byte[] checksum = Arrays.copyOf(NtlmV2.hmacMd5(signKey, new byte[4], plaintext), 8);
    assertThat(checksum)
        .isEqualTo(Vectors.hex(example.get("checksum_before_rc4").getAsString()));
    byte[] both = Arrays.copyOf(plaintext, plaintext.length + 8);
    System.arraycopy(checksum, 0, both, plaintext.length, 8);
    RC4Engine rc4 = new RC4Engine();
    rc4.init(true, new KeyParameter(sealKey));
    rc4.processBytes(both, 0, both.length, both, 0);
    assertThat(Arrays.copyOf(both, plaintext.length))
        .isEqualTo(Vectors.hex(example.get("ciphertext").getAsString()));
    byte[] signature = Vectors.hex(example.get("signature").getAsString());
    assertThat(Arrays.copyOfRange(both, plaintext.length, both.length))
        .isEqualTo(Arrays.copyOfRange(signature, 4, 12));
  }

  private static String text(String name) {
    return VECTORS.get(name).getAsString();
  }

  private static byte[] hex(String name) {
    return Vectors.hex(text(name));
  }
}
