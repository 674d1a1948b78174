package io.copychunk.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.client.SessionSecurity.Identity;
import io.copychunk.client.config.SecurityPolicy;
import io.copychunk.client.config.SecurityPolicy.Encryption;
import io.copychunk.client.config.SecurityPolicy.Signing;
import io.copychunk.client.config.SmbConfig;
import io.copychunk.client.error.SmbAuthenticationException;
import io.copychunk.client.error.SmbEncryptionException;
import io.copychunk.client.error.SmbIntegrityException;
import io.copychunk.client.error.SmbNegotiationException;
import io.copychunk.crypto.CipherAlgorithm;
import io.copychunk.crypto.SigningAlgorithm;
import io.copychunk.message.CancelRequest;
import io.copychunk.message.CloseRequest;
import io.copychunk.message.CreateRequest;
import io.copychunk.message.IoctlRequest;
import io.copychunk.message.LogoffRequest;
import io.copychunk.message.NegotiateRequest;
import io.copychunk.message.SessionFlags;
import io.copychunk.message.SessionSetupRequest;
import io.copychunk.message.ShareFlags;
import io.copychunk.message.TreeConnectRequest;
import io.copychunk.message.TreeDisconnectRequest;
import io.copychunk.testing.Received;
import io.copychunk.testing.Responses;
import io.copychunk.testing.ScriptedServer;
import io.copychunk.wire.Capabilities;
import io.copychunk.wire.Dialect;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(20)
class EncryptionFlowTest {
  private Flow flow = new Flow();

  @AfterEach
  void end() {
    flow.close();
  }

  @ParameterizedTest
  @EnumSource
  void aSessionThatTheServerWantsEncryptedIsEncryptedFromTheLoginOn(CipherAlgorithm cipher) {
    AsyncSmbSession session = loggedIn(cipher, SessionFlags.ENCRYPT_DATA);
    assertThat(session.security())
        .isEqualTo(new SessionSecurity(
            Dialect.SMB_3_1_1,
            SigningAlgorithm.AES_GMAC,
            cipher,
            "DOM\\user",
            Identity.USER,
            "NTLMv2"));

    AsyncSmbFile file = encryptedFile(session);
    CompletableFuture<Void> closing = file.close();
    encrypted(flow.peer.expect(CloseRequest.class)).answer(Responses.closed()).send();
    Flow.result(closing);
    session.close();
    encrypted(flow.peer.expect(LogoffRequest.class));
  }

  @Test
  void aCompoundIsOneEncryptedFrame() {
    AsyncSmbShare share =
        encryptedShare(loggedIn(CipherAlgorithm.AES_128_GCM, SessionFlags.ENCRYPT_DATA));
    CompletableFuture<KeyedOpen> opening = share.openWithResumeKey("a.bin");
    Received<CreateRequest> create = encrypted(flow.peer.expect(CreateRequest.class));
    Received<IoctlRequest> ioctl = encrypted(flow.peer.expect(IoctlRequest.class));
    flow.peer.sendTogether(
        create.answer(Responses.opened(Flow.FILE_ID)),
        ioctl.answer(Responses.key(ioctl.body(), Flow.FILE_ID, 7)));

    assertThat(Flow.result(opening).roundTrips()).isEqualTo(1);
  }

  @Test
  void interimResponsesAndCancelAreEncryptedToo() {
    AsyncSmbFile file =
        encryptedFile(loggedIn(CipherAlgorithm.AES_128_CCM, SessionFlags.ENCRYPT_DATA));
    CompletableFuture<ResumeKey> key = file.requestResumeKey();
    Received<IoctlRequest> ioctl = flow.peer.expect(IoctlRequest.class);
    ioctl.interim().encrypted().send();
    flow.settle();
    flow.peer.expectNothingMore();
    key.cancel(true);

    encrypted(flow.peer.expect(CancelRequest.class));
  }

