package io.copychunk.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.copychunk.client.config.SmbConfig;
import io.copychunk.client.error.SmbClosedException;
import io.copychunk.client.error.SmbException;
import io.copychunk.client.error.SmbNotSupportedException;
import io.copychunk.client.error.SmbTransportException;
import io.copychunk.message.CancelRequest;
import io.copychunk.message.IoctlRequest;
import io.copychunk.message.LogoffRequest;
import io.copychunk.testing.Received;
import io.copychunk.testing.Responses;
import io.copychunk.wire.Dialect;
import io.copychunk.wire.NtStatus;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The end of connections, and the blocking face. */
@Timeout(20)
class LifecycleTest {
  private final Flow flow = new Flow();

  @AfterEach
  void end() {
    flow.close();
  }

  @Test
  void whatIsUnderWayFailsWhenTheConnectionIsCut() {
    AsyncSmbFile file = flow.file();
    List<CompletableFuture<ResumeKey>> keys = keysUnderWay(file, 50);
    flow.peer.cut();

    assertThat(keys)
        .allSatisfy(key -> assertThat(Flow.failure(key)).isInstanceOf(SmbTransportException.class));
    assertThat(keys.stream().map(Flow::failure).distinct()).hasSize(1);
    assertThat(file.isOpen()).isFalse();
    assertThat(Flow.failure(file.requestResumeKey())).isInstanceOf(SmbTransportException.class);
    Flow.result(file.close());
  }

  @Test
  void whatIsUnderWayFailsWhenTheConnectionIsClosed() {
    List<CompletableFuture<ResumeKey>> keys = keysUnderWay(flow.file(), 50);
    flow.connection.close();

    assertThat(keys)
        .allSatisfy(key -> assertThat(Flow.failure(key)).isInstanceOf(SmbClosedException.class));
    flow.peer.expectEnd();
  }

  @Test
  void whatIsUnderWayFailsWhenTheClientIsClosed() {
    AsyncSmbFile file = flow.file();
    List<CompletableFuture<ResumeKey>> keys = keysUnderWay(file, 50);
    flow.client.close();

    assertThat(keys)
        .allSatisfy(key -> assertThat(Flow.failure(key)).isInstanceOf(SmbClosedException.class));
    assertThat(Flow.failure(file.requestResumeKey())).isInstanceOf(SmbClosedException.class);
    Flow.result(file.close());
  }

  @Test
  void closingTheLastSessionTwiceWaitsForItsGoodBye() {
    AsyncSmbSession session = flow.loggedIn(Dialect.SMB_3_1_1);
    CompletableFuture<Void> first = session.close();
    CompletableFuture<Void> second = session.close();
    Received<LogoffRequest> logoff = flow.peer.expect(LogoffRequest.class);
    flow.settle();

    assertThat(flow.connection.isOpen()).isTrue();
    assertThat(second).isNotDone();
    logoff.answer(new io.copychunk.message.LogoffResponse()).send();
    Flow.result(first);
    Flow.result(second);
    flow.peer.expectEnd();
  }

  @Test
  void callbacksDoNotRunOnTheEventLoop() {
    AsyncSmbFile file = flow.file();
    CompletableFuture<Boolean> onLoop = file.requestResumeKey()
        .handle((key, failure) -> flow.connection.eventLoop().inEventLoop());
    CompletableFuture<Boolean> failedOnLoop = file.requestResumeKey()
        .handle((key, failure) -> flow.connection.eventLoop().inEventLoop());
    Received<IoctlRequest> request = flow.peer.expect(IoctlRequest.class);
    flow.peer.expect(IoctlRequest.class);
    request.answer(Responses.key(request.body(), Flow.FILE_ID, 1)).send();
    assertThat(Flow.result(onLoop)).isFalse();
    flow.peer.cut();

    assertThat(Flow.result(failedOnLoop)).isFalse();
  }

