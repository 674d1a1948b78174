package io.copychunk.it.attack;

import static io.copychunk.testing.Awaited.failure;
import static io.copychunk.testing.Awaited.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.client.AsyncSmbFile;
import io.copychunk.client.AsyncSmbSession;
import io.copychunk.client.AsyncSmbShare;
import io.copychunk.client.OpenOptions;
import io.copychunk.client.ResumeKey;
import io.copychunk.client.config.SmbConfig;
import io.copychunk.client.error.SmbBusyException;
import io.copychunk.client.error.SmbTimeoutException;
import io.copychunk.client.error.SmbTransportException;
import io.copychunk.it.fixture.hostile.Delivery;
import io.copychunk.it.fixture.hostile.HostileServer;
import io.copychunk.wire.Command;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Section 6: what a server can use up. */
@Attack
class ExhaustionTest {
  /** Long enough to connect on a busy machine, and short of the deadline of a single request. */
  private static final Duration CONNECTING = Duration.ofMillis(1500);

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
  @DisplayName("section 6: connecting has a deadline of its own")
  void section06_connecting() {
    client.using(hurried(Duration.ofMillis(300)));
    server.on(Command.NEGOTIATE).isSilent();

    assertThat(failure(client.connecting()))
        .isInstanceOf(SmbTimeoutException.class)
        .hasMessageStartingWith("cannot connect to")
        .hasMessageEndingWith("not done within 300 ms");
    server.awaitEnd();
  }

  @Test
  @DisplayName("section 6: a login has a deadline of its own")
  void section06_loggingIn() {
    client.using(hurried(CONNECTING));
    server.on(Command.SESSION_SETUP).isSilent();

    assertThat(failure(client.loggingIn()))
        .isInstanceOf(SmbTimeoutException.class)
        .hasMessageStartingWith("log in to")
        .hasMessageContaining("not done within");
    server.awaitEnd();
  }

  @Test
  @DisplayName("section 6: what connecting took of the deadline is not there for the login")
  void section06_loggingInWithWhatIsLeft() {
    client.using(hurried(CONNECTING));
    Duration late = Duration.ofMillis(200);
    server.on(Command.NEGOTIATE).delivers(Delivery.after(late));
    server.on(Command.SESSION_SETUP).isSilent();

    String message = failure(client.loggingIn()).getMessage();
    Matcher limit = Pattern.compile("^log in to .* not done within (\\d+) ms$").matcher(message);
    assertThat(limit).as(message).matches();
    assertThat(Long.parseLong(limit.group(1)))
        .isBetween(1L, CONNECTING.minus(late).toMillis());
  }

  @Test
  @DisplayName("section 6: a server that answers nothing any more is given up")
  void section06_deadServer() {
    client.using(AttackedClient.impatient());
    AsyncSmbFile file = client.file();
    server.when(request -> true).isSilent();
    CompletableFuture<ResumeKey> first = file.requestResumeKey();

    assertThat(failure(first)).hasMessageContaining("IOCTL: no answer for");
    server.awaitEnd();
    assertThat(client.fatal(SmbTimeoutException.class, file.requestResumeKey()))
        .hasMessageContaining("not even ECHO");
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
  @DisplayName("section 6: the same of a file and of a share")
  void section06_closingFileAndShare() {
    client.using(AttackedClient.impatient());
    AsyncSmbShare share = client.share();
    AsyncSmbFile file = result(share.open("a.bin", OpenOptions.read()));
    server.on(Command.CLOSE).isSilent();
    server.on(Command.TREE_DISCONNECT).isSilent();

    assertThat(file.close())
        .satisfies(closing -> assertThat(failure(closing))
            .isInstanceOf(SmbTimeoutException.class)
            .hasMessageContaining("CLOSE: no answer"));
    assertThat(share.close())
        .satisfies(closing -> assertThat(failure(closing))
            .isInstanceOf(SmbTimeoutException.class)
            .hasMessageContaining("TREE_DISCONNECT: no answer"));
    assertThat(client.connection().isOpen()).isTrue();
  }

  @Test
  @DisplayName("section 6: closing does not wait for ever for the answers to CLOSE and LOGOFF")
  void section06_closing() {
    AsyncSmbSession session = client.session();
    server.on(Command.LOGOFF).isSilent();

    result(session.close());
    server.awaitEnd();
  }

  /** So much for connecting and logging in; requests may take as long as they may by default. */
  private static SmbConfig hurried(Duration connecting) {
    return SmbConfig.builder()
        .transport(transport -> transport.connectTimeout(connecting))
        .build();
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
