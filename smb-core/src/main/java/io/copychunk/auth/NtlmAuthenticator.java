package io.copychunk.auth;

import io.copychunk.wire.Octets;
import java.util.Arrays;
import java.util.function.LongSupplier;

/** A login by NTLMv2 without SPNEGO around it (MS-NLMP 3.1.5). */
public final class NtlmAuthenticator implements Authenticator {
  private static final NegotiateFlags OFFERED = NegotiateFlags.UNICODE
      .with(NegotiateFlags.REQUEST_TARGET)
      .with(NegotiateFlags.SIGN)
      .with(NegotiateFlags.NTLM)
      .with(NegotiateFlags.ALWAYS_SIGN)
      .with(NegotiateFlags.EXTENDED_SESSIONSECURITY)
      .with(NegotiateFlags.TARGET_INFO)
      .with(NegotiateFlags.VERSION)
      .with(NegotiateFlags.KEY_128)
      .with(NegotiateFlags.KEY_EXCH)
      .with(NegotiateFlags.KEY_56);

  /**
   * KEY_EXCH need not be there: without it the session key is what the proof of the password gives,
   * and as secret.
   */
  private static final NegotiateFlags REQUIRED = NegotiateFlags.UNICODE
      .with(NegotiateFlags.EXTENDED_SESSIONSECURITY)
      .with(NegotiateFlags.TARGET_INFO)
      .with(NegotiateFlags.KEY_128);

  /** What an anonymous client, which has no key, can not agree to. */
  private static final NegotiateFlags KEYED =
      NegotiateFlags.SIGN.with(NegotiateFlags.ALWAYS_SIGN).with(NegotiateFlags.KEY_EXCH);

  private static final int MAX_CHALLENGE_SIZE = 0x8000;
  private static final int MAX_HOST_LENGTH = 1024;
  private static final Octets ANONYMOUS_LM_RESPONSE = Octets.copyOf(new byte[1]);
  private static final Octets NO_LM_RESPONSE = Octets.copyOf(new byte[24]);

  private enum State {
    INITIAL,
    NEGOTIATE_SENT,
    AUTHENTICATE_SENT,
    COMPLETED,
    FAILED
  }

  private final NtlmIdentity identity;
  private final String targetName;
  private final NegotiateMessage negotiate;
  private final RandomSource random;
  private final LongSupplier fileTime;
  private final byte[] exportedSessionKey = new byte[NtlmV2.KEY_SIZE];

  private State state = State.INITIAL;
  private NegotiateFlags negotiated = NegotiateFlags.NONE;
  private boolean hasKey;

  private NtlmAuthenticator(
      NtlmIdentity identity,
      String targetHost,
      NegotiateMessage negotiate,
      RandomSource random,
      LongSupplier fileTime) {
    if (targetHost.length() > MAX_HOST_LENGTH) {
      throw new IllegalArgumentException(
          "targetHost: " + targetHost.length() + " characters (expected: <= 1024)");
    }
    this.identity = identity;
    this.targetName = "cifs/" + targetHost;
    this.negotiate = negotiate;
    this.random = random;
    this.fileTime = fileTime;
  }

  /**
   * A login by bare NTLM messages.
   *
   * @param identity who logs in; destroyed with the login
   * @param targetHost the server as the user named it, up to 1024 characters
   * @param random must be unpredictable
   * @param fileTime the time as a FILETIME, for servers that do not tell theirs
   * @return the login
   */
  public static NtlmAuthenticator of(
      NtlmIdentity identity, String targetHost, RandomSource random, LongSupplier fileTime) {
    return new NtlmAuthenticator(
        identity,
        targetHost,
        new NegotiateMessage(OFFERED, Octets.EMPTY, Octets.EMPTY, NtlmVersion.OURS),
        random,
        fileTime);
  }

  @Override
  public Octets initialToken() {
    advance(State.INITIAL, State.NEGOTIATE_SENT);
    return negotiate.write();
  }

  @Override
  public Octets next(Octets serverToken) {
    if (state == State.AUTHENTICATE_SENT) {
      state = State.FAILED;
      throw new AuthenticationException("NTLM: the server wants more than AUTHENTICATE");
    }
    advance(State.NEGOTIATE_SENT, State.FAILED);
    if (serverToken.size() > MAX_CHALLENGE_SIZE) {
      throw new AuthenticationException(
          "NTLM: challenge of " + serverToken.size() + " bytes (expected: <= 32768)");
    }
    ChallengeMessage challenge = ChallengeMessage.read(serverToken);
    if (!challenge.flags().has(REQUIRED)) {
      throw new AuthenticationException(
          "NTLM: the server's flags " + challenge.flags() + " lack some of " + REQUIRED);
    }
    negotiated = challenge.flags().and(OFFERED);
    Octets authenticate = identity.isAnonymous()
        ? anonymousAuthenticate().write()
        : authenticate(challenge, serverToken);
    state = State.AUTHENTICATE_SENT;
    return authenticate;
  }

