package io.copychunk.auth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.copychunk.auth.AvPairs.AvPair;
import io.copychunk.wire.MalformedMessageException;
import io.copychunk.wire.Octets;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Logins to a server that is played by hand. */
class SpnegoAuthenticatorTest {
  private static final NegotiateFlags SERVER_FLAGS = new NegotiateFlags(0xE28A8215);
  private static final long TIME = 0x01DD7A965BE215D0L;
  private static final List<MechType> NTLM = List.of(MechType.NTLMSSP);

  private final NtlmIdentity identity = new NtlmIdentity("DOMAIN", "user", "secret".toCharArray());
  private SpnegoAuthenticator client = client(identity, Octets.EMPTY);

  @Test
  void serverThatSignsTheMechanismsIsAccepted() {
    NegTokenResp answer = answerTo(challenge(SERVER_FLAGS, true));
    assertThat(answer.negState()).isNull();
    AuthenticateMessage message = AuthenticateMessage.read(answer.responseToken());
    byte[] key = client.sessionKey();
    assertThat(serversKey(message)).isEqualTo(key);
    assertThat(answer.mechListMic())
        .isEqualTo(mic(NtlmSignature.Sender.CLIENT, key, message.flags()));
    client.complete(completed(mic(NtlmSignature.Sender.SERVER, key, message.flags())));
    assertThat(client.sessionKey()).isEqualTo(key);
    assertThat(client.anonymous()).isFalse();
    assertThat(client.mechanism()).isEqualTo("NTLMv2");
  }

  @Test
  void serverThatDoesNotSignTheOnlyMechanismIsAccepted() {
    answerTo(challenge(SERVER_FLAGS, true));
    client.complete(completed(Octets.EMPTY));
  }

  @Test
  void attack49_serverThatTellsNoTimeGetsAMicAllTheSame() {
    NegTokenResp answer = answerTo(challenge(SERVER_FLAGS, false));
    AuthenticateMessage message = AuthenticateMessage.read(answer.responseToken());
    assertThat(message.mic()).isNotNull().isNotEqualTo(AuthenticateMessage.ZERO_MIC);
    assertThat(message.lmResponse()).isNotEqualTo(Octets.copyOf(new byte[24]));
    assertThat(answer.mechListMic().isEmpty()).isFalse();
    byte[] temp = message.ntResponse().toByteArray();
    assertThat(Octets.copyOf(Arrays.copyOfRange(temp, 24, 32)).reader().bits64())
        .isEqualTo(TIME);
    assertThat(serversKey(message)).isEqualTo(client.sessionKey());
  }

  @Test
  void serverThatExchangesNoKeyGetsNone() {
    NegotiateFlags flags =
        SERVER_FLAGS.without(NegotiateFlags.KEY_EXCH).without(NegotiateFlags.VERSION);
    NegTokenResp answer = answerTo(challenge(flags, true));
    AuthenticateMessage message = AuthenticateMessage.read(answer.responseToken());
    assertThat(message.encryptedSessionKey().isEmpty()).isTrue();
    assertThat(message.mic()).isNotNull();
    byte[] key = client.sessionKey();
    assertThat(serversKey(message)).isEqualTo(key);
    client.complete(completed(mic(NtlmSignature.Sender.SERVER, key, message.flags())));
  }

  /** Before a proof was sent, or signed before there was a key, or not signed at all. */
  @Test
  void attack48_whatTheServerSaysOutOfTurnEndsTheLogin() {
    client = client(new NtlmIdentity("DOMAIN", "user", "secret".toCharArray()), Octets.EMPTY);
    client.initialToken();
    refused("before it saw a proof", () -> client.complete(completed(Octets.EMPTY)));

    client = client(new NtlmIdentity("DOMAIN", "user", "secret".toCharArray()), Octets.EMPTY);
    client.initialToken();
    Octets signed = new NegTokenResp(
            NegState.ACCEPT_INCOMPLETE,
            MechType.NTLMSSP,
            challenge(SERVER_FLAGS, true).write(),
            Octets.copyOf(new byte[16]))
        .write();
    refused("signed before", () -> client.next(signed));
    assertThatExceptionOfType(MalformedMessageException.class)
        .isThrownBy(() -> NegTokenResp.read(Octets.ofHex("a1063004a3020400")));
  }