  @Test
  void aShareThatWantsEncryptionGetsItAndOthersDoNot() {
    AsyncSmbSession session = loggedIn(CipherAlgorithm.AES_128_GCM, SessionFlags.NONE);
    assertThat(session.security().encryption()).isNull();
    CompletableFuture<AsyncSmbShare> connecting = session.share("secret");
    Received<TreeConnectRequest> connect = flow.peer.expect(TreeConnectRequest.class);
    assertThat(connect.encrypted()).isFalse();
    assertThat(connect.header().isSigned()).isTrue();
    connect.answer(Responses.disk(ShareFlags.ENCRYPT_DATA)).treeId(9).send();
    AsyncSmbShare secret = Flow.result(connecting);
    assertThat(secret.security().encryption()).isEqualTo(CipherAlgorithm.AES_128_GCM);

    AsyncSmbShare open = flow.share(session);
    assertThat(open.security().encryption()).isNull();
    assertThat(open.security().signing()).isEqualTo(SigningAlgorithm.AES_GMAC);
    CompletableFuture<AsyncSmbFile> first = secret.open("a.bin", OpenOptions.read());
    encrypted(flow.peer.expect(CreateRequest.class))
        .answer(Responses.opened(Flow.FILE_ID))
        .send();
    Flow.result(first);
    CompletableFuture<AsyncSmbFile> second = open.open("b.bin", OpenOptions.read());
    Received<CreateRequest> create = flow.peer.expect(CreateRequest.class);
    assertThat(create.encrypted()).isFalse();
    assertThat(create.header().isSigned()).isTrue();
    create.answer(Responses.opened(Flow.FILE_ID)).send();
    Flow.result(second);
    secret.close();
    encrypted(flow.peer.expect(TreeDisconnectRequest.class));
  }

  /** Its flags tell whether the share demands encryption, and only its signature keeps them. */
  @Test
  void attack44_theAnswerToTreeConnectIsSignedWhateverThePolicy() {
    reconfigure(security -> security.signing(Signing.IF_OFFERED));
    flow.connected(ScriptedServer.negotiateResponse(Dialect.SMB_3_0, CipherAlgorithm.AES_128_CCM));
    AsyncSmbSession session = flow.loggedInAgain();
    CompletableFuture<AsyncSmbShare> first = session.share("first");
    flow.treeConnected();
    Validation.genuine(
        Validation.expect(flow),
        ScriptedServer.negotiateResponse(Dialect.SMB_3_0, CipherAlgorithm.AES_128_CCM));
    Flow.result(first);
    CompletableFuture<AsyncSmbShare> second = session.share("secret");
    flow.peer
        .expect(TreeConnectRequest.class)
        .answer(Responses.disk())
        .treeId(9)
        .unsigned()
        .send();

    assertThat(Flow.failure(second)).isInstanceOf(SmbIntegrityException.class);
    flow.peer.expectEnd();
  }

  @Test
  void whatThePolicyWantsEncryptedIsEncryptedThoughTheServerDoesNotAsk() {
    reconfigure(security -> security.encryption(Encryption.REQUIRED));
    AsyncSmbSession session = loggedIn(CipherAlgorithm.AES_256_CCM, SessionFlags.NONE);

    assertThat(session.security().encryption()).isEqualTo(CipherAlgorithm.AES_256_CCM);
    encryptedFile(session);
  }

