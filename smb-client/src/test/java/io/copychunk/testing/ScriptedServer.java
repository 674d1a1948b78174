package io.copychunk.testing;

import io.copychunk.auth.MechType;
import io.copychunk.auth.NegState;
import io.copychunk.auth.NegTokenInit2;
import io.copychunk.auth.NegTokenResp;
import io.copychunk.crypto.CipherAlgorithm;
import io.copychunk.crypto.MessageDecryptor;
import io.copychunk.crypto.MessageEncryptor;
import io.copychunk.crypto.MessageSigner;
import io.copychunk.crypto.SessionKeys;
import io.copychunk.crypto.SigningAlgorithm;
import io.copychunk.message.NegotiateRequest;
import io.copychunk.message.NegotiateResponse;
import io.copychunk.message.SessionFlags;
import io.copychunk.message.SessionSetupRequest;
import io.copychunk.message.SessionSetupResponse;
import io.copychunk.message.context.EncryptionCapabilities;
import io.copychunk.message.context.NegotiateContext;
import io.copychunk.message.context.PreauthIntegrityCapabilities;
import io.copychunk.message.context.SigningCapabilities;
import io.copychunk.wire.Capabilities;
import io.copychunk.wire.Dialect;
import io.copychunk.wire.Guid;
import io.copychunk.wire.NtStatus;
import io.copychunk.wire.Octets;
import io.copychunk.wire.SecurityMode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What a correct server does until a client is logged in, in steps that a test can take one by one:
 * NEGOTIATE and SESSION_SETUP with SPNEGO and NTLMv2, with a password that is known.
 */
public final class ScriptedServer {
  public static final String DOMAIN = "DOM";
  public static final String USER = "user";
  public static final String PASSWORD = "Secret-1";
  public static final Guid GUID = new Guid(0x1111, 0x2222);

  private final ScriptedPeer peer;
  private long lastSessionId = 0x5000_0000_0000L;
  private ScriptedLogin login = new ScriptedLogin();

  public ScriptedServer(ScriptedPeer peer) {
    this.peer = peer;
  }

  /** What a server of a dialect answers; on 3.1.1 it signs with AES-GMAC. */
  public static NegotiateResponse negotiateResponse(Dialect dialect) {
    List<NegotiateContext> contexts = dialect == Dialect.SMB_3_1_1
        ? List.of(
            new PreauthIntegrityCapabilities(
                List.of(PreauthIntegrityCapabilities.SHA_512), Octets.copyOf(new byte[32])),
            new SigningCapabilities(List.of(SigningCapabilities.AES_GMAC)))
        : List.of();
    return negotiateResponse(dialect, contexts);
  }

  /** What a server of a dialect answers, with contexts. */
  public static NegotiateResponse negotiateResponse(
      Dialect dialect, List<NegotiateContext> contexts) {
    boolean large = dialect.isAtLeast(Dialect.SMB_2_1);
    int max = large ? 8_388_608 : 65_536;
    return new NegotiateResponse(
        SecurityMode.SIGNING_ENABLED,
        dialect,
        GUID,
        large ? Capabilities.LARGE_MTU : Capabilities.NONE,
        max,
        max,
        max,
        0,
        0,
        new NegTokenInit2(List.of(MechType.NTLMSSP), Octets.EMPTY, Octets.EMPTY).write(),
        contexts);
  }

  /** What a server of a dialect answers that can encrypt, and on 3.1.1 chooses this cipher. */
  public static NegotiateResponse negotiateResponse(Dialect dialect, CipherAlgorithm cipher) {
    NegotiateResponse plain = negotiateResponse(dialect);
    List<NegotiateContext> contexts = new ArrayList<>(plain.contexts());
    if (dialect == Dialect.SMB_3_1_1) {
      contexts.add(new EncryptionCapabilities(List.of(cipher.id())));
    }
    return new NegotiateResponse(
        plain.securityMode(),
        dialect,
        GUID,
        dialect == Dialect.SMB_3_1_1
            ? plain.capabilities()
            : plain.capabilities().with(Capabilities.ENCRYPTION),
        plain.maxTransactSize(),
        plain.maxReadSize(),
        plain.maxWriteSize(),
        0,
        0,
        plain.securityBuffer(),
        contexts);
  }

  /** An answer to NEGOTIATE with another security token. */
  public static NegotiateResponse withToken(NegotiateResponse usual, Octets token) {
    return new NegotiateResponse(
        usual.securityMode(),
        usual.dialect(),
        usual.serverGuid(),
        usual.capabilities(),
        usual.maxTransactSize(),
        usual.maxReadSize(),
        usual.maxWriteSize(),
        usual.systemTime(),
        usual.serverStartTime(),
        token,
        usual.contexts());
  }

