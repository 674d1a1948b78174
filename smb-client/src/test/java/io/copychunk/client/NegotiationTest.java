package io.copychunk.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.client.config.SmbConfig;
import io.copychunk.client.error.SmbClosedException;
import io.copychunk.client.error.SmbException;
import io.copychunk.client.error.SmbNegotiationException;
import io.copychunk.client.error.SmbProtocolException;
import io.copychunk.client.error.SmbTimeoutException;
import io.copychunk.client.error.SmbTransportException;
import io.copychunk.message.NegotiateRequest;
import io.copychunk.testing.Answer;
import io.copychunk.testing.Received;
import io.copychunk.testing.ScriptedServer;
import io.copychunk.wire.Capabilities;
import io.copychunk.wire.Dialect;
import io.copychunk.wire.Guid;
import io.copychunk.wire.NtStatus;
import io.copychunk.wire.SecurityMode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class NegotiationTest {
  private Flow flow = new Flow();

  @AfterEach
  void end() {
    flow.close();
  }

  @Test
  void offersWhatIsAllowedAndNeverSmb1() {
    flow.connecting();
    Received<NegotiateRequest> request = flow.peer.accept().expect(NegotiateRequest.class);

    NegotiateRequest offer = request.body();
    assertThat(offer.dialects())
        .containsExactly(Dialect.SMB_2_1, Dialect.SMB_3_0, Dialect.SMB_3_0_2, Dialect.SMB_3_1_1);
    assertThat(offer.securityMode())
        .isEqualTo(SecurityMode.SIGNING_ENABLED.with(SecurityMode.SIGNING_REQUIRED));
    assertThat(offer.capabilities())
        .isEqualTo(Capabilities.LARGE_MTU.with(Capabilities.ENCRYPTION));
    assertThat(offer.clientGuid()).isNotEqualTo(Guid.ZERO);
    assertThat(offer.contexts()).hasSize(4);
    assertThat(request.header().messageId()).isZero();
    assertThat(request.header().isSigned()).isFalse();
  }

  @Test
  void aDialectThatWasNotOfferedIsRefused() {
    refused(
        answer(ScriptedServer.negotiateResponse(Dialect.SMB_2_0_2)),
        SmbProtocolException.class,
        "2.0.2");
  }

  /** 0x02FF answers a multi-protocol NEGOTIATE, which is never sent. */
  @ParameterizedTest
  @ValueSource(ints = {0x02FF, 0x0000, 0x0312, 0xFFFF})
  void whatIsNoDialectIsRefused(int revision) {
    Answer answer = answer(ScriptedServer.negotiateResponse(Dialect.SMB_3_0));
    answer.tampered(bytes -> {
      bytes[68] = (byte) revision;
      bytes[69] = (byte) (revision >>> 8);
    });
    refused(answer, SmbProtocolException.class, "0x%04x".formatted(revision));
  }

  @Test
  void aServerThatSpeaksNoDialectOfOursIsReportedAsSuch() {
    refused(
        request().refusal(NtStatus.NOT_SUPPORTED),
        SmbNegotiationException.class,
        "none of the dialects");
  }

  @Test
  void anErrorIsNoReasonToTryLess() {
    refused(
        request().refusal(NtStatus.ACCESS_DENIED), SmbNegotiationException.class, "ACCESS_DENIED");
    flow.peer.expectNothingMore();
  }

  @Test
  void anInterimResponseToNegotiateIsDropped() {
    CompletableFuture<AsyncSmbConnection> connecting = flow.connecting();
    Received<NegotiateRequest> request = flow.peer.accept().expect(NegotiateRequest.class);
    request.interim().credits(0).send();
    request.answer(ScriptedServer.negotiateResponse(Dialect.SMB_3_0)).send();

    assertThat(Flow.result(connecting).dialect()).isEqualTo(Dialect.SMB_3_0);
  }

  @Test
  void framesOfMoreThanANegotiationCanNeedAreRefused() {
    CompletableFuture<AsyncSmbConnection> connecting = flow.connecting();
    flow.peer.accept().expect(NegotiateRequest.class);
    flow.peer.sendBytes(new byte[] {0, 1, 4, 0x35});

    assertThat(Flow.failure(connecting))
        .isInstanceOf(SmbProtocolException.class)
        .hasMessageContaining("66612");
    flow.peer.expectEnd();
  }

  @Test
  void theConnectionIsCutBeforeTheAnswer() {
    CompletableFuture<AsyncSmbConnection> connecting = flow.connecting();
    flow.peer.accept().expect(NegotiateRequest.class);
    flow.peer.cut();

    assertThat(Flow.failure(connecting)).isInstanceOf(SmbTransportException.class);
  }

  @Test
  void nobodyListens() throws IOException {
    int port;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = socket.getLocalPort();
    }

    assertThat(Flow.failure(flow.client.async().connect("127.0.0.1", port)))
        .isInstanceOf(SmbTransportException.class)
        .hasMessageContaining("127.0.0.1:" + port);
  }

  @Test
  void theHostIsUnknown() {
    assertThat(Flow.failure(flow.client.async().connect("no such host", 445)))
        .isInstanceOf(SmbTransportException.class)
        .hasMessageContaining("no such host");
  }

  @Test
  void theServerIsSilent() {
    flow.close();
    flow = new Flow(SmbConfig.builder()
        .transport(transport -> transport.requestTimeout(Duration.ofMillis(50)))
        .build());
    CompletableFuture<AsyncSmbConnection> connecting = flow.connecting();
    flow.peer.accept().expect(NegotiateRequest.class);

    assertThat(Flow.failure(connecting)).isInstanceOf(SmbTimeoutException.class);
  }

  @Test
  void aConnectionThatNobodyWaitsForAnyMoreIsClosed() {
    CompletableFuture<AsyncSmbConnection> connecting = flow.connecting();
    flow.peer.accept().expect(NegotiateRequest.class);
    connecting.cancel(false);

    flow.peer.expectEnd();
  }

  @Test
  void aCancelThatComesWithTheAnswerClosesTheConnectionToo() {
    CompletableFuture<AsyncSmbConnection> connecting = flow.connecting();
    Received<NegotiateRequest> request = flow.peer.accept().expect(NegotiateRequest.class);
    request.answer(ScriptedServer.negotiateResponse(Dialect.SMB_3_0)).send();
    connecting.cancel(false);

    // Either the future was done already, and the connection is its owner's, or it is closed.
    if (connecting.isCancelled()) {
      flow.peer.expectEnd();
    }
  }

  @Test
  void closingTheClientEndsANegotiation() {
    CompletableFuture<AsyncSmbConnection> connecting = flow.connecting();
    flow.peer.accept().expect(NegotiateRequest.class);
    flow.client.close();

    assertThat(Flow.failure(connecting)).isInstanceOf(SmbException.class);
    flow.peer.expectEnd();
  }

  @Test
  void aClosedClientConnectsToNobody() {
    flow.client.close();

    assertThat(Flow.failure(flow.connecting())).isInstanceOf(SmbClosedException.class);
  }

  private Received<NegotiateRequest> request() {
    connecting = flow.connecting();
    return flow.peer.accept().expect(NegotiateRequest.class);
  }

  private CompletableFuture<AsyncSmbConnection> connecting = new CompletableFuture<>();

  private Answer answer(io.copychunk.message.NegotiateResponse response) {
    return request().answer(response);
  }

  private void refused(Answer answer, Class<? extends SmbException> type, String message) {
    answer.send();
    assertThat(Flow.failure(connecting)).isInstanceOf(type).hasMessageContaining(message);
    flow.peer.expectEnd();
  }
}
