package io.copychunk.auth;

import io.copychunk.testing.Capture;
import io.copychunk.wire.Octets;
import java.util.Arrays;

/** The captured logins of katuser, seen by a server that knows the password. */
public record SambaLogin(
    Octets negotiate, Octets challenge, Octets authenticate, byte[] ntProof, byte[] sessionKey) {
  static final String DOMAIN = "KATGRP";
  static final String USER = "katuser";
  static final String PASSWORD = "Kat-Pass-1";

  public static SambaLogin of(Capture capture) {
    boolean raw = NtlmFields.isNtlm(capture.firstToken());
    Octets negotiate =
        raw ? capture.firstToken() : NegTokenInit.read(capture.firstToken()).mechToken();
    Octets challenge = raw
        ? capture.challengeToken()
        : NegTokenResp.read(capture.challengeToken()).responseToken();
    Octets authenticate =
        raw ? capture.secondToken() : NegTokenResp.read(capture.secondToken()).responseToken();
    byte[] serverChallenge = ChallengeMessage.read(challenge).serverChallenge().toByteArray();
    AuthenticateMessage message = AuthenticateMessage.read(authenticate);
    byte[] ntResponse = message.ntResponse().toByteArray();
    byte[] ntowf =
        NtlmV2.ntowf(NtlmV2.ntHash(PASSWORD.toCharArray()), message.user(), message.domain());
    byte[] ntProof = NtlmV2.ntProof(
        ntowf, serverChallenge, Arrays.copyOfRange(ntResponse, 16, ntResponse.length));
    return new SambaLogin(
        negotiate,
        challenge,
        authenticate,
        ntProof,
        NtlmV2.rc4(
            NtlmV2.sessionBaseKey(ntowf, ntProof), message.encryptedSessionKey().toByteArray()));
  }
}
