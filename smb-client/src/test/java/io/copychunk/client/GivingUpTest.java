package io.copychunk.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.copychunk.client.config.SmbConfig;
import io.copychunk.client.error.SmbTimeoutException;
import io.copychunk.message.CancelRequest;
import io.copychunk.message.CloseRequest;
import io.copychunk.message.CreateRequest;
import io.copychunk.message.EchoRequest;
import io.copychunk.message.IoctlRequest;
import io.copychunk.message.SessionSetupRequest;
import io.copychunk.testing.Received;
import io.copychunk.testing.Responses;
import io.copychunk.wire.Dialect;
import io.copychunk.wire.HeaderFlags;
import io.copychunk.wire.NtStatus;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Requests that were cancelled or took too long, and their late answers. */
@Timeout(20)
class GivingUpTest {
  /** Short for a test, and long enough for a busy machine to log in. */
  private static final Duration SILENCE = Duration.ofMillis(500);

  private Flow flow = new Flow();

  @AfterEach
  void end() {
    flow.close();
  }

  @Test
  void cancellingBeforeAnInterimResponseSendsTheSyncForm() {
    CompletableFuture<ResumeKey> key = flow.file().requestResumeKey();
    Received<IoctlRequest> request = flow.peer.expect(IoctlRequest.class);
    assertThat(key.cancel(false)).isTrue();

    Received<CancelRequest> cancel = flow.peer.expect(CancelRequest.class);
    assertThat(cancel.header().messageId()).isEqualTo(request.header().messageId());
    assertThat(cancel.header().isAsync()).isFalse();
    assertThat(cancel.header().treeId()).isEqualTo(Flow.TREE_ID);
    assertThat(cancel.header().isSigned()).isTrue();
    assertThat(key.isCancelled()).isTrue();
  }

  @Test
  void cancellingAfterAnInterimResponseSendsTheAsyncForm() {
    AsyncSmbFile file = flow.file();
    CompletableFuture<ResumeKey> key = file.requestResumeKey();
    Received<IoctlRequest> request = flow.peer.expect(IoctlRequest.class);
    request.interim().async(0xABCD).send();
    exchangeAKey(file); // behind the interim response, so that it was taken in by now
    key.cancel(false);

    Received<CancelRequest> cancel = flow.peer.expect(CancelRequest.class);
    assertThat(cancel.header().messageId()).isEqualTo(request.header().messageId());
    assertThat(cancel.header().flags().has(HeaderFlags.ASYNC_COMMAND)).isTrue();
    assertThat(cancel.header().asyncId()).isEqualTo(0xABCD);
  }

  @Test
  void aRequestIsCancelledOnce() {
    CompletableFuture<ResumeKey> key = flow.file().requestResumeKey();
    Received<IoctlRequest> request = flow.peer.expect(IoctlRequest.class);
    key.cancel(false);
    key.cancel(true);
    flow.peer.expect(CancelRequest.class);
    request.refusal(NtStatus.CANCELLED).send();

    assertThat(Flow.failure(key)).isInstanceOf(CancellationException.class);
    assertThat(flow.connection.isOpen()).isTrue();
    flow.peer.expectNothingMore();
  }

  @Test
  void whatWasAnsweredIsNotCancelledAnyMore() {
    AsyncSmbFile file = flow.file();
    CompletableFuture<ResumeKey> key = exchangeAKey(file);

    assertThat(key.cancel(false)).isFalse();
    exchangeAKey(file);
    flow.peer.expectNothingMore();
  }

  @Test
  void aFileThatNobodyWaitsForAnyMoreIsClosed() {
    CompletableFuture<AsyncSmbFile> opening = flow.share().open("a.bin", OpenOptions.read());
    Received<CreateRequest> create = flow.peer.expect(CreateRequest.class);
    opening.cancel(false);
    flow.peer.expect(CancelRequest.class);
    create.answer(Responses.opened(Flow.FILE_ID)).send();

    assertThat(flow.peer.expect(CloseRequest.class).body().fileId()).isEqualTo(Flow.FILE_ID);
  }

  @Test
  void bothHalvesOfACompoundAreCancelled() {
    CompletableFuture<KeyedOpen> opening = flow.share().openWithResumeKey("a.bin");
    Received<CreateRequest> create = flow.peer.expect(CreateRequest.class);
    Received<IoctlRequest> ioctl = flow.peer.expect(IoctlRequest.class);
    opening.cancel(false);

    assertThat(flow.peer.expect(CancelRequest.class).header().messageId())
        .isEqualTo(create.header().messageId());
    assertThat(flow.peer.expect(CancelRequest.class).header().messageId())
        .isEqualTo(ioctl.header().messageId());
    flow.peer.sendTogether(
        create.answer(Responses.opened(Flow.FILE_ID)),
        ioctl.answer(Responses.key(ioctl.body(), Flow.FILE_ID, 1)));
    assertThat(flow.peer.expect(CloseRequest.class).body().fileId()).isEqualTo(Flow.FILE_ID);
  }

