package io.copychunk.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.copychunk.client.config.SmbConfig;
import io.copychunk.client.error.SmbTimeoutException;
import io.copychunk.message.CancelRequest;
import io.copychunk.message.CloseRequest;
import io.copychunk.message.CreateRequest;
import io.copychunk.message.EchoRequest;
import io.copychunk.message.EchoResponse;
import io.copychunk.message.IoctlRequest;
import io.copychunk.testing.Received;
import io.copychunk.testing.Responses;
import io.copychunk.wire.NtStatus;
import io.copychunk.wire.Octets;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the client does with few credits, and with many. */
@Timeout(20)
class CreditFlowTest {
  private Flow flow;

  @AfterEach
  void end() {
    flow.close();
  }

  /** A file on a connection that has this many credits left. */
  private AsyncSmbFile fileWithCredits(int left) {
    AsyncSmbFile file = flow.file();
    CompletableFuture<ResumeKey> draining = null;
    List<Received<IoctlRequest>> drained = new ArrayList<>();
    int target = 8;
    for (int i = 0; i < target; i++) {
      draining = file.requestResumeKey();
      drained.add(flow.peer.expect(IoctlRequest.class));
    }
    for (int i = 0; i < drained.size(); i++) {
      Received<IoctlRequest> request = drained.get(i);
      request
          .answer(Responses.key(request.body(), Flow.FILE_ID, 1))
          .credits(i < left ? 1 : 0)
          .send();
    }
    Flow.result(draining);
    return file;
  }

  private static SmbConfig eightCredits(Duration timeout) {
    return SmbConfig.builder()
        .credits(credits -> credits.target(8))
        .transport(transport -> transport.requestTimeout(timeout))
        .build();
  }

  @Test
  void whoWaitsForCreditsInVainIsTold() {
    flow = new Flow(eightCredits(Duration.ofMillis(300)));
    AsyncSmbFile file = fileWithCredits(0);
    CompletableFuture<ResumeKey> first = file.requestResumeKey();
    CompletableFuture<ResumeKey> second = file.requestResumeKey();

    assertThat(Flow.failure(first))
        .isInstanceOf(SmbTimeoutException.class)
        .hasMessageContaining("no credits");
    assertThat(Flow.failure(second)).isInstanceOf(SmbTimeoutException.class);
    flow.peer.expectNothingMore();
  }

  @Test
  void whoWaitsWhileTheServerAnswersOthersIsNotTold() {
    Duration timeout = Duration.ofMillis(400);
    flow = new Flow(eightCredits(timeout));
    AsyncSmbFile file = fileWithCredits(1);
    List<CompletableFuture<ResumeKey>> keys = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      keys.add(file.requestResumeKey());
    }
    for (int i = 0; i < keys.size(); i++) {
      Received<IoctlRequest> request = flow.peer.expect(IoctlRequest.class);
      await().pollDelay(timeout.dividedBy(2)).until(() -> true); // a server that takes its time
      request.answer(Responses.key(request.body(), Flow.FILE_ID, 1)).credits(1).send();
    }