  @Test
  void blockingOnTheEventLoopIsRefused() throws Exception {
    SmbFile file = new SmbFile(flow.file());
    Throwable thrown = flow.connection
        .eventLoop()
        .submit(() -> catchThrowable(SmbFile::requestResumeKey, file))
        .get(5, TimeUnit.SECONDS);

    assertThat(thrown).isInstanceOf(IllegalStateException.class).hasMessageContaining("event loop");
    flow.settle();
    flow.peer.expectNothingMore();
  }

  @Test
  void connectingOnAnEventLoopIsRefused() throws Exception {
    flow.file();
    Throwable thrown = flow.connection
        .eventLoop()
        .submit(() -> catchThrowable(file -> flow.client.connect("127.0.0.1"), null))
        .get(5, TimeUnit.SECONDS);

    assertThat(thrown).isInstanceOf(IllegalStateException.class).hasMessageContaining("event loop");
  }

  @Test
  void aListenerThatThrowsIsNotCalledAgainAndTheConnectionGoesOn() {
    AtomicInteger calls = new AtomicInteger();
    try (Flow listened = new Flow(SmbConfig.builder()
        .transport(transport -> transport.wireListener((sent, header, size) -> {
          calls.incrementAndGet();
          throw new IllegalStateException("of the listener's own");
        }))
        .build())) {
      assertThat(listened.file().isOpen()).isTrue();
    }
    assertThat(calls).hasValue(1);
  }

  @Test
  void anInterruptCancelsAndKeepsTheFlag() throws Exception {
    SmbFile file = new SmbFile(flow.file());
    FutureTask<Boolean> task = new FutureTask<>(() -> {
      Throwable thrown = catchThrowable(SmbFile::requestResumeKey, file);
      return thrown instanceof InterruptedIOException && Thread.currentThread().isInterrupted();
    });
    Thread caller = new Thread(task);
    caller.start();
    Received<IoctlRequest> request = flow.peer.expect(IoctlRequest.class);
    caller.interrupt();

    assertThat(flow.peer.expect(CancelRequest.class).header().messageId())
        .isEqualTo(request.header().messageId());
    assertThat(task.get(5, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void whatIsThrownHasTheCallersStackAndTheOriginalAsItsCause() throws Exception {
    SmbFile file = new SmbFile(flow.file());
    FutureTask<Throwable> task =
        new FutureTask<>(() -> catchThrowable(LifecycleTest.this::helloFromHere, file));
    new Thread(task).start();
    flow.peer.expect(IoctlRequest.class).refusal(NtStatus.NOT_SUPPORTED).send();

    Throwable thrown = task.get(5, TimeUnit.SECONDS);
    assertThat(thrown).isInstanceOf(SmbNotSupportedException.class);
    assertThat(thrown.getStackTrace())
        .anyMatch(frame -> frame.getMethodName().equals("helloFromHere"));
    assertThat(thrown.getCause())
        .isNotSameAs(thrown)
        .isInstanceOf(SmbNotSupportedException.class)
        .hasMessage(thrown.getMessage());
  }

  @Test
  void blockingCallsAfterTheEndSaySo() {
    SmbFile file = new SmbFile(flow.file());
    flow.connection.close();
    flow.peer.expectEnd();

    assertThatThrownBy(file::requestResumeKey)
        .isInstanceOf(SmbClosedException.class)
        .hasMessageContaining("the connection was closed");
  }

  private interface Act {
    void on(SmbFile file) throws SmbException, InterruptedIOException;
  }

  private static Throwable catchThrowable(Act act, SmbFile file) {
    return org.assertj.core.api.Assertions.catchThrowable(() -> act.on(file));
  }

  private void helloFromHere(SmbFile file) throws SmbException, InterruptedIOException {
    file.requestResumeKey();
  }

  private List<CompletableFuture<ResumeKey>> keysUnderWay(AsyncSmbFile file, int count) {
    List<CompletableFuture<ResumeKey>> keys = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      keys.add(file.requestResumeKey());
    }
    for (int i = 0; i < count; i++) {
      flow.peer.expect(IoctlRequest.class);
    }
    return keys;
  }
}