  private static @Nullable CipherAlgorithm cipher(NegotiateResponse response) {
    if (response.dialect() != Dialect.SMB_3_1_1) {
      return response.capabilities().has(Capabilities.ENCRYPTION)
          ? CipherAlgorithm.AES_128_CCM
          : null;
    }
    return response.contexts().stream()
        .filter(EncryptionCapabilities.class::isInstance)
        .map(context -> ((EncryptionCapabilities) context).ciphers().get(0))
        .filter(id -> id != EncryptionCapabilities.NONE)
        .map(CipherAlgorithm::of)
        .findFirst()
        .orElse(null);
  }

  /** Accepts the client and negotiates. */
  public void negotiate(Dialect dialect) {
    negotiate(negotiateResponse(dialect));
  }

  /** Accepts the client and answers its NEGOTIATE. */
  public void negotiate(NegotiateResponse response) {
    negotiate(response, answer -> answer);
  }

  /** Accepts the client and answers its NEGOTIATE with an answer that is changed before. */
  public void negotiate(NegotiateResponse response, UnaryOperator<Answer> change) {
    change
        .apply(negotiated(peer.accept().expect(NegotiateRequest.class), response))
        .send();
  }

  /** Accepts the client and answers its NEGOTIATE, whose answer is altered on its way. */
  public void negotiateAltered(NegotiateResponse response, Consumer<byte[]> alteration) {
    byte[] answer =
        negotiated(peer.accept().expect(NegotiateRequest.class), response).frame();
    alteration.accept(answer);
    peer.sendFrame(answer);
  }

  /** The answer to a NEGOTIATE, and what follows from it for signing and encryption. */
  public Answer negotiated(Received<NegotiateRequest> request, NegotiateResponse response) {
    SigningAlgorithm algorithm = response.contexts().stream()
        .filter(SigningCapabilities.class::isInstance)
        .map(context -> ((SigningCapabilities) context).algorithms().get(0))
        .map(SigningAlgorithm::of)
        .findFirst()
        .orElse(SigningAlgorithm.fixedFor(response.dialect()));
    peer.negotiated(response.dialect(), algorithm, cipher(response));
    return request.answer(response);
  }

  /** Both legs of a login. */
  public long logIn() {
    Received<SessionSetupRequest> last = challenge();
    accepted(last).send();
    return last.header().sessionId();
  }

  /** The first leg: sends the challenge and waits for what the client makes of it. */
  public Received<SessionSetupRequest> challenge() {
    return challenge(answer -> answer);
  }

  /** The first leg, with an answer that is changed before. */
  public Received<SessionSetupRequest> challenge(UnaryOperator<Answer> change) {
    change.apply(challenged(peer.expect(SessionSetupRequest.class))).send();
    return peer.expect(SessionSetupRequest.class);
  }

  /** The answer to the first leg: the challenge, in a new session. */
  public Answer challenged(Received<SessionSetupRequest> first) {
    login = new ScriptedLogin();
    Answer challenge =
        first.answer(login.challenge(first.body())).status(NtStatus.MORE_PROCESSING_REQUIRED);
    return first.header().sessionId() == 0 ? challenge.sessionId(++lastSessionId) : challenge;
  }

  /** Verifies the last leg and derives the keys; the answer is signed with them. */
  public Answer accepted(Received<SessionSetupRequest> last) {
    return accepted(last, SessionFlags.NONE);
  }

  /** Verifies the last leg and derives the keys; the answer is signed with them. */
  public Answer accepted(Received<SessionSetupRequest> last, SessionFlags flags) {
    SessionSetupResponse response = login.accept(last.body(), flags);
    byte[] key = login.key();
    CipherAlgorithm cipher = peer.cipher();
    SessionKeys keys = SessionKeys.derive(
        peer.dialect(),
        key,
        key,
        peer.sessionHash().bytes(),
        cipher == null ? 128 : cipher.keyBits());
    long sessionId = last.header().sessionId();
    if (peer.signer(sessionId) == null) { // a further authentication does not change the keys
      peer.signer(sessionId, new MessageSigner(peer.algorithm(), keys.signingKey()));
      if (cipher != null) {
        peer.cipher(
            sessionId,
            new MessageEncryptor(cipher, keys.serverToClientKey(), sessionId),
            new MessageDecryptor(cipher, keys.clientToServerKey(), sessionId));
      }
    }
    Answer accepted = last.answer(response);
    return last.encrypted() ? accepted : accepted.signed();
  }

  /** The answer of a server that looks at nobody's credentials. */
  public Answer acceptedUnchecked(Received<SessionSetupRequest> last, SessionFlags flags) {
    Octets answer =
        new NegTokenResp(NegState.ACCEPT_COMPLETED, null, Octets.EMPTY, Octets.EMPTY).write();
    return last.answer(new SessionSetupResponse(flags, answer));
  }
}