  @Test
  void afterARefusalNothingCanBeProvedAnyMore() {
    answerTo(challenge(SERVER_FLAGS, true));
    Octets wrong = completed(Octets.copyOf(new byte[16]));
    refused("MIC is wrong", () -> client.complete(wrong));
    assertThatIllegalStateException().isThrownBy(client::sessionKey);

    client = client(new NtlmIdentity("DOMAIN", "user", "secret".toCharArray()), Octets.EMPTY);
    client.initialToken();
    Octets reject = response(NegState.REJECT, null, Octets.EMPTY);
    refused("rejected", () -> client.next(reject));
    Octets late = incomplete(challenge(SERVER_FLAGS, true));
    assertThatIllegalStateException().isThrownBy(() -> client.next(late));
  }

  @Test
  void nobodyHasNoKey() {
    SpnegoAuthenticator nobody = client(NtlmIdentity.anonymous(), Octets.EMPTY);
    nobody.initialToken();
    NegTokenResp answer = NegTokenResp.read(nobody.next(incomplete(challenge(SERVER_FLAGS, true))));
    AuthenticateMessage message = AuthenticateMessage.read(answer.responseToken());
    assertThat(message.lmResponse()).isEqualTo(Octets.copyOf(new byte[1]));
    assertThat(message.ntResponse().isEmpty()).isTrue();
    assertThat(message.user()).isEmpty();
    assertThat(message.domain()).isEmpty();
    assertThat(message.flags().has(NegotiateFlags.ANONYMOUS)).isTrue();
    assertThat(message.flags().has(NegotiateFlags.KEY_EXCH)).isFalse();
    assertThat(answer.mechListMic().isEmpty()).isTrue();
    assertThatIllegalStateException().isThrownBy(nobody::sessionKey);
    assertThat(nobody.anonymous()).isTrue();
    nobody.complete(completed(Octets.EMPTY));
  }

  @Test
  void wrongMicIsRefused() {
    answerTo(challenge(SERVER_FLAGS, true));
    refused("MIC is wrong", () -> client.complete(completed(Octets.copyOf(new byte[16]))));
  }

  @Test
  void micOfTheClientSentBackIsRefused() {
    Octets ours = answerTo(challenge(SERVER_FLAGS, true)).mechListMic();
    refused("MIC is wrong", () -> client.complete(completed(ours)));
  }

  @Test
  void serverThatAskedForAMicHasToSendOne() {
    client.initialToken();
    client.next(response(
        NegState.REQUEST_MIC, MechType.NTLMSSP, challenge(SERVER_FLAGS, true).write()));
    refused("sent none", () -> client.complete(completed(Octets.EMPTY)));
  }

  @Test
  void unfinishedOrRejectedSuccessIsRefused() {
    answerTo(challenge(SERVER_FLAGS, true));
    refused(
        "ACCEPT_INCOMPLETE",
        () -> client.complete(response(NegState.ACCEPT_INCOMPLETE, null, Octets.EMPTY)));
    refused(
        "rejected NTLMSSP", () -> client.complete(response(NegState.REJECT, null, Octets.EMPTY)));
    refused("null", () -> client.complete(response(null, null, Octets.EMPTY)));
  }

  @Test
  void tokenAfterTheLastOneIsRefused() {
    answerTo(challenge(SERVER_FLAGS, true));
    refused(
        "3 bytes after AUTHENTICATE",
        () ->
            client.complete(response(NegState.ACCEPT_COMPLETED, null, Octets.copyOf(new byte[3]))));
  }

  @Test
  void serverThatNeverEndsIsRefused() {
    ChallengeMessage challenge = challenge(SERVER_FLAGS, true);
    answerTo(challenge);
    refused("more than AUTHENTICATE", () -> client.next(incomplete(challenge)));
  }

