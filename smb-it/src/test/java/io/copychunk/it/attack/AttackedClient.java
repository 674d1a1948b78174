package io.copychunk.it.attack;

import static io.copychunk.testing.Awaited.failure;
import static io.copychunk.testing.Awaited.result;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.copychunk.client.AsyncSmbConnection;
import io.copychunk.client.AsyncSmbFile;
import io.copychunk.client.AsyncSmbSession;
import io.copychunk.client.AsyncSmbShare;
import io.copychunk.client.Credentials;
import io.copychunk.client.OpenOptions;
import io.copychunk.client.ResumeKey;
import io.copychunk.client.SmbClient;
import io.copychunk.client.config.SmbConfig;
import io.copychunk.client.error.SmbException;
import io.copychunk.it.fixture.hostile.HostileServer;
import io.copychunk.testing.ScriptedServer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A client before a {@link HostileServer}, and what each attack has to end in. */
final class AttackedClient implements AutoCloseable {
  /** For attacks that end in a deadline; no shorter, for a slow machine has to log in within it. */
  static final Duration SHORT = Duration.ofMillis(600);

  private static final int PATIENCE_SECONDS = 20;

  final HostileServer server;
  private SmbClient client;
  private AsyncSmbConnection connection;

  AttackedClient(HostileServer server) {
    this(server, SmbConfig.defaults());
  }

  AttackedClient(HostileServer server, SmbConfig config) {
    this.server = server;
    this.client = SmbClient.create(config);
  }

  /** Begins anew with another configuration. */
  void using(SmbConfig config) {
    client.close();
    client = SmbClient.create(config);
  }

  /** A configuration with deadlines that a test can wait for. */
  static SmbConfig impatient() {
    return SmbConfig.builder()
        .transport(transport -> transport.requestTimeout(SHORT).frameTimeout(SHORT.dividedBy(2)))
        .build();
  }

  static Credentials credentials() {
    return Credentials.password(
        ScriptedServer.DOMAIN, ScriptedServer.USER, ScriptedServer.PASSWORD.toCharArray());
  }

  CompletableFuture<AsyncSmbConnection> connecting() {
    return client.async().connect(server.host(), server.port());
  }

  AsyncSmbConnection connected() {
    connection = result(connecting());
    return connection;
  }

  CompletableFuture<AsyncSmbSession> loggingIn() {
    return connected().login(credentials());
  }

  AsyncSmbSession session() {
    return result(loggingIn());
  }

  CompletableFuture<AsyncSmbShare> connectingShare() {
    return session().share("share");
  }

  AsyncSmbShare share() {
    return result(connectingShare());
  }

  CompletableFuture<AsyncSmbFile> opening() {
    return share().open("a.bin", OpenOptions.read());
  }

  AsyncSmbFile file() {
    return result(opening());
  }

  CompletableFuture<ResumeKey> key() {
    return file().requestResumeKey();
  }

  /** From NEGOTIATE to a key; whatever fails first is what it fails with. */
  CompletableFuture<ResumeKey> everything() {
    return connecting()
        .thenCompose(made -> made.login(credentials()))
        .thenCompose(session -> session.share("share"))
        .thenCompose(share -> share.open("a.bin", OpenOptions.read()))
        .thenCompose(AsyncSmbFile::requestResumeKey);
  }

  AsyncSmbConnection connection() {
    return connection;
  }

  /** Asserts that all has failed for one reason, which has ended the connection. */
  SmbException fatal(Class<? extends SmbException> type, CompletableFuture<?>... waiters) {
    SmbException cause = null;
    for (CompletableFuture<?> waiter : waiters) {
      SmbException failure = Foreseen.failure(failure(waiter));
      assertThat(failure).isInstanceOf(type);
      assertThat(failure.scope()).isEqualTo(SmbException.Scope.CONNECTION);
      assertThat(cause == null ? failure : cause).isSameAs(failure);
      cause = failure;
    }
    server.awaitEnd();
    if (connection != null) {
      await().atMost(PATIENCE_SECONDS, TimeUnit.SECONDS).until(() -> !connection.isOpen());
    }
    assertThat(cause).as("somebody waits").isNotNull();
    return cause;
  }

  /** Asserts that one request has failed, and that the connection is as good as before. */
  SmbException harmless(Class<? extends SmbException> type, CompletableFuture<?> waiter) {
    SmbException failure = Foreseen.failure(failure(waiter));
    assertThat(failure).isInstanceOf(type);
    assertThat(failure.scope()).isEqualTo(SmbException.Scope.REQUEST);
    assertThat(connection.isOpen()).isTrue();
    return failure;
  }

  @Override
  public void close() {
    client.close();
    server.close();
  }
}
