package io.copychunk.it.attack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.copychunk.auth.AuthenticateMessage;
import io.copychunk.auth.AvPairs;
import io.copychunk.auth.MechType;
import io.copychunk.auth.NegState;
import io.copychunk.auth.NegTokenInit2;
import io.copychunk.auth.NegTokenResp;
import io.copychunk.auth.NtlmV2;
import io.copychunk.client.AsyncSmbConnection;
import io.copychunk.client.AsyncSmbFile;
import io.copychunk.client.AsyncSmbSession;
import io.copychunk.client.AsyncSmbShare;
import io.copychunk.client.Credentials;
import io.copychunk.client.OpenOptions;
import io.copychunk.client.ResumeKey;
import io.copychunk.client.SmbClient;
import io.copychunk.client.config.SecurityPolicy;
import io.copychunk.client.config.SecurityPolicy.Encryption;
import io.copychunk.client.config.SmbConfig;
import io.copychunk.client.error.SmbAuthenticationException;
import io.copychunk.client.error.SmbException;
import io.copychunk.client.error.SmbIntegrityException;
import io.copychunk.client.error.SmbNegotiationException;
import io.copychunk.client.error.SmbNotSupportedException;
import io.copychunk.client.error.SmbProtocolException;
import io.copychunk.client.error.SmbStatusException;
import io.copychunk.crypto.CipherAlgorithm;
import io.copychunk.crypto.MessageSigner;
import io.copychunk.crypto.SigningAlgorithm;
import io.copychunk.message.CreateRequest;
import io.copychunk.message.IoctlRequest;
import io.copychunk.message.NegotiateRequest;
import io.copychunk.message.NegotiateResponse;
import io.copychunk.message.SessionFlags;
import io.copychunk.message.SessionSetupRequest;
import io.copychunk.message.SessionSetupResponse;
import io.copychunk.message.ShareFlags;
import io.copychunk.message.TreeConnectRequest;
import io.copychunk.message.context.EncryptionCapabilities;
import io.copychunk.message.context.NegotiateContext;
import io.copychunk.message.fsctl.FsctlCode;
import io.copychunk.message.fsctl.ValidateNegotiateInfoResponse;
import io.copychunk.testing.Answer;
import io.copychunk.testing.Received;
import io.copychunk.testing.Responses;
import io.copychunk.testing.ScriptedPeer;
import io.copychunk.testing.ScriptedServer;
import io.copychunk.wire.Capabilities;
import io.copychunk.wire.Dialect;
import io.copychunk.wire.FileId;
import io.copychunk.wire.Guid;
import io.copychunk.wire.NtStatus;
import io.copychunk.wire.Octets;
import io.copychunk.wire.SecurityMode;
import io.copychunk.wire.Smb2Header;
import io.copychunk.wire.WireWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Section 3: downgrade and forgery. */
@Timeout(30)
class DowngradeAttacksTest {
  private static final int TREE_ID = 0x77;
  private static final FileId FILE_ID = new FileId(0xF1, 0xF2);
  private static final CipherAlgorithm CIPHER = CipherAlgorithm.AES_128_GCM;
  private static final int TRANSFORM_FLAGS = 42;
  private static final int TRANSFORM_ORIGINAL_SIZE = 36;
  private static final int TRANSFORM_SESSION_ID = 44;
  private static final int TRANSFORM_SIZE = 52;

  private final ScriptedPeer peer = ScriptedPeer.listening();
  private final ScriptedServer server = new ScriptedServer(peer);
  private SmbClient client = SmbClient.create();
  private AsyncSmbConnection connection;

