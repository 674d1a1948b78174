package io.copychunk.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.message.CreateRequest;
import io.copychunk.message.IoctlRequest;
import io.copychunk.testing.Received;
import io.copychunk.testing.Responses;
import io.copychunk.testing.ScriptedServer;
import io.copychunk.wire.Dialect;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class RoundTripTest {
  private static final Duration SLOW = Duration.ofMillis(500);

  @Test
  void aFasterAnswerCounts() throws Exception {
    try (Flow flow = new Flow()) {
      CompletableFuture<AsyncSmbConnection> connecting = flow.connecting();
      Thread.sleep(SLOW.toMillis());
      flow.server.negotiate(ScriptedServer.negotiateResponse(Dialect.SMB_3_1_1));
      flow.connection = Flow.result(connecting);

      assertThat(flow.loggedInAgain().leastRoundTrip()).isPositive().isLessThan(SLOW);
    }
  }

  @Test
  void aSlowerAnswerDoesNotCount() throws Exception {
    try (Flow flow = new Flow()) {
      long begun = System.nanoTime();
      AsyncSmbShare share = flow.share();
      Duration least = share.session().leastRoundTrip();
      assertThat(least).isPositive().isLessThan(Duration.ofNanos(System.nanoTime() - begun));

      CompletableFuture<AsyncSmbFile> opening = share.open("a.bin", OpenOptions.read());
      Received<CreateRequest> create = flow.peer.expect(CreateRequest.class);
      Thread.sleep(least.toMillis() + 1);
      create.answer(Responses.opened(Flow.FILE_ID)).send();
      Flow.result(opening);

      assertThat(share.session().leastRoundTrip()).isEqualTo(least);
    }
  }

  @Test
  void aRequestThatWasPendingDoesNotCount() {
    try (Flow flow = new Flow()) {
      AsyncSmbFile file = flow.file();
      Duration least = flow.firstSession().leastRoundTrip();

      CompletableFuture<ResumeKey> key = file.requestResumeKey();
      Received<IoctlRequest> request = flow.peer.expect(IoctlRequest.class);
      request.interim().send();
      request
          .answer(Responses.key(request.body(), Flow.FILE_ID, 1))
          .async(request.header().messageId())
          .credits(0)
          .send();
      Flow.result(key);

      assertThat(flow.firstSession().leastRoundTrip()).isEqualTo(least);
    }
  }
}