    assertThat(keys).allSatisfy(key -> assertThat(Flow.result(key)).isNotNull());
  }

  @Test
  void aCloseOvertakesWhatWaitsForCredits() {
    flow = new Flow(eightCredits(Duration.ofSeconds(30)));
    AsyncSmbFile file = fileWithCredits(1);
    flow.lastShare().open("b.bin", OpenOptions.read());
    Received<CreateRequest> sent = flow.peer.expect(CreateRequest.class);
    flow.lastShare().open("c.bin", OpenOptions.read());
    file.close();
    flow.settle();
    sent.refusal(NtStatus.OBJECT_NAME_NOT_FOUND).credits(1).send();

    flow.peer
        .expect(CloseRequest.class)
        .refusal(NtStatus.FILE_CLOSED)
        .credits(1)
        .send();
    assertThat(flow.peer.expect(CreateRequest.class).body().name()).isEqualTo("c.bin");
  }

  @Test
  void aCloseDoesNotOvertakeWhatWasAskedOfItsFile() {
    flow = new Flow(eightCredits(Duration.ofSeconds(30)));
    AsyncSmbFile file = fileWithCredits(1);
    flow.lastShare().open("b.bin", OpenOptions.read());
    Received<CreateRequest> sent = flow.peer.expect(CreateRequest.class);
    file.requestResumeKey();
    file.close();
    flow.settle();
    sent.refusal(NtStatus.OBJECT_NAME_NOT_FOUND).credits(1).send();

    flow.peer
        .expect(IoctlRequest.class)
        .refusal(NtStatus.NOT_SUPPORTED)
        .credits(1)
        .send();
    flow.peer.expect(CloseRequest.class);
  }

  @Test
  void aCloseThatWaitedForCreditsInVainGoesOutAllTheSame() {
    flow = new Flow(eightCredits(Duration.ofMillis(300)));
    AsyncSmbFile file = fileWithCredits(1);
    CompletableFuture<ResumeKey> unanswered = file.requestResumeKey();
    Received<IoctlRequest> request = flow.peer.expect(IoctlRequest.class);
    CompletableFuture<Void> closing = file.close();
    assertThat(Flow.failure(unanswered)).isInstanceOf(SmbTimeoutException.class);
    assertThat(Flow.failure(closing)).isInstanceOf(SmbTimeoutException.class);
    flow.peer.expect(CancelRequest.class);
    request.answer(Responses.key(request.body(), Flow.FILE_ID, 1)).credits(1).send();

    assertThat(flow.peer.expect(CloseRequest.class).body().fileId()).isEqualTo(Flow.FILE_ID);
  }

  @Test
  void cancellingWhileWaitingForCreditsSendsNothing() {
    flow = new Flow(eightCredits(Duration.ofSeconds(30)));
    AsyncSmbFile file = fileWithCredits(1);
    CompletableFuture<ResumeKey> sent = file.requestResumeKey();
    Received<IoctlRequest> request = flow.peer.expect(IoctlRequest.class);
    CompletableFuture<ResumeKey> waiting = file.requestResumeKey();
    waiting.cancel(false);
    flow.settle();
    request.answer(Responses.key(request.body(), Flow.FILE_ID, 1)).credits(4).send();
    Flow.result(sent);

    CompletableFuture<ResumeKey> later = file.requestResumeKey();
    Received<IoctlRequest> next = flow.peer.expect(IoctlRequest.class);
    assertThat(next.header().messageId()).isEqualTo(request.header().messageId() + 1);
    next.answer(Responses.key(next.body(), Flow.FILE_ID, 1)).send();
    Flow.result(later);
    flow.peer.expectNothingMore();
  }

  @Test
  void whatWaitedIsSentInOrderWhenCreditsCome() {
    flow = new Flow(eightCredits(Duration.ofSeconds(30)));
    AsyncSmbFile file = fileWithCredits(1);
    file.requestResumeKey();
    List<CompletableFuture<IoctlResult>> waiting = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      waiting.add(file.ioctl(0x1000 + i, ByteBuffer.allocate(0), 0));
    }
    Received<IoctlRequest> request = flow.peer.expect(IoctlRequest.class);
    flow.peer.expectNothingMore();
    request.answer(Responses.key(request.body(), Flow.FILE_ID, 1)).credits(4).send();

    for (int i = 0; i < 4; i++) {
      Received<IoctlRequest> next = flow.peer.expect(IoctlRequest.class);
      assertThat(next.body().controlCode()).isEqualTo(0x1000 + i);
      next.answer(Responses.output(next.body(), Flow.FILE_ID, Octets.EMPTY)).send();
      Flow.result(waiting.get(i));
    }
  }

  @Test
  void aCompoundThatCostsMoreThanThereIsAsksForCredits() {
    flow = new Flow(eightCredits(Duration.ofSeconds(30)));
    AsyncSmbFile file = fileWithCredits(1);
    CompletableFuture<KeyedOpen> opening = flow.lastShare().openWithResumeKey("b.bin");
    Received<EchoRequest> echo = flow.peer.expect(EchoRequest.class);
    assertThat(echo.header().treeId()).isZero();
    assertThat(echo.header().credits()).isGreaterThan(1);
    echo.answer(new EchoResponse()).send();

    Received<CreateRequest> create = flow.peer.expect(CreateRequest.class);
    Received<IoctlRequest> ioctl = flow.peer.expect(IoctlRequest.class);
    flow.peer.sendTogether(
        create.answer(Responses.opened(Flow.FILE_ID)),
        ioctl.answer(Responses.key(ioctl.body(), Flow.FILE_ID, 1)));
    assertThat(Flow.result(opening).key().isUsable()).isTrue();
    assertThat(file.isOpen()).isTrue();
  }

  @Test
  void attack27_aServerThatNeverGivesEnoughCreditsForACompoundIsNotAskedForEver() throws Exception {
    flow = new Flow(eightCredits(Duration.ofMillis(300)));
    AsyncSmbFile file = fileWithCredits(1);
    CompletableFuture<KeyedOpen> opening = flow.lastShare().openWithResumeKey("b.bin");
    flow.peer.expect(EchoRequest.class).answer(new EchoResponse()).credits(1).send();

    assertThat(Flow.failure(opening))
        .isInstanceOf(SmbTimeoutException.class)
        .hasMessageContaining("no credits");
    CompletableFuture<ResumeKey> key = file.requestResumeKey();
    Received<IoctlRequest> request = flow.expectAfterEchoes(IoctlRequest.class, 1);
    request.answer(Responses.key(request.body(), Flow.FILE_ID, 1)).send();
    Flow.result(key);
  }

  @Test
  void attack27_answersWithoutCreditsDoNotKeepOthersWaiting() {
    Duration timeout = Duration.ofMillis(600);
    flow = new Flow(eightCredits(timeout));
    AsyncSmbFile file = fileWithCredits(8);
    List<Received<IoctlRequest>> sent = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      file.requestResumeKey();
      sent.add(flow.peer.expect(IoctlRequest.class));
    }
    CompletableFuture<ResumeKey> waiting = file.requestResumeKey();
    int answered = 0;
    while (answered < sent.size() && !waiting.isDone()) {
      await().pollDelay(timeout.dividedBy(3)).until(() -> true);
      Received<IoctlRequest> request = sent.get(answered++);
      request.answer(Responses.key(request.body(), Flow.FILE_ID, 1)).credits(0).send();
    }

    assertThat(answered).isLessThan(sent.size());
    assertThat(Flow.failure(waiting)).isInstanceOf(SmbTimeoutException.class);
  }

  @Test
  void aTargetOfOneDoesNotKeepCompoundsFromBeingSent() {
    flow = new Flow(SmbConfig.builder().credits(credits -> credits.target(1)).build());
    CompletableFuture<KeyedOpen> opening = flow.share().openWithResumeKey("a.bin");
    flow.peer.expect(EchoRequest.class).answer(new EchoResponse()).send();

    flow.peer.expect(CreateRequest.class);
    flow.peer.expect(IoctlRequest.class);
    assertThat(opening).isNotDone();
  }

  @Test
  void largeIoctlsCostConsecutiveIds() {
    flow = new Flow();
    AsyncSmbFile file = flow.file();
    file.ioctl(0x1000, ByteBuffer.allocate(0), 65_536);
    file.ioctl(0x1001, ByteBuffer.allocate(0), 65_537);
    file.ioctl(0x1002, ByteBuffer.allocate(300_000), 0);
    file.ioctl(0x1003, ByteBuffer.allocate(0), 0);

    Received<IoctlRequest> one = flow.peer.expect(IoctlRequest.class);
    Received<IoctlRequest> two = flow.peer.expect(IoctlRequest.class);
    Received<IoctlRequest> five = flow.peer.expect(IoctlRequest.class);
    Received<IoctlRequest> last = flow.peer.expect(IoctlRequest.class);
    assertThat(one.header().creditCharge()).isEqualTo(1);
    assertThat(two.header().creditCharge()).isEqualTo(2);
    assertThat(five.header().creditCharge()).isEqualTo(5);
    assertThat(two.header().messageId()).isEqualTo(one.header().messageId() + 1);
    assertThat(five.header().messageId()).isEqualTo(two.header().messageId() + 2);
    assertThat(last.header().messageId()).isEqualTo(five.header().messageId() + 5);
  }

  @Test
  void aFloodOfCreditsIsNoReasonToSendMoreThanTheTarget() {
    flow = new Flow(eightCredits(Duration.ofSeconds(30)));
    AsyncSmbFile file = flow.file();
    for (int i = 0; i < 10; i++) {
      CompletableFuture<ResumeKey> key = file.requestResumeKey();
      Received<IoctlRequest> request = flow.peer.expect(IoctlRequest.class);
      request
          .answer(Responses.key(request.body(), Flow.FILE_ID, 1))
          .credits(65_535)
          .send();
      Flow.result(key);
    }
    List<CompletableFuture<ResumeKey>> keys = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      keys.add(file.requestResumeKey());
    }
    List<Received<IoctlRequest>> sent = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      sent.add(flow.peer.expect(IoctlRequest.class));
    }
    flow.peer.expectNothingMore();
    for (int i = 0; i < 20; i++) {
      Received<IoctlRequest> request = i < 8 ? sent.get(i) : flow.peer.expect(IoctlRequest.class);
      request
          .answer(Responses.key(request.body(), Flow.FILE_ID, 1))
          .credits(65_535)
          .send();
    }
    keys.forEach(Flow::result);
  }

  @Test
  void theCreditsOfWhatWasGivenUpComeHomeWithTheLateAnswer() {
    flow = new Flow(eightCredits(Duration.ofSeconds(30)));
    AsyncSmbFile file = fileWithCredits(1);
    CompletableFuture<ResumeKey> given = file.requestResumeKey();
    Received<IoctlRequest> request = flow.peer.expect(IoctlRequest.class);
    given.cancel(false);
    flow.peer.expect(CancelRequest.class);
    CompletableFuture<ResumeKey> waiting = file.requestResumeKey();
    request.answer(Responses.key(request.body(), Flow.FILE_ID, 1)).credits(1).send();

    Received<IoctlRequest> next = flow.peer.expect(IoctlRequest.class);
    next.answer(Responses.key(next.body(), Flow.FILE_ID, 1)).send();
    Flow.result(waiting);
  }
}
