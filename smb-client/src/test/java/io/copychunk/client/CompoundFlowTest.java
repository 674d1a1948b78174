package io.copychunk.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.client.CopyChunkOutcome.Copied;
import io.copychunk.client.error.SmbClosedException;
import io.copychunk.client.error.SmbStatusException;
import io.copychunk.fscc.FileAttributes;
import io.copychunk.fscc.FileDispositionInformation;
import io.copychunk.fscc.FileEndOfFileInformation;
import io.copychunk.fscc.FileNetworkOpenInformation;
import io.copychunk.fscc.FileStandardInformation;
import io.copychunk.message.CancelRequest;
import io.copychunk.message.CloseRequest;
import io.copychunk.message.CloseResponse;
import io.copychunk.message.CreateRequest;
import io.copychunk.message.IoctlRequest;
import io.copychunk.message.QueryInfoRequest;
import io.copychunk.message.SetInfoRequest;
import io.copychunk.message.SetInfoResponse;
import io.copychunk.testing.Received;
import io.copychunk.testing.Responses;
import io.copychunk.wire.FileId;
import io.copychunk.wire.HeaderFlags;
import io.copychunk.wire.NtStatus;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is asked of a file in the frame that opens or closes it. */
@Timeout(20)
class CompoundFlowTest {
  private static final FileId TARGET = new FileId(0xE1, 0xE2);

  private final Flow flow = new Flow();

  @AfterEach
  void end() {
    flow.close();
  }

  @Test
  void aFileIsCreatedMadeReadyAndFilledByOneFrame() {
    AsyncSmbShare share = flow.share();
    ResumeKey key = key(share);
    AsyncSmbOpening opening = share.opening("b.bin", OpenOptions.createNew());
    CompletableFuture<Void> set = opening.set(new FileDispositionInformation(true));
    CompletableFuture<CopyChunkOutcome> copy = opening.copyChunk(key, List.of(CopyRange.at(0, 10)));
    flow.peer.expectNothingMore();
    CompletableFuture<AsyncSmbFile> file = opening.open();

    Received<CreateRequest> create = flow.peer.expect(CreateRequest.class);
    Received<SetInfoRequest> setting = flow.peer.expect(SetInfoRequest.class);
    Received<IoctlRequest> copying = flow.peer.expect(IoctlRequest.class);
    assertThat(create.header().nextCommand()).isPositive();
    assertThat(setting.header().nextCommand()).isPositive();
    assertThat(copying.header().nextCommand()).isZero();
    assertThat(setting.header().flags().has(HeaderFlags.RELATED_OPERATIONS)).isTrue();
    assertThat(copying.header().flags().has(HeaderFlags.RELATED_OPERATIONS)).isTrue();
    assertThat(setting.body().fileId()).isEqualTo(FileId.PREVIOUS);
    assertThat(copying.body().fileId()).isEqualTo(FileId.PREVIOUS);
    flow.peer.sendTogether(
        create.answer(Responses.opened(TARGET)), setting.answer(new SetInfoResponse()));
    assertThat(Flow.result(file).isOpen()).isTrue();
    assertThat(set).succeedsWithin(Duration.ofSeconds(5));
    copying.answer(Responses.copied(copying.body(), TARGET, 1, 10)).send();

    assertThat(Flow.result(copy)).isEqualTo(new Copied(1, 10));
  }

  private ResumeKey key(AsyncSmbShare share) {
    CompletableFuture<KeyedOpen> opening = share.openWithResumeKey("a.bin");
    Received<CreateRequest> create = flow.peer.expect(CreateRequest.class);
    Received<IoctlRequest> ioctl = flow.peer.expect(IoctlRequest.class);
    create.answer(Responses.opened(Flow.FILE_ID)).send();
    ioctl.answer(Responses.key(ioctl.body(), Flow.FILE_ID, 1)).send();
    return Flow.result(opening).key();
  }

