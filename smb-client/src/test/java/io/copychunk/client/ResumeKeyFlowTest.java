package io.copychunk.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.copychunk.client.error.SmbBufferTooSmallException;
import io.copychunk.client.error.SmbClosedException;
import io.copychunk.client.error.SmbException;
import io.copychunk.client.error.SmbNotSupportedException;
import io.copychunk.client.error.SmbProtocolException;
import io.copychunk.client.error.SmbSessionExpiredException;
import io.copychunk.client.error.SmbStatusException;
import io.copychunk.message.CancelRequest;
import io.copychunk.message.CloseRequest;
import io.copychunk.message.CreateRequest;
import io.copychunk.message.IoctlRequest;
import io.copychunk.message.fsctl.FsctlCode;
import io.copychunk.testing.Received;
import io.copychunk.testing.Responses;
import io.copychunk.wire.FileId;
import io.copychunk.wire.HeaderFlags;
import io.copychunk.wire.NtStatus;
import io.copychunk.wire.Octets;
import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class ResumeKeyFlowTest {
  private final Flow flow = new Flow();

  private CompletableFuture<KeyedOpen> opening;
  private Received<CreateRequest> create;
  private Received<IoctlRequest> ioctl;

  @AfterEach
  void end() {
    flow.close();
  }

  private void openWithKey() {
    opening = flow.share().openWithResumeKey("a.bin");
    create = flow.peer.expect(CreateRequest.class);
    ioctl = flow.peer.expect(IoctlRequest.class);
  }

  @Test
  void createAndIoctlTravelInOneRelatedCompound() {
    openWithKey();

    assertThat(create.header().nextCommand()).isEqualTo(create.bytes().length);
    assertThat(create.header().flags().has(HeaderFlags.RELATED_OPERATIONS)).isFalse();
    assertThat(ioctl.header().nextCommand()).isZero();
    assertThat(ioctl.header().flags().has(HeaderFlags.RELATED_OPERATIONS)).isTrue();
    assertThat(ioctl.header().messageId()).isEqualTo(create.header().messageId() + 1);
    assertThat(ioctl.body().fileId()).isEqualTo(FileId.PREVIOUS);
    assertThat(ioctl.body().input()).isEqualTo(Octets.EMPTY);
    assertThat(ioctl.body().maxOutputResponse()).isEqualTo(32);
  }

  @Test
  void answersInTwoFrames() {
    openWithKey();
    create.answer(Responses.opened(Flow.FILE_ID)).send();
    ioctl.answer(Responses.key(ioctl.body(), Flow.FILE_ID, 1)).send();

    assertThat(Flow.result(opening).roundTrips()).isEqualTo(1);
  }

  @Test
  void answersInReverseOrder() {
    openWithKey();
    ioctl.answer(Responses.key(ioctl.body(), Flow.FILE_ID, 1)).send();
    create.answer(Responses.opened(Flow.FILE_ID)).send();

    assertThat(Flow.result(opening).key().isUsable()).isTrue();
  }

  @Test
  void answersInOneFrame() {
    openWithKey();
    flow.peer.sendTogether(
        create.answer(Responses.opened(Flow.FILE_ID)),
        ioctl.answer(Responses.key(ioctl.body(), Flow.FILE_ID, 1)));

    assertThat(Flow.result(opening).file().size()).isEqualTo(1234);
  }

  @Test
  void theKeyComesAfterAnInterimResponse() {
    openWithKey();
    flow.peer.sendTogether(create.answer(Responses.opened(Flow.FILE_ID)), ioctl.interim());
    ioctl
        .answer(Responses.key(ioctl.body(), Flow.FILE_ID, 1))
        .async(ioctl.header().messageId())
        .credits(0)
        .send();

    assertThat(Flow.result(opening).roundTrips()).isEqualTo(1);
  }

  @Test
  void aFileThatCanNotBeOpened() {
    openWithKey();
    flow.peer.sendTogether(
        create.refusal(NtStatus.OBJECT_NAME_NOT_FOUND),
        ioctl.refusal(NtStatus.OBJECT_NAME_NOT_FOUND));

    assertThat(Flow.failure(opening)).isInstanceOfSatisfying(SmbStatusException.class, e -> {
      assertThat(e.status()).isEqualTo(NtStatus.OBJECT_NAME_NOT_FOUND);
      assertThat(e.path()).endsWith("\\share\\a.bin");
    });
    flow.peer.expectNothingMore();
  }

  @Test
  void aServerThatWillNotCompoundTheKeyIsAskedAgain() {
    openWithKey();
    flow.peer.sendTogether(
        create.answer(Responses.opened(Flow.FILE_ID)), ioctl.refusal(NtStatus.INTERNAL_ERROR));
    Received<IoctlRequest> again = flow.peer.expect(IoctlRequest.class);
    assertThat(again.body().fileId()).isEqualTo(Flow.FILE_ID);
    assertThat(again.header().flags().has(HeaderFlags.RELATED_OPERATIONS)).isFalse();
    again.answer(Responses.key(again.body(), Flow.FILE_ID, 1)).send();

    assertThat(Flow.result(opening).roundTrips()).isEqualTo(2);
  }

  @Test
  void internalErrorIsNotAskedAThirdTime() {
    openWithKey();
    flow.peer.sendTogether(
        create.answer(Responses.opened(Flow.FILE_ID)), ioctl.refusal(NtStatus.INTERNAL_ERROR));
    flow.peer.expect(IoctlRequest.class).refusal(NtStatus.INTERNAL_ERROR).send();

    assertThat(Flow.failure(opening))
        .isInstanceOf(SmbStatusException.class)
        .isNotInstanceOf(SmbNotSupportedException.class);
    flow.peer.expect(CloseRequest.class);
  }

  @Test
  void theSecondQuestionIsCancelledToo() {
    openWithKey();
    flow.peer.sendTogether(
        create.answer(Responses.opened(Flow.FILE_ID)), ioctl.refusal(NtStatus.INTERNAL_ERROR));
    Received<IoctlRequest> again = flow.peer.expect(IoctlRequest.class);
    opening.cancel(false);

    assertThat(flow.peer.expect(CancelRequest.class).header().messageId())
        .isEqualTo(again.header().messageId());
    flow.peer.expect(CloseRequest.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {0xC000_00BB, 0xC000_0010, 0xC000_0002, 0xC000_000D})
  void aServerWithoutKeysIsReportedAsSuchAndTheFileClosed(int status) {
    openWithKey();
    flow.peer.sendTogether(
        create.answer(Responses.opened(Flow.FILE_ID)), ioctl.refusal(NtStatus.of(status)));

    assertThat(Flow.failure(opening))
        .isInstanceOfSatisfying(
            SmbNotSupportedException.class, e -> assertThat(e.status().code()).isEqualTo(status))
        .hasMessageContaining("SRV_REQUEST_RESUME_KEY");
    assertThat(flow.peer.expect(CloseRequest.class).body().fileId()).isEqualTo(Flow.FILE_ID);
  }

  @Test
  void realErrorsAreNotMistakenForALackOfSupport() {
    openWithKey();
    flow.peer.sendTogether(
        create.answer(Responses.opened(Flow.FILE_ID)), ioctl.refusal(NtStatus.ACCESS_DENIED));

    assertThat(Flow.failure(opening))
        .isInstanceOf(SmbStatusException.class)
        .isNotInstanceOf(SmbNotSupportedException.class);
    flow.peer.expect(CloseRequest.class);
  }

  @ParameterizedTest
  @CsvSource({
    "0, -1073741789",
    "12, -1073741789",
    "24, -1073741789",
    "31, -1073741789",
    "40, -1073741789",
    "0, -1073741811",
    "12, -1073741811",
    "24, -1073741811",
    "31, -1073741811"
  })
  void tooSmallABufferIsTheSameErrorHoweverServersSayIt(int allowed, int status) {
    CompletableFuture<ResumeKey> key = flow.file().requestResumeKey(allowed);
    Received<IoctlRequest> request = flow.peer.expect(IoctlRequest.class);
    assertThat(request.body().maxOutputResponse()).isEqualTo(allowed);
    request.refusal(NtStatus.of(status)).send();

    assertThat(Flow.failure(key))
        .isInstanceOfSatisfying(
            SmbBufferTooSmallException.class, e -> assertThat(e.allowed()).isEqualTo(allowed));
  }

  @Test
  void aKeyThatWasCutToTheBufferIsNoKey() {
    CompletableFuture<ResumeKey> key = flow.file().requestResumeKey(12);
    Received<IoctlRequest> request = flow.peer.expect(IoctlRequest.class);
    request
        .answer(Responses.output(request.body(), Flow.FILE_ID, Octets.copyOf(new byte[12])))
        .status(NtStatus.BUFFER_OVERFLOW)
        .send();

    assertThat(Flow.failure(key)).isInstanceOf(SmbBufferTooSmallException.class);
    assertThat(flow.connection.isOpen()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 23})
  void lessThanAKeyIsFatal(int size) {
    CompletableFuture<ResumeKey> key = flow.file().requestResumeKey();
    Received<IoctlRequest> request = flow.peer.expect(IoctlRequest.class);
    request
        .answer(Responses.output(request.body(), Flow.FILE_ID, Octets.copyOf(new byte[size])))
        .send();

    assertThat(Flow.failure(key))
        .isInstanceOf(SmbProtocolException.class)
        .hasMessageContaining("OutputCount: " + size);
    flow.peer.expectEnd();
  }

  @Test
  void aHugeContextLengthIsOfNoConsequence() throws SmbException {
    CompletableFuture<ResumeKey> key = flow.file().requestResumeKey();
    Received<IoctlRequest> request = flow.peer.expect(IoctlRequest.class);
    byte[] output = new byte[32];
    java.util.Arrays.fill(output, (byte) 0xFF);
    request
        .answer(Responses.output(request.body(), Flow.FILE_ID, Octets.copyOf(output)))
        .send();

    assertThat(Flow.result(key).contextLength()).isEqualTo(0xFFFF_FFFFL);
    assertThat(Flow.result(key).context()).hasSize(4);
    assertThat(Flow.result(key).bytes()).hasSize(24);
  }

  @Test
  void moreOutputThanAskedForIsFatal() {
    CompletableFuture<ResumeKey> key = flow.file().requestResumeKey();
    Received<IoctlRequest> request = flow.peer.expect(IoctlRequest.class);
    request
        .answer(Responses.output(request.body(), Flow.FILE_ID, Octets.copyOf(new byte[33])))
        .send();

    assertThat(Flow.failure(key))
        .isInstanceOf(SmbProtocolException.class)
        .hasMessageContaining("OutputCount: 33");
    flow.peer.expectEnd();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anAnswerForAnotherFileOrControlIsFatal(boolean otherFile) {
    CompletableFuture<ResumeKey> key = flow.file().requestResumeKey();
    Received<IoctlRequest> request = flow.peer.expect(IoctlRequest.class);
    IoctlRequest asked = otherFile
        ? request.body()
        : new IoctlRequest(FsctlCode.SRV_COPYCHUNK, Flow.FILE_ID, Octets.EMPTY, 0, 32, true);
    FileId fileId = otherFile ? new FileId(1, 2) : Flow.FILE_ID;
    request.answer(Responses.key(asked, fileId, 1)).send();

    assertThat(Flow.failure(key)).isInstanceOf(SmbProtocolException.class);
    flow.peer.expectEnd();
  }

  @Test
  void onlyTheKeyThatCameLastIsUsable() throws SmbException {
    AsyncSmbFile file = flow.file();
    ResumeKey first = key(file, 1);
    assertThat(first.bytes()).containsOnly(1);
    ResumeKey second = key(file, 2);

    assertThat(second.bytes()).containsOnly(2);
    assertThat(first.isUsable()).isFalse();
    assertThatThrownBy(first::bytes)
        .isInstanceOf(SmbClosedException.class)
        .hasMessageContaining("issued another");
    assertThatThrownBy(first::legacyView).isInstanceOf(SmbClosedException.class);
  }

  @Test
  void theLastKeyIsTheOneThatCameLastAlsoWhenBothAreUnderWay() {
    AsyncSmbFile file = flow.file();
    CompletableFuture<ResumeKey> first = file.requestResumeKey();
    CompletableFuture<ResumeKey> second = file.requestResumeKey();
    Received<IoctlRequest> one = flow.peer.expect(IoctlRequest.class);
    Received<IoctlRequest> two = flow.peer.expect(IoctlRequest.class);
    flow.peer.sendTogether(
        two.answer(Responses.key(two.body(), Flow.FILE_ID, 2)),
        one.answer(Responses.key(one.body(), Flow.FILE_ID, 1)));

    assertThat(Flow.result(first).isUsable()).isTrue();
    assertThat(Flow.result(second).isUsable()).isFalse();
  }

  @Test
  void aKeyIsVoidOnceItsFileIsClosed() {
    AsyncSmbFile file = flow.file();
    ResumeKey key = key(file, 1);
    CompletableFuture<Void> closing = file.close();

    assertThatThrownBy(key::bytes)
        .isInstanceOf(SmbClosedException.class)
        .hasMessageContaining("closed");
    flow.peer.expect(CloseRequest.class).answer(Responses.closed()).send();
    Flow.result(closing);
    assertThat(Flow.failure(file.requestResumeKey())).isInstanceOf(SmbClosedException.class);
    flow.peer.expectNothingMore();
  }

  @Test
  void anyFsctlCarriesItsInputAndOutput() {
    CompletableFuture<IoctlResult> call =
        flow.file().ioctl(0x0009_0000, ByteBuffer.wrap(new byte[] {9, 1, 2, 9}, 1, 2), 8);
    Received<IoctlRequest> request = flow.peer.expect(IoctlRequest.class);
    assertThat(request.body().controlCode()).isEqualTo(0x0009_0000);
    assertThat(request.body().input()).isEqualTo(Octets.ofHex("0102"));
    request
        .answer(Responses.output(request.body(), Flow.FILE_ID, Octets.ofHex("a1a2a3")))
        .status(NtStatus.BUFFER_OVERFLOW)
        .send();

    IoctlResult result = Flow.result(call);
    assertThat(result.output()).isEqualTo(Octets.ofHex("a1a2a3"));
    assertThat(result.isComplete()).isFalse();
  }

  @Test
  void aFailingFsctlCanCarryOutputAllTheSame() {
    CompletableFuture<IoctlResult> call =
        flow.file().ioctl(FsctlCode.SRV_COPYCHUNK, ByteBuffer.allocate(0), 12);
    Received<IoctlRequest> request = flow.peer.expect(IoctlRequest.class);
    request
        .answer(Responses.output(request.body(), Flow.FILE_ID, Octets.ofHex("00ff0000")))
        .status(NtStatus.INVALID_PARAMETER)
        .send();

    assertThat(Flow.failure(call))
        .isInstanceOfSatisfying(
            SmbStatusException.class,
            e -> assertThat(e.output()).isEqualTo(Octets.ofHex("00ff0000")));
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 8_388_609})
  void sizesThatTheServerDoesNotTakeAreRefusedBeforeTheyAreSent(int maxOutput) {
    AsyncSmbFile file = flow.file();

    assertThatThrownBy(() -> file.requestResumeKey(maxOutput))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0..8388608");
    flow.peer.expectNothingMore();
  }

  @Test
  void aSessionThatTheServerHasEndedIsReportedAsSuch() {
    CompletableFuture<ResumeKey> key = flow.file().requestResumeKey();
    flow.peer.expect(IoctlRequest.class).refusal(NtStatus.USER_SESSION_DELETED).send();

    assertThat(Flow.failure(key)).isInstanceOf(SmbSessionExpiredException.class);
  }

  private ResumeKey key(AsyncSmbFile file, int octet) {
    CompletableFuture<ResumeKey> key = file.requestResumeKey();
    Received<IoctlRequest> request = flow.peer.expect(IoctlRequest.class);
    request.answer(Responses.key(request.body(), Flow.FILE_ID, octet)).send();
    return Flow.result(key);
  }
}
