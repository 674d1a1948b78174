package io.copychunk.it.attack;

import static io.copychunk.testing.Awaited.failure;
import static io.copychunk.testing.Awaited.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.client.AsyncSmbConnection;
import io.copychunk.client.AsyncSmbFile;
import io.copychunk.client.AsyncSmbSession;
import io.copychunk.client.AsyncSmbShare;
import io.copychunk.client.Credentials;
import io.copychunk.client.OpenOptions;
import io.copychunk.client.ResumeKey;
import io.copychunk.client.SmbClient;
import io.copychunk.client.config.SecurityPolicy;
import io.copychunk.client.config.SmbConfig;
import io.copychunk.client.error.SmbException;
import io.copychunk.client.error.SmbStatusException;
import io.copychunk.crypto.CipherAlgorithm;
import io.copychunk.message.CreateRequest;
import io.copychunk.message.IoctlRequest;
import io.copychunk.message.NegotiateResponse;
import io.copychunk.message.SessionFlags;
import io.copychunk.message.TreeConnectRequest;
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
import io.copychunk.wire.Octets;
import io.copychunk.wire.SecurityMode;
import io.copychunk.wire.WireWriter;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;

/** A client before a scripted server, and the steps of a correct exchange between them. */
abstract class ScriptedAttacks {
  static final int TREE_ID = 0x77;
  static final FileId FILE_ID = new FileId(0xF1, 0xF2);
  static final CipherAlgorithm CIPHER = CipherAlgorithm.AES_128_GCM;
  static final int TRANSFORM_FLAGS = 42;
  static final int TRANSFORM_ORIGINAL_SIZE = 36;
  static final int TRANSFORM_SESSION_ID = 44;
  static final int TRANSFORM_SIZE = 52;

  final ScriptedPeer peer = ScriptedPeer.listening();
  final ScriptedServer server = new ScriptedServer(peer);
  SmbClient client = SmbClient.create();
  AsyncSmbConnection connection;

  @AfterEach
  void end() {
    client.close();
    peer.close();
  }

  void policy(UnaryOperator<SecurityPolicy.Builder> change) {
    client.close();
    client = SmbClient.create(SmbConfig.builder().security(change).build());
  }

  void anyDialect() {
    policy(policy -> policy.minDialect(Dialect.SMB_2_0_2));
  }

  CompletableFuture<AsyncSmbConnection> connecting() {
    return client.async().connect(peer.host(), peer.port());
  }

  void connected(NegotiateResponse response) {
    CompletableFuture<AsyncSmbConnection> connecting = connecting();
    server.negotiate(response);
    connection = result(connecting);
  }

  CompletableFuture<AsyncSmbSession> login() {
    return connection.login(Credentials.password(
        ScriptedServer.DOMAIN, ScriptedServer.USER, ScriptedServer.PASSWORD.toCharArray()));
  }

  AsyncSmbSession loggedIn(Dialect dialect) {
    connected(ScriptedServer.negotiateResponse(dialect));
    CompletableFuture<AsyncSmbSession> login = login();
    server.accepted(server.challenge()).send();
    return result(login);
  }

  CompletableFuture<AsyncSmbShare> treeConnected(AsyncSmbSession session) {
    CompletableFuture<AsyncSmbShare> connecting = session.share("share");
    peer.expect(TreeConnectRequest.class)
        .answer(Responses.disk())
        .treeId(TREE_ID)
        .send();
    return connecting;
  }

  AsyncSmbFile file(Dialect dialect) {
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

  AsyncSmbFile encryptedFile() {
    return encryptedFile(CIPHER);
  }

  AsyncSmbFile encryptedFile(CipherAlgorithm cipher) {
    connected(ScriptedServer.negotiateResponse(Dialect.SMB_3_1_1, cipher));
    CompletableFuture<AsyncSmbSession> login = login();
    server.accepted(server.challenge(), SessionFlags.ENCRYPT_DATA).send();
    return opened(result(treeConnected(result(login))));
  }

  AsyncSmbFile opened(AsyncSmbShare share) {
    CompletableFuture<AsyncSmbFile> opening = share.open("a.bin", OpenOptions.read());
    peer.expect(CreateRequest.class).answer(Responses.opened(FILE_ID)).send();
    return result(opening);
  }

  void validated(Capabilities capabilities, Guid guid, SecurityMode mode, Dialect dialect) {
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
  void altered(Consumer<byte[]> change, Class<? extends SmbException> expected) {
    CompletableFuture<ResumeKey> key = encryptedFile().requestResumeKey();
    Received<IoctlRequest> request = peer.expect(IoctlRequest.class);
    byte[] answer = plain(request.answer(Responses.key(request.body(), FILE_ID, 6)), request);
    byte[] frame = peer.encrypt(request.header().sessionId(), answer);
    change.accept(frame);
    peer.sendFrame(frame);
    fatal(expected, key);
  }

  static byte[] plain(Answer answer, Received<?> request) {
    assertThat(request.encrypted()).isTrue();
    return answer.bytes();
  }

  static long counter(Octets nonce) {
    long value = 0;
    for (int i = 7; i >= 0; i--) {
      value = value << 8 | nonce.toByteArray()[i] & 0xFF;
    }
    return value;
  }

  /** The future fails so, and the connection is of no more use. */
  SmbException fatal(Class<? extends SmbException> expected, CompletableFuture<?> future) {
    SmbException failure = Foreseen.failure(failure(future));
    assertThat(failure).isInstanceOf(expected).isNotInstanceOf(SmbStatusException.class);
    peer.expectEnd();
    return failure;
  }
}
