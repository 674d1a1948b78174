package io.copychunk.client.copy;

import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.client.AsyncSmbSession;
import io.copychunk.client.AsyncSmbShare;
import io.copychunk.client.Credentials;
import io.copychunk.client.SmbClient;
import io.copychunk.client.config.SmbConfig;
import io.copychunk.client.error.SmbCopyException;
import io.copychunk.client.error.SmbCopyException.Reason;
import io.copychunk.client.error.SmbStatusException;
import io.copychunk.message.TreeConnectRequest;
import io.copychunk.testing.Awaited;
import io.copychunk.testing.Responses;
import io.copychunk.testing.ScriptedFiles;
import io.copychunk.testing.ScriptedPeer;
import io.copychunk.testing.ScriptedServer;
import io.copychunk.wire.Dialect;
import io.copychunk.wire.NtStatus;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/** An engine, a client, and a scripted server with files that do what a test wants. */
public final class CopyFlow implements AutoCloseable {
  public final CopyEngine engine = new CopyEngine();
  public final ScriptedFiles files;
  private final ScriptedPeer peer;
  private final SmbClient client;
  private final AsyncSmbShare share;

  public CopyFlow() {
    this(SmbConfig.defaults());
  }

  public CopyFlow(SmbConfig config) {
    this(config, ScriptedPeer.listening());
  }

  /** With a server that listens, and that nobody has connected to. */
  public CopyFlow(SmbConfig config, ScriptedPeer peer) {
    this.peer = peer;
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

  public FileLocation at(String name) {
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

  /** Puts a file "a" on the server, of a content that depends on its size. */
  byte[] source(int size) {
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);
    files.put("a", content);
    return content;
  }

  /** The copy of "a" to "b" fails so, and leaves nothing. */
  void assertCopyFails(Reason reason, CopyOptions options) {
    List<String> before = files.names();
    assertThat(failure("a", "b", options))
        .isInstanceOfSatisfying(
            SmbCopyException.class, failure -> assertThat(failure.reason()).isEqualTo(reason));
    assertThat(files.names()).isEqualTo(before);
  }

  /** The copy of "a" to "b" fails with what the server has said. */
  void assertStatus(NtStatus status, CopyOptions options) {
    assertThat(failure("a", "b", options))
        .isInstanceOfSatisfying(
            SmbStatusException.class, failure -> assertThat(failure.status()).isEqualTo(status));
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
