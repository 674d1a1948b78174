package io.copychunk.auth;

import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.testing.Capture;
import io.copychunk.wire.Octets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** The logins that were captured from Samba, computed again from the password. */
class SambaNtlmLoginTest {
  static final List<String> KEYED = Capture.KEYED;
  static final List<String> SMBCLIENT = Capture.SMBCLIENT;

  @ParameterizedTest
  @FieldSource("KEYED")
  void everyListedValue(String file) {
    Capture capture = Capture.of(file);
    SambaLogin login = SambaLogin.of(capture);
    assertThat(login.negotiate().toByteArray()).isEqualTo(capture.key("ntlm_negotiate"));
    assertThat(login.challenge().toByteArray()).isEqualTo(capture.key("ntlm_challenge"));
    assertThat(login.authenticate().toByteArray()).isEqualTo(capture.key("ntlm_authenticate"));
    byte[] ntHash = NtlmV2.ntHash(SambaLogin.PASSWORD.toCharArray());
    assertThat(ntHash).isEqualTo(capture.key("nt_hash"));
    byte[] ntowf = NtlmV2.ntowf(ntHash, SambaLogin.USER, SambaLogin.DOMAIN);
    assertThat(ntowf).isEqualTo(capture.key("ntowfv2"));
    assertThat(login.ntProof()).isEqualTo(capture.key("nt_proof_str"));
    assertThat(NtlmV2.sessionBaseKey(ntowf, login.ntProof()))
        .isEqualTo(capture.key("session_base_key"));
    assertThat(login.sessionKey()).isEqualTo(capture.key("exported_session_key"));
    AvPairs targetInfo = ChallengeMessage.read(login.challenge()).targetInfo();
    assertThat(targetInfo.write().toByteArray()).isEqualTo(capture.key("target_info_server"));
    assertThat(targetInfo.forClient("cifs/127.0.0.1").write().toByteArray())
        .isEqualTo(capture.key("target_info_client"));
    AuthenticateMessage message = AuthenticateMessage.read(login.authenticate());
    assertThat(message.domain()).isEqualTo(SambaLogin.DOMAIN);
    assertThat(message.user()).isEqualTo(SambaLogin.USER);
    assertThat(message.workstation()).isEqualTo("KATCLI");
    assertThat(message.mic()).isEqualTo(Octets.copyOf(capture.key("mic")));
    assertThat(mic(login, message)).isEqualTo(message.mic());
  }

  @ParameterizedTest
  @FieldSource("KEYED")
  void ntlmMessagesComeOutTheSame(String file) {
    SambaLogin login = SambaLogin.of(Capture.of(file));
    assertThat(NegotiateMessage.read(login.negotiate()).write()).isEqualTo(login.negotiate());
    assertThat(ChallengeMessage.read(login.challenge()).write()).isEqualTo(login.challenge());
    assertThat(AuthenticateMessage.read(login.authenticate()).write())
        .isEqualTo(login.authenticate());
  }

  @ParameterizedTest
  @FieldSource("KEYED")
  void ourOwnLoginGivesTheSameResponsesAndKey(String file) {
    Capture capture = Capture.of(file);
    SambaLogin login = SambaLogin.of(capture);
    NtlmAuthenticator authenticator = NtlmAuthenticator.of(
        new NtlmIdentity(SambaLogin.DOMAIN, SambaLogin.USER, SambaLogin.PASSWORD.toCharArray()),
        "127.0.0.1",
        random("a1a2a3a4a5a6a7a8", "55".repeat(16)),
        () -> {
          throw new AssertionError("the server tells the time");
        });
    Octets negotiate = authenticator.initialToken();
    Octets authenticate = authenticator.next(login.challenge());
    authenticator.complete(Octets.EMPTY);
    AuthenticateMessage expected = AuthenticateMessage.read(login.authenticate());
    AuthenticateMessage actual = AuthenticateMessage.read(authenticate);
    assertThat(actual.ntResponse()).isEqualTo(expected.ntResponse());
    assertThat(actual.lmResponse()).isEqualTo(expected.lmResponse());
    assertThat(actual.encryptedSessionKey()).isEqualTo(expected.encryptedSessionKey());
    assertThat(actual.flags()).hasToString("0xe2888215");
    assertThat(authenticator.sessionKey()).isEqualTo(capture.key("exported_session_key"));
    SambaLogin ours = new SambaLogin(
        negotiate, login.challenge(), authenticate, login.ntProof(), login.sessionKey());
    assertThat(mic(ours, actual)).isEqualTo(actual.mic());
  }

  @ParameterizedTest
  @FieldSource("SMBCLIENT")
  void smbclientsLogin(String file) {
    Capture capture = Capture.of(file);
    SambaLogin login = SambaLogin.of(capture);
    AuthenticateMessage message = AuthenticateMessage.read(login.authenticate());
    byte[] ntResponse = message.ntResponse().toByteArray();
    assertThat(Arrays.copyOf(ntResponse, 16)).isEqualTo(login.ntProof());
    // smbclient computes its MIC over its own layout, which is not ours.
    byte[] zeroed = login.authenticate().toByteArray();
    Arrays.fill(zeroed, 72, 88, (byte) 0);
    assertThat(NtlmV2.mic(
            login.sessionKey(), login.negotiate(), login.challenge(), Octets.copyOf(zeroed)))
        .isEqualTo(message.mic());
    assertThat(AuthenticateMessage.read(message.write())).isEqualTo(message);

    NegTokenInit first = NegTokenInit.read(capture.firstToken());
    assertThat(first.write()).isEqualTo(capture.firstToken());
    NegTokenResp second = NegTokenResp.read(capture.challengeToken());
    assertThat(second.write()).isEqualTo(capture.challengeToken());
    NegTokenResp third = NegTokenResp.read(capture.secondToken());
    assertThat(third.write()).isEqualTo(capture.secondToken());
    NegTokenResp last = NegTokenResp.read(capture.finalToken());
    assertThat(last.write()).isEqualTo(capture.finalToken());
    Octets list = first.mechTypeList();
    assertThat(NtlmSignature.sign(
            NtlmSignature.Sender.CLIENT, login.sessionKey(), message.flags(), list))
        .isEqualTo(third.mechListMic());
    assertThat(NtlmSignature.sign(
            NtlmSignature.Sender.SERVER, login.sessionKey(), message.flags(), list))
        .isEqualTo(last.mechListMic());
  }

  @ParameterizedTest
  @FieldSource("KEYED")
  void theServersHintOffersNtlmOnly(String file) {
    Octets hint = Capture.of(file).negotiateResponse().securityBuffer();
    assertThat(NegTokenInit2.read(hint).mechTypes()).containsExactly(MechType.NTLMSSP);
  }

  private static Octets mic(SambaLogin login, AuthenticateMessage message) {
    return NtlmV2.mic(
        login.sessionKey(),
        login.negotiate(),
        login.challenge(),
        message.withMic(AuthenticateMessage.ZERO_MIC).write());
  }

  /** What is asked for, in this order, and no more. */
  static RandomSource random(String... hex) {
    Queue<String> left = new ArrayDeque<>(List.of(hex));
    return bytes -> {
      byte[] next = HexFormat.of().parseHex(left.remove());
      assertThat(bytes).hasSameSizeAs(next);
      System.arraycopy(next, 0, bytes, 0, next.length);
    };
  }
}
