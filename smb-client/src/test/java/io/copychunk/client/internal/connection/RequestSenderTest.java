package io.copychunk.client.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.client.error.SmbBusyException;
import io.copychunk.client.error.SmbClosedException;
import io.copychunk.client.error.SmbTransportException;
import io.copychunk.client.internal.transport.OutboundChain;
import io.copychunk.client.internal.transport.Protection;
import io.copychunk.client.internal.transport.SessionCiphers;
import io.copychunk.crypto.MessageSigner;
import io.copychunk.crypto.SigningAlgorithm;
import io.copychunk.message.IoctlRequest;
import io.copychunk.wire.Command;
import io.copychunk.wire.FileId;
import io.copychunk.wire.HeaderFlags;
import io.copychunk.wire.Octets;
import io.copychunk.wire.Smb2Header;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class RequestSenderTest {
  private static final long SESSION = 5;
  private static final RequestScope UNSIGNED = new RequestScope(SESSION, 6, Protection.NONE);
  private static final RequestScope SIGNED = new RequestScope(SESSION, 6, Protection.SIGNED);

  private final EmbeddedChannel channel = new EmbeddedChannel();
  private final OutstandingRequests outstanding = new OutstandingRequests();
  private final List<Throwable> failures = new ArrayList<>();
  private SequenceWindow window = new SequenceWindow(100);
  private SessionCiphers ciphers = new SessionCiphers(
      new MessageSigner(SigningAlgorithm.AES_CMAC, new byte[MessageSigner.SIZE]), null, null);
  private RequestSender sender = sender();

  private RequestSender sender() {
    return new RequestSender(
        channel, window, outstanding, id -> id == SESSION ? ciphers : null, failures::add, 65_536);
  }

  @AfterEach
  void end() {
    channel.finishAndReleaseAll();
  }

  @Test
  void stampsIdsCreditsAndScope() {
    PendingRequest<?> request = submitted(SIGNED, 0, 10);

    Smb2Header header = sent().get(0);
    assertThat(header.command()).isEqualTo(Command.IOCTL);
    assertThat(header.messageId()).isZero();
    assertThat(header.sessionId()).isEqualTo(SESSION);
    assertThat(header.treeId()).isEqualTo(6);
    assertThat(header.creditCharge()).isEqualTo(1);
    assertThat(header.credits()).isEqualTo(100);
    assertThat(header.flags()).isEqualTo(HeaderFlags.SIGNED);
    assertThat(outstanding.find(0)).isSameAs(request);
    assertThat(request.lastHeard()).isEqualTo(10);
    assertThat(sender.isIdle()).isTrue();
  }

  @Test
  void on202NothingIsCharged() {
    sender.creditRules(false, false);
    submitted(UNSIGNED, 1_000_000, 0);

    assertThat(sent().get(0).creditCharge()).isZero();
    assertThat(window.available()).isZero();
  }

  @Test
  void largePayloadsCostMoreWhereThatIsAgreedOn() {
    window.grant(99);
    submitted(UNSIGNED, 65_537, 0);
    sender.creditRules(true, true);
    submitted(UNSIGNED, 65_536, 0);
    submitted(UNSIGNED, 65_537, 0);
    submitted(UNSIGNED, 8_388_608 - 65_536 * 60, 0);

    assertThat(sent()).extracting(Smb2Header::creditCharge).containsExactly(1, 1, 2, 68);
  }

  @Test
  void holdsBackInOrderWhileThereAreNoCredits() {
    submitted(UNSIGNED, 0, 0);
    PendingRequest<?> second = submitted(UNSIGNED, 0, 1);
    PendingRequest<?> third = submitted(UNSIGNED, 0, 2);
    assertThat(sent()).hasSize(1);
    assertThat(sender.waitingSince(2).toArray()).containsExactly(second);
    assertThat(sender.waitingSince(3)).hasSize(2);

    window.grant(1);
    sender.pump(7);
    assertThat(sent()).extracting(Smb2Header::messageId).containsExactly(1L);
    assertThat(second.isSent()).isTrue();
    assertThat(second.lastHeard()).isEqualTo(7);
    assertThat(third.isSent()).isFalse();
  }

  @Test
  void whatWasGivenUpWhileItWaitedIsNotSent() {
    submitted(UNSIGNED, 0, 0);
    PendingRequest<?> second = submitted(UNSIGNED, 0, 0);
    second.abandon();
    window.grant(5);
    sender.pump(0);

    assertThat(sent()).hasSize(1);
    assertThat(second.isSent()).isFalse();
    assertThat(window.available()).isEqualTo(5);
    assertThat(sender.isIdle()).isTrue();
  }

  @Test
  void aFrameBeyondTheWindowAsksForCreditsOnceNothingIsUnderWay() {
    sender.submit(List.of(request(UNSIGNED, 0), request(UNSIGNED, 0).related()), 0);
    sender.pump(0);
    assertThat(sent()).extracting(Smb2Header::command).containsExactly(Command.ECHO);

    sender.pump(0);
    assertThat(sent()).isEmpty();
    window.answered(1);
    window.grant(2);
    sender.pump(0);
    List<Smb2Header> headers = sent();
    assertThat(headers).extracting(Smb2Header::messageId).containsExactly(1L, 2L);
    assertThat(headers.get(0).flags()).isEqualTo(HeaderFlags.NONE);
    assertThat(headers.get(1).flags()).isEqualTo(HeaderFlags.RELATED_OPERATIONS);
  }

  @Test
  void aRequestOfASessionWithoutKeyFailsAloneAndTakesNoId() {
    ciphers = null;
    PendingRequest<?> keyless = submitted(SIGNED, 0, 0);

    assertThat(keyless).isCompletedExceptionally();
    assertThat(keyless.handle((reply, failure) -> failure).join())
        .isInstanceOf(SmbClosedException.class);
    submitted(UNSIGNED, 0, 0);
    assertThat(sent()).extracting(Smb2Header::messageId).containsExactly(0L);
    assertThat(failures).isEmpty();
  }

  @Test
  void cancelTakesNoCreditAndNamesTheRequest() {
    PendingRequest<?> request = submitted(SIGNED, 0, 0);
    sent();
    sender.cancel(request);
    request.asyncId(0x99);
    sender.cancel(request);

    List<Smb2Header> cancels = sent();
    assertThat(cancels).extracting(Smb2Header::command).containsOnly(Command.CANCEL);
    assertThat(cancels).extracting(Smb2Header::messageId).containsOnly(0L);
    assertThat(cancels).extracting(Smb2Header::credits).containsOnly(0);
    assertThat(cancels.get(0).treeId()).isEqualTo(6);
    assertThat(cancels.get(0).isAsync()).isFalse();
    assertThat(cancels.get(1).asyncId()).isEqualTo(0x99);
    assertThat(cancels.get(1).isAsync()).isTrue();
    assertThat(window.inFlight()).isEqualTo(1);
  }

  @Test
  void nothingIsCancelledInASessionWithoutKey() {
    PendingRequest<?> request = submitted(SIGNED, 0, 0);
    sent();
    ciphers = null;
    sender.cancel(request);

    assertThat(sent()).isEmpty();
    assertThat(failures).isEmpty();
  }

  @Test
  void attack29_exhaustedIdsEndTheConnection() {
    window = new SequenceWindow(100, Long.MAX_VALUE - 65_535);
    sender = sender();
    PendingRequest<?> request = submitted(UNSIGNED, 0, 0);

    assertThat(failures).singleElement().isInstanceOf(SmbTransportException.class);
    assertThat(request.isSent()).isFalse();
    assertThat(sent()).isEmpty();
  }

  @Test
  void aServerThatGivesNoMoreCreditsIsNotAskedForEver() {
    sender.submit(List.of(request(UNSIGNED, 0), request(UNSIGNED, 0).related()), 0);
    sender.pump(0);
    assertThat(sent()).extracting(Smb2Header::command).containsExactly(Command.ECHO);
    for (int i = 0; i < 10; i++) {
      window.answered(1);
      window.grant(1);
      sender.pump(0);
      assertThat(sent()).isEmpty();
      window.take(1);
    }
    assertThat(sender.waitingSince(1)).hasSize(2);
  }

  @Test
  void whoWaitsIsNotLateAsLongAsOthersAreSent() {
    window.grant(1);
    submitted(UNSIGNED, 0, 0);
    submitted(UNSIGNED, 0, 1);
    PendingRequest<?> third = submitted(UNSIGNED, 0, 2);
    PendingRequest<?> fourth = submitted(UNSIGNED, 0, 3);
    window.grant(1);
    sender.pump(8);

    assertThat(third.isSent()).isTrue();
    assertThat(sender.waitingSince(8)).isEmpty();
    assertThat(sender.waitingSince(9).toArray()).containsExactly(fourth);
  }

  @Test
  void section06_whatTheServerDoesNotReadWaitsHereAndNotInTheChannel() {
    window.grant(99);
    channel.unsafe().outboundBuffer().setUserDefinedWritability(1, false);
    PendingRequest<?> request = submitted(UNSIGNED, 0, 0);
    assertThat(sent()).isEmpty();
    assertThat(sender.waitingSince(1).toArray()).containsExactly(request);

    channel.unsafe().outboundBuffer().setUserDefinedWritability(1, true);
    sender.pump(1);
    assertThat(sent()).hasSize(1);
  }

  @Test
  void section06_theQueueIsBoundedByWhatItsRequestsCost() {
    sender = new RequestSender(
        channel, window, outstanding, id -> id == SESSION ? ciphers : null, failures::add, 5);
    sender.creditRules(true, true);
    submitted(UNSIGNED, 0, 0);
    PendingRequest<?> large = submitted(UNSIGNED, 5 * 65_536, 0);
    PendingRequest<?> refused = submitted(UNSIGNED, 0, 0);

    assertThat(large).isNotDone();
    assertThat(refused.handle((reply, failure) -> failure).join())
        .isInstanceOf(SmbBusyException.class)
        .hasMessageContaining("5 credits");
    window.answered(1);
    window.grant(5);
    sender.pump(0);
    assertThat(large.isSent()).isTrue();
    assertThat(submitted(UNSIGNED, 0, 0)).isNotDone();
  }

  @Test
  void aFailedWriteIsReported() {
    channel.close();
    submitted(UNSIGNED, 0, 0);
    channel.runPendingTasks();

    assertThat(failures).hasSize(1);
  }

  @Test
  void theEndFailsWhatWaits() {
    submitted(UNSIGNED, 0, 0);
    PendingRequest<?> waiting = submitted(UNSIGNED, 0, 0);
    SmbTransportException cause = new SmbTransportException("cut");
    sender.failAll(cause);

    assertThat(waiting.handle((reply, failure) -> failure).join()).isSameAs(cause);
    assertThat(sender.isIdle()).isTrue();
  }

  private PendingRequest<?> submitted(RequestScope scope, int maxOutput, long now) {
    PendingRequest<?> request = request(scope, maxOutput);
    sender.submit(List.of(request), now);
    sender.pump(now);
    return request;
  }

  private static PendingRequest<?> request(RequestScope scope, int maxOutput) {
    return new PendingRequest<>(
        scope, new IoctlRequest(1, new FileId(1, 2), Octets.EMPTY, 0, maxOutput, true));
  }

  private List<Smb2Header> sent() {
    List<Smb2Header> headers = new ArrayList<>();
    OutboundChain chain;
    while ((chain = channel.readOutbound()) != null) {
      chain.messages().forEach(message -> headers.add(message.header()));
    }
    return headers;
  }
}