  @ParameterizedTest
  @EnumSource(names = {"SMB_3_0", "SMB_3_0_2"})
  void theNegotiationOfOlderDialectsIsValidatedEncrypted(Dialect dialect) {
    flow.connected(ScriptedServer.negotiateResponse(dialect, CipherAlgorithm.AES_128_CCM));
    AsyncSmbSession session = loggedIn(SessionFlags.ENCRYPT_DATA);
    assertThat(session.security().encryption()).isEqualTo(CipherAlgorithm.AES_128_CCM);
    CompletableFuture<AsyncSmbShare> connecting = session.share("share");
    encrypted(flow.peer.expect(TreeConnectRequest.class))
        .answer(Responses.disk())
        .treeId(Flow.TREE_ID)
        .send();
    Received<IoctlRequest> validation = encrypted(flow.peer.expect(IoctlRequest.class));
    Validation.genuine(
        validation, ScriptedServer.negotiateResponse(dialect, CipherAlgorithm.AES_128_CCM));

    assertThat(Flow.result(connecting).security().encryption())
        .isEqualTo(CipherAlgorithm.AES_128_CCM);
  }

  @Test
  void anUnsignedSessionIsEncryptedAllTheSameWhereAShareDemandsIt() {
    reconfigure(security -> security.signing(Signing.IF_OFFERED));
    AsyncSmbSession session = loggedIn(CipherAlgorithm.AES_128_GCM, SessionFlags.NONE);
    assertThat(session.security().signing()).isNull();
    CompletableFuture<AsyncSmbShare> connecting = session.share("secret");
    flow.peer
        .expect(TreeConnectRequest.class)
        .answer(Responses.disk(ShareFlags.ENCRYPT_DATA))
        .treeId(9)
        .send();

    Flow.result(connecting).open("a.bin", OpenOptions.read());
    encrypted(flow.peer.expect(CreateRequest.class));
  }

  @Test
  void whereEncryptionIsOffWhatDemandsItIsRefused() {
    reconfigure(security -> security.encryption(Encryption.OFF));
    AsyncSmbSession session = flow.loggedIn(Dialect.SMB_3_1_1);
    CompletableFuture<AsyncSmbShare> connecting = session.share("secret");
    flow.peer
        .expect(TreeConnectRequest.class)
        .answer(Responses.disk(ShareFlags.ENCRYPT_DATA))
        .treeId(9)
        .send();

    assertThat(Flow.failure(connecting)).isInstanceOf(SmbEncryptionException.class);
    Received<TreeDisconnectRequest> left = flow.peer.expect(TreeDisconnectRequest.class);
    assertThat(left.encrypted()).isFalse();
    assertThat(session.isOpen()).isTrue();
  }

  @Test
  void whereEncryptionIsOffASessionThatDemandsItIsRefused() {
    reconfigure(security -> security.encryption(Encryption.OFF));
    flow.connected(Dialect.SMB_3_1_1);
    CompletableFuture<AsyncSmbSession> login = flow.connection.login(Flow.credentials());
    flow.server.accepted(flow.server.challenge(), SessionFlags.ENCRYPT_DATA).send();

    assertThat(Flow.failure(login)).isInstanceOf(SmbEncryptionException.class);
  }

  /** Samba leaves the ciphers of a client aside that has not set the capability of 3.0. */
  @ParameterizedTest
  @EnumSource
  void theOnlyCipherOfAPolicyIsOfferedWithTheCapabilityThatServersLookFor(CipherAlgorithm cipher) {
    reconfigure(security -> security.ciphers(List.of(cipher)));
    CompletableFuture<AsyncSmbConnection> connecting = flow.connecting();
    Received<NegotiateRequest> request = flow.peer.accept().expect(NegotiateRequest.class);
    assertThat(request.body().capabilities().has(Capabilities.ENCRYPTION)).isTrue();
    flow.server
        .negotiated(request, ScriptedServer.negotiateResponse(Dialect.SMB_3_1_1, cipher))
        .send();
    flow.connection = Flow.result(connecting);

    assertThat(loggedIn(SessionFlags.ENCRYPT_DATA).security().encryption()).isEqualTo(cipher);
  }

