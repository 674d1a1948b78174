package io.copychunk.client.copy;

import io.copychunk.client.AsyncSmbSession;
import io.copychunk.client.AsyncSmbShare;
import io.copychunk.client.Credentials;
import io.copychunk.client.SmbClient;
import io.copychunk.client.config.SmbConfig;
import io.copychunk.message.TreeConnectRequest;
import io.copychunk.testing.Awaited;
import io.copychunk.testing.Responses;
import io.copychunk.testing.ScriptedFiles;
import io.copychunk.testing.ScriptedPeer;
import io.copychunk.testing.ScriptedServer;
import io.copychunk.wire.Dialect;
import java.util.concurrent.CompletableFuture;

/** An engine, a client, and a scripted server with files that do what a test wants. */
final class CopyFlow implements AutoCloseable {
  final CopyEngine engine = new CopyEngine();
  final ScriptedFiles files;
  private final ScriptedPeer peer = ScriptedPeer.listening();
  private final SmbClient client;
  private final AsyncSmbShare share;

  CopyFlow() {
    this(SmbConfig.defaults());
  }

  CopyFlow(SmbConfig config) {
    client = SmbClient.create(config);
    ScriptedServer server = new ScriptedServer(peer);
    var connecting = client.async().connect(peer.host(), peer.port());
    server.negotiate(Dialect.SMB_3_1_1);
    CompletableFuture<AsyncSmbSession> login = Awaited.result(connecting)
        .login(Credentials.password(
            ScriptedServer.DOMAIN, ScriptedServer.USER, ScriptedServer.PASSWORD.toCharArray()));
    server.logIn();
    CompletableFuture<AsyncSmbShare> connected = Awaited.result(login).share("share");
    peer.expect(TreeConnectRequest.class).answer(Responses.disk()).treeId(7).send();
    share = Awaited.result(connected);
    files = new ScriptedFiles(peer).start();
  }

  AsyncSmbShare share() {
    return share;
  }

  FileLocation at(String name) {
    return new FileLocation(share, name);
  }

  CopyTask start(String source, String target, CopyOptions options) {
    return engine.start(at(source), at(target), options);
  }

  CopyResult copy(String source, String target, CopyOptions options) {
    return Awaited.result(start(source, target, options).result());
  }

  Throwable failure(String source, String target, CopyOptions options) {
    return Awaited.failure(start(source, target, options).result());
  }

  @Override
  public void close() {
    Throwable failure = files.failure(); // what comes later comes of closing
    client.close();
    peer.close();
    if (failure != null) {
      throw new AssertionError("the scripted server has failed", failure);
    }
  }
}