  @Test
  void mechanismThatWasNotOfferedIsRefused() {
    client.initialToken();
    refused(
        "the server chose Kerberos (expected: NTLMSSP)",
        () -> client.next(response(NegState.ACCEPT_INCOMPLETE, MechType.KERBEROS, Octets.EMPTY)));
  }

  @Test
  void earlyVerdictsAreRefused() {
    client.initialToken();
    refused("rejected NTLMSSP", () -> client.next(response(NegState.REJECT, null, Octets.EMPTY)));
    refused(
        "ACCEPT_COMPLETED",
        () -> client.next(response(NegState.ACCEPT_COMPLETED, null, Octets.EMPTY)));
  }

  @Test
  void bareNtlmIsRefused() {
    client.initialToken();
    refused("bare NTLM", () -> client.next(challenge(SERVER_FLAGS, true).write()));
  }

  @Test
  void hintWithoutNtlmIsRefusedByName() {
    Octets hint = new NegTokenInit2(
            List.of(MechType.MS_KERBEROS, MechType.KERBEROS, new MechType("1.2.3")),
            Octets.EMPTY,
            Octets.EMPTY)
        .write();
    refused(
        "the server offers MS-Kerberos, Kerberos, 1.2.3 (expected: NTLMSSP)",
        () -> client(identity, hint));
  }

  @Test
  void hintWithNtlmOrWithoutMechanismsIsAccepted() {
    client(identity, new NegTokenInit2(NTLM, Octets.EMPTY, Octets.EMPTY).write())
        .initialToken();
    client(identity, new NegTokenInit2(List.of(), Octets.EMPTY, Octets.EMPTY).write())
        .initialToken();
  }

  @ParameterizedTest
  @ValueSource(ints = {0x1, 0x8_0000, 0x80_0000, 0x2000_0000})
  void weakChallengesAreRefused(int missing) {
    client.initialToken();
    NegotiateFlags flags = SERVER_FLAGS.without(new NegotiateFlags(missing));
    refused("lack some of", () -> client.next(incomplete(challenge(flags, true))));
  }

  @ParameterizedTest
  @ValueSource(ints = {AvPairs.NB_COMPUTER_NAME, AvPairs.NB_DOMAIN_NAME})
  void namelessServersAreRefused(int missing) {
    client.initialToken();
    ChallengeMessage challenge = challenge(SERVER_FLAGS, true);
    AvPairs pairs = new AvPairs(challenge.targetInfo().pairs().stream()
        .filter(pair -> pair.id() != missing)
        .toList());
    refused("does not name itself", () -> client.next(incomplete(challenge(SERVER_FLAGS, pairs))));
  }

  @Test
  void hugeChallengesAreRefused() {
    client.initialToken();
    AvPairs pairs = new AvPairs(List.of(new AvPair(3, Octets.copyOf(new byte[40_000]))));
    refused("(expected: <= 32768)", () -> client.next(incomplete(challenge(SERVER_FLAGS, pairs))));
  }

  @Test
  void wrongOrderIsABugOfTheCaller() {
    assertThatIllegalStateException()
        .isThrownBy(() -> client.next(incomplete(challenge(SERVER_FLAGS, true))));
    assertThatIllegalStateException().isThrownBy(client::sessionKey);
    client.initialToken();
    assertThatIllegalStateException().isThrownBy(client::initialToken);
    assertThatIllegalStateException().isThrownBy(client::sessionKey);
  }

  @Test
  void nothingIsLeftOfADestroyedLogin() {
    answerTo(challenge(SERVER_FLAGS, true));
    client.sessionKey();
    client.destroy();
    assertThatIllegalStateException().isThrownBy(client::sessionKey);
    assertThatIllegalStateException().isThrownBy(() -> client.complete(completed(Octets.EMPTY)));
  }

  @Test
  void destroyedIdentityLogsNobodyIn() {
    identity.destroy();
    client.initialToken();
    assertThatIllegalStateException()
        .isThrownBy(() -> client.next(incomplete(challenge(SERVER_FLAGS, true))));
  }

