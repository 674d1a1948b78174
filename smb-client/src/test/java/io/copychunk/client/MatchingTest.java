package io.copychunk.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.client.error.SmbException;
import io.copychunk.client.error.SmbIntegrityException;
import io.copychunk.client.error.SmbProtocolException;
import io.copychunk.client.error.SmbTransportException;
import io.copychunk.message.EchoResponse;
import io.copychunk.message.IoctlRequest;
import io.copychunk.testing.Answer;
import io.copychunk.testing.Received;
import io.copychunk.testing.Responses;
import io.copychunk.wire.Command;
import io.copychunk.wire.HeaderFlags;
import io.copychunk.wire.NtStatus;
import io.copychunk.wire.Signature;
import io.copychunk.wire.Smb2Header;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What becomes of answers that are not what a request has to be answered with. */
@Timeout(20)
class MatchingTest {
  private final Flow flow = new Flow();

  private CompletableFuture<ResumeKey> first;
  private CompletableFuture<ResumeKey> second;
  private Received<IoctlRequest> request;
  private Received<IoctlRequest> other;

  @BeforeEach
  void twoRequestsAreUnderWay() {
    AsyncSmbFile file = flow.file();
    first = file.requestResumeKey();
    second = file.requestResumeKey();
    request = flow.peer.expect(IoctlRequest.class);
    other = flow.peer.expect(IoctlRequest.class);
  }

  @AfterEach
  void end() {
    flow.close();
  }

  @Test
  void aFinalResponseFollowsAnInterimOne() {
    request.interim().send();
    answer().async(request.header().messageId()).credits(0).send();

    assertThat(Flow.result(first).isUsable()).isTrue();
  }

  @Test
  void aSecondInterimResponseIsDropped() {
    request.interim().send();
    request.interim().send();
    answer().async(request.header().messageId()).send();

    Flow.result(first);
    assertThat(flow.connection.isOpen()).isTrue();
  }

  @Test
  void anInterimResponseThatIsNotAsyncIsDropped() {
    request.refusal(NtStatus.PENDING).unsigned().send();
    answer().send();

    Flow.result(first);
  }

  @Test
  void aStaleSignatureInAnInterimResponseIsNotLookedAt() {
    request
        .interim()
        .header(h -> h.withFlags(h.flags().with(HeaderFlags.SIGNED)))
        .send();
    answer().async(request.header().messageId()).send();

    Flow.result(first);
  }

  @Test
  void aFinalResponseWithAnotherAsyncIdIsFatal() {
    request.interim().send();
    answer().async(0xA5A5).send();

    fatal(SmbProtocolException.class, "AsyncId: 0xa5a5");
  }

  @Test
  void anotherCommandIsFatal() {
    request.answer(new EchoResponse()).header(h -> command(h, Command.ECHO)).send();

    fatal(SmbProtocolException.class, "Command: ECHO");
  }

  @Test
  void anotherSessionIsFatal() {
    answer().sessionId(0xBAD).unsigned().send();

    fatal(SmbProtocolException.class, "SessionId: 0xbad");
  }

  @Test
  void anotherTreeIsFatal() {
    answer().treeId(0x99).send();

    fatal(SmbProtocolException.class, "TreeId: 0x99");
  }

  @Test
  void aRequestInPlaceOfAResponseIsFatal() {
    answer().header(h -> h.withFlags(HeaderFlags.SIGNED)).send();

    fatal(SmbProtocolException.class, "SERVER_TO_REDIR");
  }

  @Test
  void anUnsignedResponseIsFatalOnASignedSession() {
    answer().unsigned().send();

    fatal(SmbIntegrityException.class, "not signed");
  }

  @Test
  void anUnsignedErrorIsFatalTooHoweverHarmless() {
    request.refusal(NtStatus.USER_SESSION_DELETED).unsigned().send();

    fatal(SmbIntegrityException.class, "USER_SESSION_DELETED");
  }

  @Test
  void aWronglySignedResponseIsFatal() {
    answer().tampered(bytes -> bytes[bytes.length - 5] ^= 1).send();

    fatal(SmbIntegrityException.class, "wrong");
  }

