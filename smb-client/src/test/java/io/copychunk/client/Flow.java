package io.copychunk.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.client.config.SmbConfig;
import io.copychunk.message.CreateRequest;
import io.copychunk.message.EchoRequest;
import io.copychunk.message.EchoResponse;
import io.copychunk.message.NegotiateResponse;
import io.copychunk.message.SessionSetupRequest;
import io.copychunk.message.Smb2Request;
import io.copychunk.message.TreeConnectRequest;
import io.copychunk.testing.Awaited;
import io.copychunk.testing.Received;
import io.copychunk.testing.Responses;
import io.copychunk.testing.ScriptedPeer;
import io.copychunk.testing.ScriptedServer;
import io.copychunk.wire.Dialect;
import io.copychunk.wire.FileId;
import java.util.concurrent.CompletableFuture;

/** A client and a scripted server, and the steps that most scenarios begin with. */
final class Flow implements AutoCloseable {
  static final FileId FILE_ID = new FileId(0xF1, 0xF2);
  static final int TREE_ID = 0x77;

  final ScriptedPeer peer = ScriptedPeer.listening();
  final ScriptedServer server = new ScriptedServer(peer);
  final SmbClient client;
  AsyncSmbConnection connection;
  private AsyncSmbSession firstSession;
  private AsyncSmbShare lastShare;

  Flow() {
    this(SmbConfig.defaults());
  }

  Flow(SmbConfig config) {
    client = SmbClient.create(config);
  }

  static Credentials credentials() {
    return Credentials.password(
        ScriptedServer.DOMAIN, ScriptedServer.USER, ScriptedServer.PASSWORD.toCharArray());
  }

  CompletableFuture<AsyncSmbConnection> connecting() {
    return client.async().connect(peer.host(), peer.port());
  }

  AsyncSmbConnection connected(Dialect dialect) {
    return connected(ScriptedServer.negotiateResponse(dialect));
  }

  AsyncSmbConnection connected(NegotiateResponse response) {
    CompletableFuture<AsyncSmbConnection> connecting = connecting();
    server.negotiate(response);
    connection = result(connecting);
    return connection;
  }

  AsyncSmbSession loggedIn(Dialect dialect) {
    return loggedIn(ScriptedServer.negotiateResponse(dialect));
  }

  AsyncSmbSession loggedIn(NegotiateResponse response) {
    connected(response);
    return loggedInAgain();
  }

  /** A further session of the same connection. */
  AsyncSmbSession loggedInAgain() {
    CompletableFuture<AsyncSmbSession> login = connection.login(credentials());
    Received<SessionSetupRequest> last = server.challenge();
    server.accepted(last).send();
    AsyncSmbSession session = result(login);
    if (firstSession == null) {
      firstSession = session;
    }
    return session;
  }

  AsyncSmbSession firstSession() {
    return firstSession;
  }

  /** A share of a new session. */
  AsyncSmbShare share() {
    return share(Dialect.SMB_3_1_1);
  }

  AsyncSmbShare share(Dialect dialect) {
    return share(loggedIn(dialect));
  }

  AsyncSmbShare share(AsyncSmbSession session) {
    CompletableFuture<AsyncSmbShare> connecting = session.share("share");
    treeConnected();
    lastShare = result(connecting);
    return lastShare;
  }

  AsyncSmbShare lastShare() {
    return lastShare;
  }

  void treeConnected() {
    peer.expect(TreeConnectRequest.class)
        .answer(Responses.disk())
        .treeId(TREE_ID)
        .send();
  }

  /** A file of a new share. */
  AsyncSmbFile file() {
    return file(share());
  }

  AsyncSmbFile file(AsyncSmbShare share) {
    CompletableFuture<AsyncSmbFile> opening = share.open("a.bin", OpenOptions.read());
    peer.expect(CreateRequest.class).answer(Responses.opened(FILE_ID)).send();
    return result(opening);
  }

  /** Waits for a request, and answers any ECHO before it: whether one comes is a matter of time. */
  <Q extends Smb2Request<?>> Received<Q> expectAfterEchoes(Class<Q> type, int mostEchoes)
      throws InterruptedException {
    for (int echoes = 0; echoes <= mostEchoes; echoes++) {
      Received<?> next = peer.take();
      if (next == null || !(next.body() instanceof EchoRequest)) {
        assertThat(next).isNotNull();
        assertThat(next.body()).isInstanceOf(type);
        return next.as(type);
      }
      next.answer(new EchoResponse()).credits(1).send();
    }
    throw new AssertionError("more than " + mostEchoes + " ECHOs");
  }

  /** Waits until the event loop has done what it was told, for it reads from the network first. */
  void settle() {
    connection.eventLoop().submit(() -> {}).syncUninterruptibly();
  }

  static <T> T result(CompletableFuture<T> future) {
    return Awaited.result(future);
  }

  /** What a future fails with. */
  static Throwable failure(CompletableFuture<?> future) {
    return Awaited.failure(future);
  }

  @Override
  public void close() {
    client.close();
    peer.close();
  }
}
