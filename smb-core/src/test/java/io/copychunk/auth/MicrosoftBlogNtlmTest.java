package io.copychunk.auth;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.copychunk.message.NegotiateResponse;
import io.copychunk.message.SessionSetupRequest;
import io.copychunk.message.SessionSetupResponse;
import io.copychunk.testing.Vectors;
import io.copychunk.wire.Octets;
import io.copychunk.wire.Smb2Header;
import io.copychunk.wire.WireReader;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The login of a Windows client to a Windows server that Microsoft published. */
class MicrosoftBlogNtlmTest {
  private static final JsonObject TRACE =
      Vectors.load("ms-blog-vectors.json").getAsJsonObject("preauth_and_keys_311");
  private static final JsonObject NTLM = TRACE.getAsJsonObject("ntlm_mic");
  private static final JsonObject SPNEGO = TRACE.getAsJsonObject("spnego_mechListMIC");

  @Test
  void mic() {
    AuthenticateMessage message = AuthenticateMessage.read(octets(NTLM, "authenticate_message"));
    Octets mic = octets(NTLM, "mic");
    assertThat(message.mic()).isEqualTo(mic);
    // The client laid its payload out in our order, so that it comes out the same.
    assertThat(message.write()).isEqualTo(octets(NTLM, "authenticate_message"));
    assertThat(NtlmV2.mic(
            octets(NTLM, "exported_session_key").toByteArray(),
            octets(NTLM, "negotiate_message"),
            octets(NTLM, "challenge_message"),
            message.withMic(AuthenticateMessage.ZERO_MIC).write()))
        .isEqualTo(mic);
  }

  @Test
  void ntlmMessagesComeOutTheSame() {
    Octets negotiate = octets(NTLM, "negotiate_message");
    assertThat(NegotiateMessage.read(negotiate).write()).isEqualTo(negotiate);
    Octets challenge = octets(NTLM, "challenge_message");
    assertThat(ChallengeMessage.read(challenge).write()).isEqualTo(challenge);
  }

  @Test
  void mechListMicInBothDirections() {
    NegotiateFlags flags =
        AuthenticateMessage.read(octets(NTLM, "authenticate_message")).flags();
    byte[] key = octets(SPNEGO, "exported_session_key").toByteArray();
    Octets mechTypes =
        new NegTokenInit(List.of(MechType.NTLMSSP), Octets.EMPTY, Octets.EMPTY).mechTypeList();
    assertThat(mechTypes).isEqualTo(octets(SPNEGO, "mechTypes_der"));
    Octets client = octets(SPNEGO, "client_mechListMIC");
    Octets server = octets(SPNEGO, "server_mechListMIC");
    assertThat(NtlmSignature.sign(NtlmSignature.Sender.CLIENT, key, flags, mechTypes))
        .isEqualTo(client);
    assertThat(NtlmSignature.sign(NtlmSignature.Sender.SERVER, key, flags, mechTypes))
        .isEqualTo(server);
    assertThat(verifies(key, flags, mechTypes, server)).isTrue();
    assertThat(verifies(key, flags, mechTypes, client)).isFalse();
    assertThat(verifies(key, flags, mechTypes, Octets.EMPTY)).isFalse();
  }

  private static boolean verifies(
      byte[] key, NegotiateFlags flags, Octets mechTypes, Octets signature) {
    return NtlmSignature.verify(NtlmSignature.Sender.SERVER, key, flags, mechTypes, signature);
  }

  @Test
  void spnegoTokensComeOutTheSame() {
    Octets hint = NegotiateResponse.read(body(1)).securityBuffer();
    NegTokenInit2 offer = NegTokenInit2.read(hint);
    assertThat(offer.mechTypes()).containsExactly(MechType.NEGOEX, MechType.NTLMSSP);
    assertThat(offer.write()).isEqualTo(hint);
    Octets first = SessionSetupRequest.read(body(2)).securityBuffer();
    NegTokenInit init = NegTokenInit.read(first);
    assertThat(init.mechToken()).isEqualTo(octets(NTLM, "negotiate_message"));
    assertThat(init.write()).isEqualTo(first);
    Octets second = SessionSetupResponse.read(body(3)).securityBuffer();
    NegTokenResp response = NegTokenResp.read(second);
    assertThat(response.negState()).isEqualTo(NegState.ACCEPT_INCOMPLETE);
    assertThat(response.supportedMech()).isEqualTo(MechType.NTLMSSP);
    assertThat(response.responseToken()).isEqualTo(octets(NTLM, "challenge_message"));
    assertThat(response.write()).isEqualTo(second);
    Octets third = SessionSetupRequest.read(body(4)).securityBuffer();
    NegTokenResp last = NegTokenResp.read(third);
    assertThat(last.negState()).isEqualTo(NegState.ACCEPT_INCOMPLETE);
    assertThat(last.responseToken()).isEqualTo(octets(NTLM, "authenticate_message"));
    assertThat(last.mechListMic()).isEqualTo(octets(SPNEGO, "client_mechListMIC"));
    assertThat(last.write()).isEqualTo(third);
  }

  @Test
  void theFinalTokenCarriesTheServersMic() {
    byte[] message =
        Vectors.hex(TRACE.get("session_setup_final_response_signed").getAsString());
    Octets token = SessionSetupResponse.read(body(message)).securityBuffer();
    NegTokenResp response = NegTokenResp.read(token);
    assertThat(response.negState()).isEqualTo(NegState.ACCEPT_COMPLETED);
    assertThat(response.mechListMic()).isEqualTo(octets(SPNEGO, "server_mechListMIC"));
    assertThat(response.write()).isEqualTo(token);
  }

  private static WireReader body(int step) {
    JsonArray steps = TRACE.getAsJsonArray("steps");
    return body(Vectors.hex(steps.get(step).getAsJsonObject().get("message_hex").getAsString()));
  }

  private static WireReader body(byte[] message) {
    WireReader in = WireReader.of(message);
    Smb2Header.read(in);
    return in;
  }

  private static Octets octets(JsonObject object, String name) {
    return Octets.ofHex(object.get(name).getAsString());
  }
}