  @Test
  void answersBehindAForgedOneInTheSameFrameAreNotBelieved() {
    flow.peer.sendTogether(
        answer().tampered(bytes -> bytes[70] ^= 1),
        other.answer(Responses.key(other.body(), Flow.FILE_ID, 2)));

    fatal(SmbIntegrityException.class, "wrong");
  }

  @Test
  void aMalformedBodyFailsItsRequestAndTheConnection() {
    answer().tampered(bytes -> {}).header(h -> h).send();
    Flow.result(first);
    other.answer(new EchoResponse()).send();

    assertThat(Flow.failure(second))
        .isInstanceOf(SmbProtocolException.class)
        .hasMessageContaining("malformed IOCTL response");
    flow.peer.expectEnd();
  }

  @Test
  void answersToNoRequestAreToleratedUpToABound() {
    for (int i = 0; i < 16; i++) {
      answer().header(messageId(1_000_000 + i)).send();
    }
    answer().send();
    Flow.result(first);
    assertThat(flow.connection.isOpen()).isTrue();

    answer().send();

    assertThat(Flow.failure(second))
        .isInstanceOf(SmbProtocolException.class)
        .hasMessageContaining("17 responses to no request");
    flow.peer.expectEnd();
  }

  @Test
  void breakNotificationsAreIgnored() {
    answer()
        .header(h -> command(messageId(Smb2Header.UNSOLICITED).apply(h), Command.OPLOCK_BREAK))
        .unsigned()
        .send();
    answer().send();

    Flow.result(first);
    assertThat(flow.connection.isOpen()).isTrue();
  }

  @Test
  void otherUnsolicitedMessagesAreFatal() {
    answer().header(messageId(Smb2Header.UNSOLICITED)).unsigned().send();

    fatal(SmbProtocolException.class, "unsolicited");
  }

  @Test
  void encryptedFramesAreFatalWhereThereIsNoCipher() {
    byte[] frame = new byte[100];
    frame[0] = (byte) 0xFD;
    frame[1] = 'S';
    frame[2] = 'M';
    frame[3] = 'B';
    flow.peer.sendFrame(frame);

    fatal(SmbProtocolException.class, "expected: a session with a cipher");
  }

  @Test
  void aKeepAliveOfNetBiosIsFatal() {
    flow.peer.sendBytes(new byte[] {(byte) 0x85, 0, 0, 0});

    fatal(SmbProtocolException.class, "0x85000000");
  }

  @Test
  void theConnectionIsCutInTheMiddleOfAFrame() {
    flow.peer.sendBytes(new byte[] {0, 0, 1, 0, (byte) 0xFE, 'S', 'M'});
    flow.peer.cut();

    assertThat(Flow.failure(first)).isInstanceOf(SmbTransportException.class);
    assertThat(Flow.failure(second)).isSameAs(Flow.failure(first));
  }

  private Answer answer() {
    return request.answer(Responses.key(request.body(), Flow.FILE_ID, 1));
  }

  /** All that waited fails with the same cause, and so does whoever comes later. */
  private void fatal(Class<? extends SmbException> type, String message) {
    assertThat(Flow.failure(first)).isInstanceOf(type).hasMessageContaining(message);
    assertThat(Flow.failure(second)).isSameAs(Flow.failure(first));
    flow.peer.expectEnd();
    assertThat(flow.connection.isOpen()).isFalse();
  }

  private static UnaryOperator<Smb2Header> messageId(long id) {
    return h -> new Smb2Header(
        h.creditCharge(),
        h.status(),
        h.command(),
        h.credits(),
        h.flags(),
        0,
        id,
        h.treeId(),
        h.asyncId(),
        h.sessionId(),
        Signature.NONE);
  }

  private static Smb2Header command(Smb2Header h, Command command) {
    return new Smb2Header(
        h.creditCharge(),
        h.status(),
        command,
        h.credits(),
        h.flags(),
        0,
        h.messageId(),
        h.treeId(),
        h.asyncId(),
        h.sessionId(),
        Signature.NONE);
  }
}