  @Test
  void whatCanNotBeOpenedFailsAllThatTravelsWithIt() {
    AsyncSmbOpening opening = flow.share().opening("b.bin", OpenOptions.createNew());
    CompletableFuture<Void> set = opening.set(new FileEndOfFileInformation(7));
    CompletableFuture<ResumeKey> key = opening.requestResumeKey();
    CompletableFuture<AsyncSmbFile> file = opening.open();
    flow.peer.sendTogether(
        flow.peer.expect(CreateRequest.class).refusal(NtStatus.OBJECT_NAME_COLLISION),
        flow.peer.expect(SetInfoRequest.class).refusal(NtStatus.INVALID_PARAMETER),
        flow.peer.expect(IoctlRequest.class).refusal(NtStatus.INVALID_PARAMETER));

    assertRefused(file, NtStatus.OBJECT_NAME_COLLISION);
    assertRefused(set, NtStatus.OBJECT_NAME_COLLISION);
    assertRefused(key, NtStatus.OBJECT_NAME_COLLISION);
    flow.peer.expectNothingMore();
  }

  @Test
  void whatIsRefusedOfAnOpenFileLeavesItOpen() {
    AsyncSmbOpening opening = flow.share().opening("b.bin", OpenOptions.createNew());
    CompletableFuture<Void> set = opening.set(new FileEndOfFileInformation(7));
    CompletableFuture<AsyncSmbFile> file = opening.open();
    flow.peer.sendTogether(
        flow.peer.expect(CreateRequest.class).answer(Responses.opened(TARGET)),
        flow.peer.expect(SetInfoRequest.class).refusal(NtStatus.DISK_FULL));

    assertRefused(set, NtStatus.DISK_FULL);
    assertThat(Flow.result(file).isOpen()).isTrue();
  }

  @Test
  void anOpeningThatNobodyWaitsForIsCancelledAndClosed() {
    AsyncSmbOpening opening = flow.share().opening("b.bin", OpenOptions.createNew());
    CompletableFuture<Void> set = opening.set(new FileEndOfFileInformation(7));
    CompletableFuture<AsyncSmbFile> file = opening.open();
    Received<CreateRequest> create = flow.peer.expect(CreateRequest.class);
    flow.peer.expect(SetInfoRequest.class);
    file.cancel(false);
    flow.peer.expect(CancelRequest.class);
    flow.peer.expect(CancelRequest.class);
    create.answer(Responses.opened(TARGET)).send();

    assertThat(flow.peer.expect(CloseRequest.class).body().fileId()).isEqualTo(TARGET);
    assertThat(Flow.failure(set)).isInstanceOf(CancellationException.class);
  }

  @Test
  void aFileIsLookedAtByOneFrame() {
    CompletableFuture<AsyncSmbFile> looking =
        flow.share().opening("b.bin", OpenOptions.attributes()).openAndClose();
    Received<CreateRequest> create = flow.peer.expect(CreateRequest.class);
    Received<CloseRequest> close = flow.peer.expect(CloseRequest.class);
    assertThat(close.body().fileId()).isEqualTo(FileId.PREVIOUS);
    flow.peer.sendTogether(
        create.answer(Responses.opened(TARGET)), close.answer(Responses.closed()));

    AsyncSmbFile file = Flow.result(looking);
    assertThat(file.isOpen()).isFalse();
    assertThat(file.size()).isEqualTo(1234);
    Flow.result(file.close());
    flow.peer.expectNothingMore();
  }

  @Test
  void aFileThatTheServerHasNotClosedIsClosedOnItsOwn() {
    CompletableFuture<AsyncSmbFile> looking =
        flow.share().opening("b.bin", OpenOptions.attributes()).openAndClose();
    flow.peer.sendTogether(
        flow.peer.expect(CreateRequest.class).answer(Responses.opened(TARGET)),
        flow.peer.expect(CloseRequest.class).refusal(NtStatus.INTERNAL_ERROR));

    assertThat(flow.peer.expect(CloseRequest.class).body().fileId()).isEqualTo(TARGET);
    assertThat(Flow.result(looking).isOpen()).isFalse();
  }