  @Override
  public void complete(Octets serverToken) {
    if (state == State.NEGOTIATE_SENT) {
      state = State.FAILED;
      throw new AuthenticationException("NTLM: the server is content before it saw a proof");
    }
    advance(State.AUTHENTICATE_SENT, State.FAILED);
    if (!serverToken.isEmpty()) {
      throw new AuthenticationException(
          "NTLM: the server sent " + serverToken.size() + " bytes after AUTHENTICATE");
    }
    state = State.COMPLETED;
  }

  @Override
  public byte[] sessionKey() {
    if (!hasKey) {
      throw new IllegalStateException("NTLM: no session key");
    }
    return exportedSessionKey.clone();
  }

  @Override
  public boolean anonymous() {
    return identity.isAnonymous();
  }

  @Override
  public String mechanism() {
    return "NTLMv2";
  }

  @Override
  public void destroy() {
    hasKey = false;
    state = State.FAILED;
    Arrays.fill(exportedSessionKey, (byte) 0);
    identity.destroy();
  }

  /** The client's signature of SPNEGO's mechanisms, or no bytes when none is due. */
  Octets mechListMic(Octets mechTypeList) {
    return hasKey
        ? NtlmSignature.sign(
            NtlmSignature.Sender.CLIENT, exportedSessionKey, negotiated, mechTypeList)
        : Octets.EMPTY;
  }

  /** Whether the server's signature of SPNEGO's mechanisms is right. */
  boolean verifyMechListMic(Octets mechTypeList, Octets mechListMic) {
    return hasKey
        && NtlmSignature.verify(
            NtlmSignature.Sender.SERVER, exportedSessionKey, negotiated, mechTypeList, mechListMic);
  }

  private AuthenticateMessage anonymousAuthenticate() {
    return new AuthenticateMessage(
        ANONYMOUS_LM_RESPONSE,
        Octets.EMPTY,
        "",
        "",
        "",
        Octets.EMPTY,
        negotiated.without(KEYED).with(NegotiateFlags.ANONYMOUS),
        negotiate.version(),
        null);
  }

  /**
   * The MIC is always there, also for a server that does not tell its time and so does not ask for
   * it: else whoever removes the time on the path would remove what proves the other messages.
   */
  private Octets authenticate(ChallengeMessage challenge, Octets rawChallenge) {
    AvPairs serverInfo = challenge.targetInfo();
    if (!serverInfo.has(AvPairs.NB_COMPUTER_NAME) || !serverInfo.has(AvPairs.NB_DOMAIN_NAME)) {
      throw new AuthenticationException("NTLM: the server does not name itself and its domain");
    }
    Octets timestamp = serverInfo.value(AvPairs.TIMESTAMP);
    long time = timestamp != null ? timestamp.reader().bits64() : fileTime.getAsLong();
    byte[] clientChallenge = new byte[NtlmV2.CHALLENGE_SIZE];
    random.nextBytes(clientChallenge);
    byte[] serverChallenge = challenge.serverChallenge().toByteArray();
    byte[] temp = NtlmV2.temp(time, clientChallenge, serverInfo.forClient(targetName));

    byte[] ntowf = identity.ntowf();
    byte[] sessionBaseKey = new byte[0];
    byte[] ntProof;
    Octets lmResponse;
    Octets encryptedSessionKey;
    try {
      ntProof = NtlmV2.ntProof(ntowf, serverChallenge, temp);
      lmResponse = timestamp != null
          ? NO_LM_RESPONSE
          : Octets.copyOf(NtlmV2.lmResponse(ntowf, serverChallenge, clientChallenge));
      sessionBaseKey = NtlmV2.sessionBaseKey(ntowf, ntProof);
      encryptedSessionKey = exchangeKey(sessionBaseKey);
    } finally {
      Arrays.fill(ntowf, (byte) 0);
      Arrays.fill(sessionBaseKey, (byte) 0);
    }

    AuthenticateMessage message = new AuthenticateMessage(
        lmResponse,
        concatenated(ntProof, temp),
        identity.domain(),
        identity.user(),
        "",
        encryptedSessionKey,
        negotiated,
        negotiate.version(),
        AuthenticateMessage.ZERO_MIC);
    return message
        .withMic(NtlmV2.mic(exportedSessionKey, negotiate.write(), rawChallenge, message.write()))
        .write();
  }

  /** Settles the session key and returns it encrypted, or no bytes when it need not be sent. */
  private Octets exchangeKey(byte[] sessionBaseKey) {
    hasKey = true;
    if (!negotiated.has(NegotiateFlags.KEY_EXCH)) {
      System.arraycopy(sessionBaseKey, 0, exportedSessionKey, 0, NtlmV2.KEY_SIZE);
      return Octets.EMPTY;
    }
    random.nextBytes(exportedSessionKey);
    return Octets.copyOf(NtlmV2.rc4(sessionBaseKey, exportedSessionKey));
  }

  private static Octets concatenated(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return Octets.copyOf(both);
  }

  private void advance(State expected, State next) {
    if (state != expected) {
      throw new IllegalStateException("NTLM: " + state + " (expected: " + expected + ")");
    }
    state = next;
  }

  /** Tells who logs in and how far the login is. */
  @Override
  public String toString() {
    return "NtlmAuthenticator[" + identity + ", " + state + "]";
  }
}
