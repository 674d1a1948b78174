package io.copychunk.testing;

import io.copychunk.auth.AuthenticateMessage;
import io.copychunk.auth.AvPairs;
import io.copychunk.auth.ChallengeMessage;
import io.copychunk.auth.MechType;
import io.copychunk.auth.NegState;
import io.copychunk.auth.NegTokenInit;
import io.copychunk.auth.NegTokenResp;
import io.copychunk.auth.NegotiateFlags;
import io.copychunk.auth.NtlmSignature;
import io.copychunk.auth.NtlmV2;
import io.copychunk.auth.NtlmVersion;
import io.copychunk.message.SessionFlags;
import io.copychunk.message.SessionSetupRequest;
import io.copychunk.message.SessionSetupResponse;
import io.copychunk.wire.Octets;
import io.copychunk.wire.WireWriter;
import java.util.Arrays;
import java.util.List;

/** The server's side of one login by SPNEGO and NTLMv2, as {@link ScriptedServer#USER}. */
public final class ScriptedLogin {
  private static final Octets CHALLENGE = Octets.ofHex("0123456789abcdef");
  private static final NegotiateFlags FLAGS = NegotiateFlags.UNICODE
      .with(NegotiateFlags.SIGN)
      .with(NegotiateFlags.NTLM)
      .with(NegotiateFlags.ALWAYS_SIGN)
      .with(NegotiateFlags.EXTENDED_SESSIONSECURITY)
      .with(NegotiateFlags.TARGET_INFO)
      .with(NegotiateFlags.VERSION)
      .with(NegotiateFlags.KEY_128)
      .with(NegotiateFlags.KEY_EXCH);

  private Octets mechTypeList = Octets.EMPTY;
  private Octets negotiateMessage = Octets.EMPTY;
  private Octets challengeMessage = Octets.EMPTY;
  private byte[] key = {};

  /** Answers the first leg, with MORE_PROCESSING_REQUIRED. */
  public SessionSetupResponse challenge(SessionSetupRequest first) {
    NegTokenInit init = NegTokenInit.read(first.securityBuffer());
    mechTypeList = init.mechTypeList();
    negotiateMessage = init.mechToken();
    AvPairs info = new AvPairs(List.of(
        new AvPairs.AvPair(AvPairs.NB_DOMAIN_NAME, utf16(ScriptedServer.DOMAIN)),
        new AvPairs.AvPair(AvPairs.NB_COMPUTER_NAME, utf16("PEER")),
        new AvPairs.AvPair(
            AvPairs.TIMESTAMP, Octets.copyOf(WireWriter.toBytes(out -> out.bits64(1L << 56))))));
    challengeMessage = new ChallengeMessage(
            utf16(ScriptedServer.DOMAIN), FLAGS, CHALLENGE, info, NtlmVersion.OURS)
        .write();
    Octets token = new NegTokenResp(
            NegState.ACCEPT_INCOMPLETE, MechType.NTLMSSP, challengeMessage, Octets.EMPTY)
        .write();
    return new SessionSetupResponse(SessionFlags.NONE, token);
  }

  /** Verifies the last leg and answers it. */
  public SessionSetupResponse accept(SessionSetupRequest last, SessionFlags flags) {
    NegTokenResp token = NegTokenResp.read(last.securityBuffer());
    key = sessionKey(AuthenticateMessage.read(token.responseToken()));
    Octets mic = NtlmSignature.sign(NtlmSignature.Sender.SERVER, key, FLAGS, mechTypeList);
    return new SessionSetupResponse(
        flags, new NegTokenResp(NegState.ACCEPT_COMPLETED, null, Octets.EMPTY, mic).write());
  }

  /** The key of the session, once the last leg was accepted. */
  public byte[] key() {
    return key.clone();
  }

  /** 3.3.2 of MS-NLMP, from the server's side. */
  private byte[] sessionKey(AuthenticateMessage message) {
    byte[] response = message.ntResponse().toByteArray();
    byte[] proof = Arrays.copyOf(response, NtlmV2.KEY_SIZE);
    byte[] temp = Arrays.copyOfRange(response, NtlmV2.KEY_SIZE, response.length);
    byte[] ntowf = NtlmV2.ntowf(
        NtlmV2.ntHash(ScriptedServer.PASSWORD.toCharArray()), message.user(), message.domain());
    check(
        "proof of the password",
        Arrays.equals(proof, NtlmV2.ntProof(ntowf, CHALLENGE.toByteArray(), temp)));
    byte[] sessionKey = NtlmV2.rc4(
        NtlmV2.sessionBaseKey(ntowf, proof), message.encryptedSessionKey().toByteArray());
    Octets unauthenticated = message.withMic(AuthenticateMessage.ZERO_MIC).write();
    check(
        "MIC",
        NtlmV2.mic(sessionKey, negotiateMessage, challengeMessage, unauthenticated)
            .equals(message.mic()));
    return sessionKey;
  }

  private static void check(String what, boolean right) {
    if (!right) {
      throw new AssertionError("NTLM: the client's " + what + " is wrong");
    }
  }

  private static Octets utf16(String text) {
    return Octets.copyOf(WireWriter.toBytes(out -> out.utf16(text)));
  }
}