  @Test
  void anOpenFileIsClosedWhenItsKeyIsNotWaitedForAnyMore() {
    AsyncSmbShare share = flow.share();
    CompletableFuture<KeyedOpen> opening = share.openWithResumeKey("a.bin");
    Received<CreateRequest> create = flow.peer.expect(CreateRequest.class);
    Received<IoctlRequest> ioctl = flow.peer.expect(IoctlRequest.class);
    create.answer(Responses.opened(Flow.FILE_ID)).send();
    flow.file(share); // behind the answer to the CREATE, so that it was taken in by now
    opening.cancel(false);

    assertThat(flow.peer.expect(CancelRequest.class).header().messageId())
        .isEqualTo(ioctl.header().messageId());
    flow.peer.expect(CloseRequest.class);
  }

  @Test
  void aSilentServer() {
    impatient();
    CompletableFuture<ResumeKey> key = flow.file().requestResumeKey();
    Received<IoctlRequest> request = flow.peer.expect(IoctlRequest.class);

    assertThat(Flow.failure(key))
        .isInstanceOf(SmbTimeoutException.class)
        .hasMessageContaining("IOCTL: no answer for " + SILENCE.toMillis() + " ms");
    assertThat(flow.peer.expect(CancelRequest.class).header().messageId())
        .isEqualTo(request.header().messageId());
    assertThat(flow.connection.isOpen()).isTrue();
  }

  @Test
  void aFileThatIsOpenedTooLateIsClosed() {
    impatient();
    CompletableFuture<AsyncSmbFile> opening = flow.share().open("a.bin", OpenOptions.read());
    Received<CreateRequest> create = flow.peer.expect(CreateRequest.class);
    assertThat(Flow.failure(opening)).isInstanceOf(SmbTimeoutException.class);
    flow.peer.expect(CancelRequest.class);
    flow.peer.expect(EchoRequest.class);
    create.answer(Responses.opened(Flow.FILE_ID)).send();

    assertThat(flow.peer.expect(CloseRequest.class).body().fileId()).isEqualTo(Flow.FILE_ID);
  }

  @Test
  void aFileWhoseKeyDoesNotComeIsClosed() {
    impatient();
    CompletableFuture<KeyedOpen> opening = flow.share().openWithResumeKey("a.bin");
    Received<CreateRequest> create = flow.peer.expect(CreateRequest.class);
    flow.peer.expect(IoctlRequest.class);
    create.answer(Responses.opened(Flow.FILE_ID)).send();

    assertThat(Flow.failure(opening)).isInstanceOf(SmbTimeoutException.class);
    flow.peer.expect(CancelRequest.class);
    flow.peer.expect(CloseRequest.class);
  }

  @Test
  void anInterimResponseBuysTimeOnce() {
    Duration silence = SILENCE.multipliedBy(3);
    impatient(silence);
    AsyncSmbFile file = flow.file();
    long begun = System.nanoTime();
    CompletableFuture<ResumeKey> key = file.requestResumeKey();
    Received<IoctlRequest> request = flow.peer.expect(IoctlRequest.class);
    await()
        .pollInterval(Duration.ofMillis(10))
        .until(() -> since(begun).compareTo(silence.dividedBy(2)) > 0);
    request.interim().send();
    request.interim().send(); // buys none

    assertThat(Flow.failure(key)).isInstanceOf(SmbTimeoutException.class);
    assertThat(since(begun)).isGreaterThan(silence.plus(silence.dividedBy(2)));
    assertThat(flow.peer.expect(CancelRequest.class).header().isAsync()).isTrue();
  }

  @Test
  void aSilentLoginFails() {
    impatient();
    flow.connected(Dialect.SMB_3_1_1);
    CompletableFuture<AsyncSmbSession> login = flow.connection.login(Flow.credentials());
    flow.peer.expect(SessionSetupRequest.class);

    assertThat(Flow.failure(login)).isInstanceOf(SmbTimeoutException.class);
    assertThat(flow.connection.isOpen()).isFalse();
  }

  /** With AES-GMAC a CANCEL must not share its nonce with the request: the peer verifies both. */
  @ParameterizedTest
  @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SMB_2_0_2")
  void cancelIsSignedOnEveryDialect(Dialect dialect) {
    AsyncSmbSession session = flow.loggedIn(dialect);
    session.share("share");
    flow.treeConnected();
    if (dialect != Dialect.SMB_3_1_1) {
      Validation.genuine(flow);
    }
    CompletableFuture<AsyncSmbShare> second = session.share("other");
    flow.peer.expect(io.copychunk.message.TreeConnectRequest.class);
    second.cancel(false);

    assertThat(flow.peer.expect(CancelRequest.class).header().isSigned()).isTrue();
  }

  private void impatient() {
    impatient(SILENCE);
  }

  private void impatient(Duration silence) {
    flow.close();
    flow = new Flow(SmbConfig.builder()
        .transport(transport -> transport.requestTimeout(silence))
        .build());
  }

  private static Duration since(long nanos) {
    return Duration.ofNanos(System.nanoTime() - nanos);
  }

  private CompletableFuture<ResumeKey> exchangeAKey(AsyncSmbFile file) {
    CompletableFuture<ResumeKey> key = file.requestResumeKey();
    Received<IoctlRequest> request = flow.peer.expect(IoctlRequest.class);
    request.answer(Responses.key(request.body(), Flow.FILE_ID, 1)).send();
    Flow.result(key);
    return key;
  }
}
