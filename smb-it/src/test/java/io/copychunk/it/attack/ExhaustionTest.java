package io.copychunk.it.attack;

import static io.copychunk.testing.Awaited.failure;
import static io.copychunk.testing.Awaited.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.client.AsyncSmbFile;
import io.copychunk.client.AsyncSmbSession;
import io.copychunk.client.ResumeKey;
import io.copychunk.client.config.SmbConfig;
import io.copychunk.client.error.SmbBusyException;
import io.copychunk.client.error.SmbTimeoutException;
import io.copychunk.client.error.SmbTransportException;
import io.copychunk.it.fixture.hostile.Delivery;
import io.copychunk.it.fixture.hostile.HostileServer;
import io.copychunk.wire.Command;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Section 6: what a server can use up. */
@Attack
class ExhaustionTest {
  private final HostileServer server = HostileServer.listening();
  private final AttackedClient client = new AttackedClient(server);

  @AfterEach
  void end() {
    client.close();
  }

  @Test
  @DisplayName("section 6: what waits for credits is bounded, and what is one too many is told so")
  void section06_queue() {
    client.using(
        SmbConfig.builder().credits(credits -> credits.target(1).maxQueued(10)).build());
    server.on(Command.IOCTL).isSilent();
    AsyncSmbFile file = client.file();
    List<CompletableFuture<ResumeKey>> keys = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      keys.add(file.requestResumeKey());
    }

    client.harmless(SmbBusyException.class, keys.get(11));
    assertThat(keys.subList(0, 11)).noneMatch(CompletableFuture::isDone);
    assertThat(server.requests(Command.IOCTL)).isLessThanOrEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"NEGOTIATE", "SESSION_SETUP", "TREE_CONNECT", "CREATE", "IOCTL"})
  @DisplayName("section 6: a request that is never answered")
  void section06_neverAnswered(Command command) {
    client.using(AttackedClient.impatient());
    server.on(command).isSilent();

    assertThat(failure(client.everything())).isInstanceOf(SmbTimeoutException.class);
  }

  @Test
  @DisplayName("section 6: a server that answers nothing any more is given up")
  void section06_deadServer() {
    client.using(AttackedClient.impatient());
    AsyncSmbFile file = client.file();
    server.when(request -> true).isSilent();
    CompletableFuture<ResumeKey> first = file.requestResumeKey();

    client.harmless(SmbTimeoutException.class, first);
    CompletableFuture<ResumeKey> second = file.requestResumeKey();
    client.fatal(SmbTimeoutException.class, second);
    assertThat(server.requests(Command.ECHO)).isEqualTo(1);
  }

  @Test
  @DisplayName("section 6: a server that is slow, but there, is not given up")
  void section06_slowServer() {
    client.using(AttackedClient.impatient());
    AsyncSmbFile file = client.file();
    server.on(Command.IOCTL).isSilent();
    for (int i = 1; i <= 3; i++) {
      client.harmless(SmbTimeoutException.class, file.requestResumeKey());
      server.awaitRequests(Command.ECHO, i);
    }
    server.behave();

    assertThat(result(file.requestResumeKey()).isUsable()).isTrue();
  }

  @Test
  @DisplayName("section 6: a callback that does not return holds up nobody else")
  void section06_blockingCallback() {
    AsyncSmbFile file = client.file();
    CountDownLatch attached = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    server.on(Command.IOCTL).nth(1).does((request, answer, out) -> {
      await(attached); // else the callback might run on this very thread
      out.frame(answer.frame());
    });
    CompletableFuture<Void> blocked = file.requestResumeKey().thenAccept(key -> await(release));
    attached.countDown();

    for (int i = 0; i < 10; i++) {
      assertThat(result(file.requestResumeKey()).isUsable()).isTrue();
    }
    assertThat(blocked).isNotDone();
    release.countDown();
    result(blocked);
  }

  @Test
  @DisplayName("section 6: all that wait are told when the connection ends")
  void section06_deadReader() {
    AsyncSmbFile file = client.file();
    server.on(Command.IOCTL).nth(3).delivers(Delivery.cutAfter(10));
    server.on(Command.IOCTL).isSilent();

    client.fatal(
        SmbTransportException.class,
        file.requestResumeKey(),
        file.requestResumeKey(),
        file.requestResumeKey());
  }

  @Test
  @DisplayName("section 6: closing does not wait for ever for the answers to CLOSE and LOGOFF")
  void section06_closing() {
    AsyncSmbSession session = client.session();
    server.on(Command.LOGOFF).isSilent();

    result(session.close());
    server.awaitEnd();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