  @Test
  void textsTellNoSecrets() {
    NegTokenResp answer = answerTo(challenge(SERVER_FLAGS, true));
    assertThat(client).asString().contains("DOMAIN\\user").doesNotContain("secret");
    assertThat(identity).hasToString("DOMAIN\\user");
    assertThat(NtlmIdentity.anonymous()).hasToString("anonymous");
    assertThat(new NtlmIdentity("", "user", new char[0])).hasToString("user");
    assertThat(AuthenticateMessage.read(answer.responseToken()))
        .hasToString("AuthenticateMessage[DOMAIN\\user, 0xe2888215]");
  }

  private NegTokenResp answerTo(ChallengeMessage challenge) {
    NegTokenInit init = NegTokenInit.read(client.initialToken());
    assertThat(init.mechTypes()).isEqualTo(NTLM);
    assertThat(NegotiateMessage.read(init.mechToken()).flags()).hasToString("0xe2888215");
    return NegTokenResp.read(client.next(incomplete(challenge)));
  }

  /** The session key that a server finds, which knows the password. */
  private static byte[] serversKey(AuthenticateMessage message) {
    byte[] ntowf =
        NtlmV2.ntowf(NtlmV2.ntHash("secret".toCharArray()), message.user(), message.domain());
    byte[] response = message.ntResponse().toByteArray();
    byte[] ntProof =
        NtlmV2.ntProof(ntowf, new byte[8], Arrays.copyOfRange(response, 16, response.length));
    assertThat(Arrays.copyOf(response, 16)).isEqualTo(ntProof);
    byte[] baseKey = NtlmV2.sessionBaseKey(ntowf, ntProof);
    return message.encryptedSessionKey().isEmpty()
        ? baseKey
        : NtlmV2.rc4(baseKey, message.encryptedSessionKey().toByteArray());
  }

  private static SpnegoAuthenticator client(NtlmIdentity identity, Octets hint) {
    return SpnegoAuthenticator.ntlm(
        identity, "files.example.org", hint, new Random(1)::nextBytes, () -> TIME);
  }

  private static ChallengeMessage challenge(NegotiateFlags flags, boolean withTime) {
    AvPair domain = new AvPair(AvPairs.NB_DOMAIN_NAME, NtlmFields.utf16("DOMAIN"));
    AvPair computer = new AvPair(AvPairs.NB_COMPUTER_NAME, NtlmFields.utf16("FILES"));
    AvPair time = new AvPair(AvPairs.TIMESTAMP, Octets.copyOf(new byte[8]));
    return challenge(
        flags, new AvPairs(withTime ? List.of(domain, computer, time) : List.of(domain, computer)));
  }

  private static ChallengeMessage challenge(NegotiateFlags flags, AvPairs pairs) {
    return new ChallengeMessage(
        NtlmFields.utf16("FILES"), flags, Octets.copyOf(new byte[8]), pairs, NtlmVersion.OURS);
  }

  private static Octets incomplete(ChallengeMessage challenge) {
    return response(NegState.ACCEPT_INCOMPLETE, MechType.NTLMSSP, challenge.write());
  }

  private static Octets completed(Octets mic) {
    return new NegTokenResp(NegState.ACCEPT_COMPLETED, null, Octets.EMPTY, mic).write();
  }

  private static Octets response(
      @Nullable NegState state, @Nullable MechType supportedMech, Octets token) {
    return new NegTokenResp(state, supportedMech, token, Octets.EMPTY).write();
  }

  private static Octets mic(NtlmSignature.Sender sender, byte[] key, NegotiateFlags flags) {
    Octets list = new NegTokenInit(NTLM, Octets.EMPTY, Octets.EMPTY).mechTypeList();
    return NtlmSignature.sign(sender, key, flags, list);
  }

  private static void refused(String message, ThrowingCallable action) {
    assertThatExceptionOfType(AuthenticationException.class)
        .isThrownBy(action)
        .withMessageContaining(message);
  }
}