  @Test
  void aFileIsSetNamedAndClosedByOneFrame() {
    AsyncSmbFile file = flow.file();
    AsyncSmbCompound compound = file.compound();
    CompletableFuture<Void> set = compound.set(new FileEndOfFileInformation(7));
    CompletableFuture<Void> renamed = compound.rename("c.bin", true);
    CompletableFuture<FileNetworkOpenInformation> closed = compound.close();
    Received<SetInfoRequest> setting = flow.peer.expect(SetInfoRequest.class);
    Received<SetInfoRequest> renaming = flow.peer.expect(SetInfoRequest.class);
    Received<CloseRequest> close = flow.peer.expect(CloseRequest.class);
    assertThat(file.isOpen()).isFalse();
    assertThat(renaming.body().fileId()).isEqualTo(Flow.FILE_ID);
    assertThat(renaming.header().flags().has(HeaderFlags.RELATED_OPERATIONS)).isFalse();
    assertThat(close.body().postQueryAttributes()).isTrue();
    flow.peer.sendTogether(
        setting.refusal(NtStatus.DISK_FULL),
        renaming.answer(new SetInfoResponse()),
        close.answer(new CloseResponse(true, 1, 2, 3, 4, 5, 6, FileAttributes.ARCHIVE)));

    assertRefused(set, NtStatus.DISK_FULL);
    Flow.result(renamed);
    assertThat(Flow.result(closed))
        .isEqualTo(new FileNetworkOpenInformation(1, 2, 3, 4, 5, 6, FileAttributes.ARCHIVE));
  }

  @Test
  void severalThingsAreAskedOfAFileThatStaysOpen() {
    AsyncSmbFile file = flow.file();
    AsyncSmbCompound compound = file.compound();
    CompletableFuture<Void> kept = compound.set(new FileDispositionInformation(false));
    CompletableFuture<FileStandardInformation> size = compound.query(FileStandardInformation.CLASS);
    compound.send();
    Received<SetInfoRequest> setting = flow.peer.expect(SetInfoRequest.class);
    assertThat(setting.header().nextCommand()).isPositive();
    flow.peer.sendTogether(
        setting.answer(new SetInfoResponse()),
        flow.peer.expect(QueryInfoRequest.class).refusal(NtStatus.ACCESS_DENIED));

    Flow.result(kept);
    assertRefused(size, NtStatus.ACCESS_DENIED);
    assertThat(file.isOpen()).isTrue();
  }

  @Test
  void aServerThatDoesNotTellWhatItHasClosed() {
    CompletableFuture<FileNetworkOpenInformation> closed =
        flow.file().compound().close();
    flow.peer.expect(CloseRequest.class).answer(Responses.closed()).send();

    assertThat(Flow.result(closed)).isNull();
  }

  @Test
  void aClosedFileIsNotClosedAgain() {
    AsyncSmbFile file = flow.file();
    CompletableFuture<Void> close = file.close();
    flow.peer.expect(CloseRequest.class).answer(Responses.closed()).send();
    Flow.result(close);
    AsyncSmbCompound compound = file.compound();
    CompletableFuture<Void> renamed = compound.rename("c.bin", true);

    assertThat(Flow.failure(compound.close())).isInstanceOf(SmbClosedException.class);
    assertThat(Flow.failure(renamed)).isInstanceOf(SmbClosedException.class);
    flow.peer.expectNothingMore();
  }

  private static void assertRefused(CompletableFuture<?> future, NtStatus status) {
    assertThat(Flow.failure(future))
        .isInstanceOfSatisfying(
            SmbStatusException.class, refused -> assertThat(refused.status()).isEqualTo(status));
  }
}