  @Test
  void whereAServerSpeaksThe30ButThePolicyHasNotItsCipherASessionThatDemandsItIsRefused() {
    reconfigure(security -> security.ciphers(List.of(CipherAlgorithm.AES_256_GCM)));
    flow.connected(ScriptedServer.negotiateResponse(Dialect.SMB_3_0, CipherAlgorithm.AES_128_CCM));
    CompletableFuture<AsyncSmbSession> login = flow.connection.login(Flow.credentials());
    flow.server.accepted(flow.server.challenge(), SessionFlags.ENCRYPT_DATA).send();

    assertThat(Flow.failure(login)).isInstanceOf(SmbEncryptionException.class);
  }

  @Test
  void theStrictPolicyAcceptsNoServerThatCanNotEncrypt() {
    restart(SmbConfig.builder().security(SecurityPolicy.strict()).build());
    CompletableFuture<AsyncSmbConnection> connecting = flow.connecting();
    Received<NegotiateRequest> request = flow.peer.accept().expect(NegotiateRequest.class);
    assertThat(request.body().dialects()).containsExactly(Dialect.SMB_3_1_1);
    request.answer(ScriptedServer.negotiateResponse(Dialect.SMB_3_1_1)).send();

    assertThat(Flow.failure(connecting))
        .isInstanceOf(SmbNegotiationException.class)
        .hasMessageContaining("can not encrypt");
    flow.peer.expectEnd();
  }

  @Test
  void theStrictPolicyLetsNobodyInAnonymously() {
    restart(SmbConfig.builder().security(SecurityPolicy.strict()).build());
    flow.connected(
        ScriptedServer.negotiateResponse(Dialect.SMB_3_1_1, CipherAlgorithm.AES_128_GCM));

    assertThat(Flow.failure(flow.connection.login(Credentials.anonymous())))
        .isInstanceOf(SmbAuthenticationException.class)
        .hasMessageContaining("can not be encrypted");
    flow.peer.expectEnd(); // and nothing was sent before
  }

  @Test
  void whereNtlmIsNotAllowedNothingIsProved() {
    reconfigure(security -> security.ntlmAllowed(false));
    flow.connected(Dialect.SMB_3_1_1);

    assertThat(Flow.failure(flow.connection.login(Flow.credentials())))
        .isInstanceOf(SmbAuthenticationException.class)
        .hasMessageContaining("does not allow NTLMv2");
    flow.peer.expectEnd();
  }

  private AsyncSmbSession loggedIn(CipherAlgorithm cipher, SessionFlags flags) {
    flow.connected(ScriptedServer.negotiateResponse(Dialect.SMB_3_1_1, cipher));
    return loggedIn(flags);
  }

  private AsyncSmbSession loggedIn(SessionFlags flags) {
    CompletableFuture<AsyncSmbSession> login = flow.connection.login(Flow.credentials());
    Received<SessionSetupRequest> last = flow.server.challenge();
    assertThat(last.encrypted()).isFalse();
    flow.server.accepted(last, flags).send();
    return Flow.result(login);
  }

  private AsyncSmbShare encryptedShare(AsyncSmbSession session) {
    CompletableFuture<AsyncSmbShare> connecting = session.share("share");
    encrypted(flow.peer.expect(TreeConnectRequest.class))
        .answer(Responses.disk())
        .treeId(Flow.TREE_ID)
        .send();
    return Flow.result(connecting);
  }

  private AsyncSmbFile encryptedFile(AsyncSmbSession session) {
    CompletableFuture<AsyncSmbFile> opening =
        encryptedShare(session).open("a.bin", OpenOptions.read());
    encrypted(flow.peer.expect(CreateRequest.class))
        .answer(Responses.opened(Flow.FILE_ID))
        .send();
    return Flow.result(opening);
  }

  private static <R extends Received<?>> R encrypted(R request) {
    assertThat(request.encrypted()).as("encrypted: %s", request).isTrue();
    return request;
  }

  private void reconfigure(UnaryOperator<SecurityPolicy.Builder> change) {
    restart(SmbConfig.builder().security(change).build());
  }

  private void restart(SmbConfig config) {
    flow.close();
    flow = new Flow(config);
  }
}