  @AfterEach
  void end() {
    client.close();
    peer.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"SMB_2_0_2", "SMB_2_1", "SMB_3_0", "SMB_3_0_2"})
  @DisplayName("#40 the server chooses a dialect below what the policy accepts")
  void attack40_dialectBelowTheMinimum(Dialect dialect) {
    policy(policy -> policy.minDialect(Dialect.SMB_3_1_1));
    CompletableFuture<AsyncSmbConnection> connecting = connecting();
    peer.accept()
        .expect(NegotiateRequest.class)
        .answer(ScriptedServer.negotiateResponse(dialect))
        .send();

    fatal(SmbNegotiationException.class, connecting);
  }

  @ParameterizedTest
  @ValueSource(ints = {0x02FF, 0x0000, 0x0312, 0x0201})
  @DisplayName("#40 the multi-protocol wildcard, and dialects that do not exist")
  void attack40_dialectThatIsNone(int dialect) {
    CompletableFuture<AsyncSmbConnection> connecting = connecting();
    peer.accept()
        .expect(NegotiateRequest.class)
        .answer(ScriptedServer.negotiateResponse(Dialect.SMB_2_1))
        .tampered(bytes -> {
          bytes[Smb2Header.SIZE + 4] = (byte) dialect;
          bytes[Smb2Header.SIZE + 5] = (byte) (dialect >>> 8);
        })
        .send();

    fatal(SmbException.class, connecting);
  }

  @ParameterizedTest
  @EnumSource(names = {"SMB_2_1", "SMB_3_0", "SMB_3_0_2"})
  @DisplayName(
      "#40 somebody made the server choose less than it would have: VALIDATE_NEGOTIATE_INFO")
  void attack40_dialectLoweredOnThePath(Dialect dialect) {
    CompletableFuture<AsyncSmbShare> connecting = treeConnected(loggedIn(dialect));
    NegotiateResponse told = ScriptedServer.negotiateResponse(dialect);
    validated(told.capabilities(), told.serverGuid(), told.securityMode(), Dialect.SMB_3_1_1);

    fatal(SmbIntegrityException.class, connecting);
  }

  @Test
  @DisplayName("#40 somebody changed capabilities, security mode or the server's GUID")
  void attack40_negotiationChangedOnThePath() {
    NegotiateResponse told = ScriptedServer.negotiateResponse(Dialect.SMB_3_0_2);
    List<Runnable> lies = List.of(
        () -> validated(
            told.capabilities().with(Capabilities.ENCRYPTION),
            told.serverGuid(),
            told.securityMode(),
            told.dialect()),
        () -> validated(told.capabilities(), new Guid(6, 6), told.securityMode(), told.dialect()),
        () -> validated(
            told.capabilities(),
            told.serverGuid(),
            told.securityMode().with(SecurityMode.SIGNING_REQUIRED),
            told.dialect()));
    for (Runnable lie : lies) {
      CompletableFuture<AsyncSmbShare> connecting = treeConnected(loggedIn(Dialect.SMB_3_0_2));
      lie.run();
      fatal(SmbIntegrityException.class, connecting);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0xC000_00BB, 0xC000_0010, 0xC000_0128, 0xC000_0022})
  @DisplayName("#40 a 3.x server that refuses VALIDATE_NEGOTIATE_INFO")
  void attack40_validationRefused(int status) {
    CompletableFuture<AsyncSmbShare> connecting = treeConnected(loggedIn(Dialect.SMB_3_0));
    peer.expect(IoctlRequest.class).refusal(NtStatus.of(status)).send();

    fatal(SmbIntegrityException.class, connecting);
  }

  @Test
  @DisplayName("#40 NEGOTIATE was altered on 3.1.1: the keys differ")
  void attack40_negotiateAlteredOn311() {
    connected(ScriptedServer.negotiateResponse(Dialect.SMB_3_1_1));
    CompletableFuture<AsyncSmbSession> login = login();
    Received<SessionSetupRequest> last = server.challenge();
    // What the server would derive from other bytes than the client has sent.
    peer.signer(
        last.header().sessionId(),
        new MessageSigner(SigningAlgorithm.AES_GMAC, new byte[MessageSigner.SIZE]));
    server.acceptedUnchecked(last, SessionFlags.NONE).signed().send();

    fatal(SmbIntegrityException.class, login);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("#41 SIGNED stripped from a response")
  void attack41_signedStripped(Dialect dialect) {
    CompletableFuture<ResumeKey> key = file(dialect).requestResumeKey();
    Received<IoctlRequest> request = peer.expect(IoctlRequest.class);
    request.answer(Responses.key(request.body(), FILE_ID, 6)).unsigned().send();

    fatal(SmbIntegrityException.class, key);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("#41 SIGNED set, the signature zero")
  void attack41_zeroSignature(Dialect dialect) {
    CompletableFuture<ResumeKey> key = file(dialect).requestResumeKey();
    Received<IoctlRequest> request = peer.expect(IoctlRequest.class);
    request
        .answer(Responses.key(request.body(), FILE_ID, 6))
        .tampered(bytes -> Arrays.fill(bytes, 48, 64, (byte) 0))
        .send();

    fatal(SmbIntegrityException.class, key);
  }

  @Test
  @DisplayName("#41 a bit flipped anywhere in a signed response")
  void attack41_bitFlipped() {
    Random random = new Random(41);
    for (int i = 0; i < 40; i++) {
      CompletableFuture<ResumeKey> key = file(Dialect.SMB_3_1_1).requestResumeKey();
      Received<IoctlRequest> request = peer.expect(IoctlRequest.class);
      request
          .answer(Responses.key(request.body(), FILE_ID, 6))
          .tampered(bytes -> bytes[random.nextInt(bytes.length)] ^= 1 << random.nextInt(8))
          .send();
      assertThat(failure(key)).isInstanceOf(SmbException.class);
      peer.expectEnd();
    }
  }

  @ParameterizedTest
  @ValueSource(
      ints = {0xC000_0022, 0xC000_0034, 0xC000_0203, 0xC000_00C9, 0xC000_035C, 0x8000_0005})
  @DisplayName("#41, #25 a forged error, the end of the session included")
  void attack41_unsignedError(int status) {
    CompletableFuture<ResumeKey> key = file(Dialect.SMB_3_1_1).requestResumeKey();
    peer.expect(IoctlRequest.class).refusal(NtStatus.of(status)).unsigned().send();

    fatal(SmbIntegrityException.class, key);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  @DisplayName("#42 GUEST or NULL set to turn signing off")
  void attack42_guestOrNull(int flags) {
    connected(ScriptedServer.negotiateResponse(Dialect.SMB_3_1_1));
    CompletableFuture<AsyncSmbSession> login = login();
    server.acceptedUnchecked(server.challenge(), new SessionFlags(flags)).send();

    assertThat(failure(login)).isInstanceOf(SmbAuthenticationException.class);
    peer.expectEnd();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("#43 the final SESSION_SETUP response is not signed")
  void attack43_finalResponseUnsigned(Dialect dialect) {
    anyDialect();
    connected(ScriptedServer.negotiateResponse(dialect));
    CompletableFuture<AsyncSmbSession> login = login();
    server.accepted(server.challenge()).unsigned().send();

    fatal(SmbIntegrityException.class, login);
  }

  @Test
  @DisplayName("#44 an encrypted request is answered in clear")
  void attack44_answeredInClear() {
    CompletableFuture<ResumeKey> key = encryptedFile().requestResumeKey();
    Received<IoctlRequest> request = peer.expect(IoctlRequest.class);
    request.answer(Responses.key(request.body(), FILE_ID, 6)).inClear().send();

    fatal(SmbIntegrityException.class, key);
  }

  @Test
  @DisplayName("#44 an encrypted request is answered in clear, but signed")
  void attack44_answeredSigned() {
    CompletableFuture<ResumeKey> key = encryptedFile().requestResumeKey();
    Received<IoctlRequest> request = peer.expect(IoctlRequest.class);
    request.answer(Responses.key(request.body(), FILE_ID, 6)).inClear().signed().send();

    fatal(SmbIntegrityException.class, key);
  }

  @Test
  @DisplayName("#44 an error in clear to an encrypted request")
  void attack44_errorInClear() {
    CompletableFuture<ResumeKey> key = encryptedFile().requestResumeKey();
    peer.expect(IoctlRequest.class).refusal(NtStatus.ACCESS_DENIED).inClear().send();

    fatal(SmbIntegrityException.class, key);
  }

  @Test
  @DisplayName("#44 a PENDING in clear to an encrypted request")
  void attack44_interimInClear() {
    CompletableFuture<ResumeKey> key = encryptedFile().requestResumeKey();
    peer.expect(IoctlRequest.class).interim().inClear().send();

    fatal(SmbIntegrityException.class, key);
  }

  @Test
  @DisplayName("#44 encryption is required, and the server answers cipher 0 or none")
  void attack44_noCipher() {
    NegotiateResponse plain = ScriptedServer.negotiateResponse(Dialect.SMB_3_1_1);
    List<NegotiateContext> none = new ArrayList<>(plain.contexts());
    none.add(new EncryptionCapabilities(List.of(EncryptionCapabilities.NONE)));
    for (NegotiateResponse response : List.of(
        plain,
        ScriptedServer.negotiateResponse(Dialect.SMB_3_1_1, none),
        ScriptedServer.negotiateResponse(Dialect.SMB_3_0_2))) {
      policy(policy -> policy.encryption(Encryption.REQUIRED));
      CompletableFuture<AsyncSmbConnection> connecting = connecting();
      peer.accept().expect(NegotiateRequest.class).answer(response).send();
      fatal(SmbNegotiationException.class, connecting);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {3, 4, 5, 0xFFFF})
  @DisplayName("#44 a cipher that was not offered")
  void attack44_cipherNotOffered(int id) {
    policy(policy -> policy.ciphers(List.of(CipherAlgorithm.AES_128_GCM)));
    NegotiateResponse plain = ScriptedServer.negotiateResponse(Dialect.SMB_3_1_1);
    List<NegotiateContext> other = new ArrayList<>(plain.contexts());
    other.add(new EncryptionCapabilities(List.of(id)));
    CompletableFuture<AsyncSmbConnection> connecting = connecting();
    peer.accept()
        .expect(NegotiateRequest.class)
        .answer(ScriptedServer.negotiateResponse(Dialect.SMB_3_1_1, other))
        .send();

    fatal(SmbException.class, connecting);
  }

  @Test
  @DisplayName("#44 a share demands encryption that was not negotiated")
  void attack44_shareCanNotBeEncrypted() {
    AsyncSmbSession session = loggedIn(Dialect.SMB_3_1_1);
    CompletableFuture<AsyncSmbShare> connecting = session.share("share");
    peer.expect(TreeConnectRequest.class)
        .answer(Responses.disk(ShareFlags.ENCRYPT_DATA))
        .treeId(TREE_ID)
        .send();

    assertThat(failure(connecting)).isInstanceOf(SmbNotSupportedException.class);
  }

  @Test
  @DisplayName("#45 a transform of an unknown session")
  void attack45_unknownSession() {
    altered(frame -> frame[TRANSFORM_SESSION_ID] ^= 1, SmbProtocolException.class);
  }

  @Test
  @DisplayName("#45 Flags of a transform are not 1")
  void attack45_flags() {
    altered(frame -> frame[TRANSFORM_FLAGS] = 2, SmbProtocolException.class);
    altered(frame -> frame[TRANSFORM_FLAGS] = 0, SmbProtocolException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  @DisplayName("#45 OriginalMessageSize is not what follows")
  void attack45_originalMessageSize(int octet) {
    altered(
        frame -> frame[TRANSFORM_ORIGINAL_SIZE + octet] ^= (byte) 0x80, SmbProtocolException.class);
  }

  @Test
  @DisplayName("#45 a message of another session inside an encrypted frame")
  void attack45_innerSession() {
    CompletableFuture<ResumeKey> key = encryptedFile().requestResumeKey();
    Received<IoctlRequest> request = peer.expect(IoctlRequest.class);
    byte[] answer = plain(request.answer(Responses.key(request.body(), FILE_ID, 6)), request);
    answer[40] ^= 1;
    peer.sendFrame(peer.encrypt(request.header().sessionId(), answer));

    fatal(SmbIntegrityException.class, key);
  }

  @Test
  @DisplayName("#45 an encrypted frame inside an encrypted frame")
  void attack45_nested() {
    CompletableFuture<ResumeKey> key = encryptedFile().requestResumeKey();
    Received<IoctlRequest> request = peer.expect(IoctlRequest.class);
    byte[] answer = plain(request.answer(Responses.key(request.body(), FILE_ID, 6)), request);
    long session = request.header().sessionId();
    peer.sendFrame(peer.encrypt(session, peer.encrypt(session, answer)));

    fatal(SmbProtocolException.class, key);
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("#46 a bit flipped in the tag, the nonce or the cipher text")
  void attack46_tag(CipherAlgorithm cipher) {
    int ciphertext = TRANSFORM_SIZE + 7;
    for (int at : new int[] {4, 19, 20, 30, ciphertext}) {
      CompletableFuture<ResumeKey> key = encryptedFile(cipher).requestResumeKey();
      Received<IoctlRequest> request = peer.expect(IoctlRequest.class);
      byte[] answer = plain(request.answer(Responses.key(request.body(), FILE_ID, 6)), request);
      byte[] frame = peer.encrypt(request.header().sessionId(), answer);
      frame[at] ^= 1;
      peer.sendFrame(frame);
      fatal(SmbIntegrityException.class, key);
    }
  }

  @Test
  @DisplayName(
      "#47 every frame has a nonce of its own, also what is sent again and after a renewal")
  void attack47_nonces() {
    AsyncSmbFile file = encryptedFile();
    for (int i = 0; i < 20; i++) {
      CompletableFuture<ResumeKey> key = file.requestResumeKey();
      if (i % 5 == 0) { // refused, and sent again with the very same contents
        peer.expect(IoctlRequest.class)
            .refusal(NtStatus.NETWORK_SESSION_EXPIRED)
            .send();
        server.accepted(server.challenge()).send();
      }
      Received<IoctlRequest> request = peer.expect(IoctlRequest.class);
      request.answer(Responses.key(request.body(), FILE_ID, 6)).send();
      result(key);
    }

    List<Octets> nonces = peer.nonces();
    assertThat(nonces).hasSizeGreaterThan(20 + 4 * 3).doesNotHaveDuplicates();
    assertThat(nonces.stream().map(DowngradeAttacksTest::counter)).isSorted();
  }

  @Test
  @DisplayName("#48 the hint lists no mechanism that the policy allows")
  void attack48_hint() {
    NegotiateResponse plain = ScriptedServer.negotiateResponse(Dialect.SMB_3_1_1);
    Octets hint = new NegTokenInit2(List.of(MechType.KERBEROS), Octets.EMPTY, Octets.EMPTY).write();
    connected(new NegotiateResponse(
        plain.securityMode(),
        plain.dialect(),
        plain.serverGuid(),
        plain.capabilities(),
        plain.maxTransactSize(),
        plain.maxReadSize(),
        plain.maxWriteSize(),
        0,
        0,
        hint,
        plain.contexts()));

    assertThat(failure(login())).isInstanceOf(SmbAuthenticationException.class);
  }

  @Test
  @DisplayName("#48 the server picks a mechanism that was not offered")
  void attack48_otherMechanism() {
    connected(ScriptedServer.negotiateResponse(Dialect.SMB_3_1_1));
    CompletableFuture<AsyncSmbSession> login = login();
    Received<SessionSetupRequest> first = peer.expect(SessionSetupRequest.class);
    first
        .answer(new SessionSetupResponse(
            SessionFlags.NONE,
            new NegTokenResp(
                    NegState.ACCEPT_INCOMPLETE, MechType.KERBEROS, Octets.EMPTY, Octets.EMPTY)
                .write()))
        .status(NtStatus.MORE_PROCESSING_REQUIRED)
        .sessionId(5)
        .send();

    assertThat(failure(login)).isInstanceOf(SmbAuthenticationException.class);
  }

  @Test
  @DisplayName("#48 a wrong mechListMIC")
  void attack48_mechListMic() {
    connected(ScriptedServer.negotiateResponse(Dialect.SMB_3_1_1));
    CompletableFuture<AsyncSmbSession> login = login();
    Received<SessionSetupRequest> last = server.challenge();
    server.accepted(last); // derives the keys, and is not sent
    Octets wrong = new NegTokenResp(
            NegState.ACCEPT_COMPLETED, null, Octets.EMPTY, Octets.copyOf(new byte[] {
              1, 0, 0, 0, 9, 9, 9, 9, 9, 9, 9, 9, 0, 0, 0, 0
            }))
        .write();
    last.answer(new SessionSetupResponse(SessionFlags.NONE, wrong)).signed().send();

    assertThat(failure(login)).isInstanceOf(SmbAuthenticationException.class);
  }

  @Test
  @DisplayName(
      "#49 what is proved is bound to the server that the user named, by MIC and target name")
  void attack49_relay() {
    connected(ScriptedServer.negotiateResponse(Dialect.SMB_3_1_1));
    login();
    Received<SessionSetupRequest> last = server.challenge();
    AuthenticateMessage message =
        AuthenticateMessage.read(NegTokenResp.read(last.body().securityBuffer()).responseToken());
    byte[] response = message.ntResponse().toByteArray();
    int fixed = NtlmV2.KEY_SIZE + 28;
    AvPairs info =
        AvPairs.read(Octets.copyOf(Arrays.copyOfRange(response, fixed, response.length - 4)));

    assertThat(message.mic()).isNotNull().isNotEqualTo(AuthenticateMessage.ZERO_MIC);
    assertThat(info.value(AvPairs.TARGET_NAME))
        .isEqualTo(Octets.copyOf(WireWriter.toBytes(out -> out.utf16("cifs/" + peer.host()))));
    assertThat(info.value(AvPairs.CHANNEL_BINDINGS)).isEqualTo(Octets.copyOf(new byte[16]));
    assertThat(info.value(AvPairs.FLAGS)).isEqualTo(Octets.ofHex("02000000"));
    server.accepted(last).send(); // which checks the MIC over all three messages
  }

  @Test
  @DisplayName("#50 a policy without NTLM is not talked into it")
  void attack50_fallback() {
    policy(policy -> policy.ntlmAllowed(false));
    connected(ScriptedServer.negotiateResponse(Dialect.SMB_3_1_1));

    fatal(SmbAuthenticationException.class, login());
    peer.expectNothingMore();
  }

  @Test
  @DisplayName("#51 IPC$ is signed and verified as any other share")
  void attack51_ipc() {
    AsyncSmbSession session = loggedIn(Dialect.SMB_3_1_1);
    CompletableFuture<AsyncSmbShare> connecting = session.share("IPC$");
    Received<TreeConnectRequest> request = peer.expect(TreeConnectRequest.class);
    assertThat(request.header().isSigned()).isTrue();
    request.answer(Responses.disk()).treeId(TREE_ID).unsigned().send();

    fatal(SmbIntegrityException.class, connecting);
  }

  @Test
  @DisplayName("#52 the preauthentication hash is over the bytes received, whatever they look like")
  void attack52_preauthHash() {
    CompletableFuture<AsyncSmbConnection> connecting = connecting();
    // What no codec would write again: reserved fields that are not zero.
    server.negotiate(
        ScriptedServer.negotiateResponse(Dialect.SMB_3_1_1),
        answer -> answer.tampered(bytes -> {
          bytes[6] = 3; // CreditCharge, which means nothing in a response
          bytes[32] = 0x5A; // Reserved
        }));
    connection = result(connecting);
    CompletableFuture<AsyncSmbSession> login = login();
    server.accepted(server.challenge()).send();

    assertThat(result(login).isOpen()).isTrue();
  }

  @Test
  @DisplayName("#54 VALIDATE_NEGOTIATE_INFO is not sent on 3.1.1")
  void attack54_noValidationOn311() {
    AsyncSmbShare share = result(treeConnected(loggedIn(Dialect.SMB_3_1_1)));
    share.open("a.bin", OpenOptions.read());

    peer.expect(CreateRequest.class);
  }

  @Test
  @DisplayName("#55 the keys stay when the session is renewed")
  void attack55_keysStay() {
    AsyncSmbFile file = encryptedFile();
    CompletableFuture<ResumeKey> key = file.requestResumeKey();
    peer.expect(IoctlRequest.class).refusal(NtStatus.NETWORK_SESSION_EXPIRED).send();
    server.accepted(server.challenge()).send(); // keeps the keys of the first login
    Received<IoctlRequest> again = peer.expect(IoctlRequest.class);
    again.answer(Responses.key(again.body(), FILE_ID, 6)).send();

    assertThat(result(key).isUsable()).isTrue();
  }

  // ---- What a correct exchange would be

  private void policy(UnaryOperator<SecurityPolicy.Builder> change) {
    client.close();
    client = SmbClient.create(SmbConfig.builder().security(change).build());
  }

  private void anyDialect() {
    policy(policy -> policy.minDialect(Dialect.SMB_2_0_2));
  }

  private CompletableFuture<AsyncSmbConnection> connecting() {
    return client.async().connect(peer.host(), peer.port());
  }

  private void connected(NegotiateResponse response) {
    CompletableFuture<AsyncSmbConnection> connecting = connecting();
    server.negotiate(response);
    connection = result(connecting);
  }

  private CompletableFuture<AsyncSmbSession> login() {
    return connection.login(Credentials.password(
        ScriptedServer.DOMAIN, ScriptedServer.USER, ScriptedServer.PASSWORD.toCharArray()));
  }

  private AsyncSmbSession loggedIn(Dialect dialect) {
    connected(ScriptedServer.negotiateResponse(dialect));
    CompletableFuture<AsyncSmbSession> login = login();
    server.accepted(server.challenge()).send();
    return result(login);
  }

  private CompletableFuture<AsyncSmbShare> treeConnected(AsyncSmbSession session) {
    CompletableFuture<AsyncSmbShare> connecting = session.share("share");
    peer.expect(TreeConnectRequest.class)
        .answer(Responses.disk())
        .treeId(TREE_ID)
        .send();
    return connecting;
  }

  private AsyncSmbFile file(Dialect dialect) {
    if (dialect == Dialect.SMB_2_0_2) {
      anyDialect();
    }
    CompletableFuture<AsyncSmbShare> connecting = treeConnected(loggedIn(dialect));
    if (dialect != Dialect.SMB_3_1_1) {
      NegotiateResponse told = ScriptedServer.negotiateResponse(dialect);
      validated(told.capabilities(), told.serverGuid(), told.securityMode(), dialect);
    }
    return opened(result(connecting));
  }

  private AsyncSmbFile encryptedFile() {
    return encryptedFile(CIPHER);
  }

  private AsyncSmbFile encryptedFile(CipherAlgorithm cipher) {
    connected(ScriptedServer.negotiateResponse(Dialect.SMB_3_1_1, cipher));
    CompletableFuture<AsyncSmbSession> login = login();
    server.accepted(server.challenge(), SessionFlags.ENCRYPT_DATA).send();
    return opened(result(treeConnected(result(login))));
  }

  private AsyncSmbFile opened(AsyncSmbShare share) {
    CompletableFuture<AsyncSmbFile> opening = share.open("a.bin", OpenOptions.read());
    peer.expect(CreateRequest.class).answer(Responses.opened(FILE_ID)).send();
    return result(opening);
  }

  private void validated(Capabilities capabilities, Guid guid, SecurityMode mode, Dialect dialect) {
    Received<IoctlRequest> request = peer.expect(IoctlRequest.class);
    assertThat(request.body().controlCode()).isEqualTo(FsctlCode.VALIDATE_NEGOTIATE_INFO);
    ValidateNegotiateInfoResponse told =
        new ValidateNegotiateInfoResponse(capabilities, guid, mode, dialect);
    request
        .answer(Responses.output(
            request.body(), FileId.PREVIOUS, Octets.copyOf(WireWriter.toBytes(told::writeOutput))))
        .send();
  }

  /** An answer in an encrypted frame that is altered on its way. */
  private void altered(Consumer<byte[]> change, Class<? extends SmbException> expected) {
    CompletableFuture<ResumeKey> key = encryptedFile().requestResumeKey();
    Received<IoctlRequest> request = peer.expect(IoctlRequest.class);
    byte[] answer = plain(request.answer(Responses.key(request.body(), FILE_ID, 6)), request);
    byte[] frame = peer.encrypt(request.header().sessionId(), answer);
    change.accept(frame);
    peer.sendFrame(frame);
    fatal(expected, key);
  }

  private static byte[] plain(Answer answer, Received<?> request) {
    assertThat(request.encrypted()).isTrue();
    return answer.bytes();
  }

  private static long counter(Octets nonce) {
    long value = 0;
    for (int i = 7; i >= 0; i--) {
      value = value << 8 | nonce.toByteArray()[i] & 0xFF;
    }
    return value;
  }

  /** The future fails so, and the connection is of no more use. */
  private void fatal(Class<? extends Throwable> expected, CompletableFuture<?> future) {
    assertThat(failure(future)).isInstanceOf(expected).isNotInstanceOf(SmbStatusException.class);
    peer.expectEnd();
  }

  private static <T> T result(CompletableFuture<T> future) {
    try {
      return future.get(5, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError("expected a result", e);
    }
  }

  private static Throwable failure(CompletableFuture<?> future) {
    Throwable thrown = catchThrowable(() -> future.get(5, TimeUnit.SECONDS));
    assertThat(thrown).isNotNull().isNotInstanceOf(TimeoutException.class);
    return thrown instanceof ExecutionException ? thrown.getCause() : thrown;
  }
}
