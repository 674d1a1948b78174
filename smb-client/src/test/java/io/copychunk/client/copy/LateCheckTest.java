package io.copychunk.client.copy;

import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.client.error.SmbCopyException.Reason;
import io.copychunk.fscc.FileStandardInformation;
import io.copychunk.fscc.InfoType;
import io.copychunk.message.CloseRequest;
import io.copychunk.message.CreateRequest;
import io.copychunk.message.QueryInfoRequest;
import io.copychunk.message.SetInfoRequest;
import io.copychunk.message.fsctl.SrvCopyChunkCopy;
import io.copychunk.testing.ScriptedControls;
import io.copychunk.testing.ScriptedFiles;
import io.copychunk.testing.Trait;
import io.copychunk.wire.AccessMask;
import io.copychunk.wire.NtStatus;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A copy in place is closed before it is known to be right; what is wrong is undone all the same. */
@Timeout(60)
class LateCheckTest {
  private static final byte[] OLD = {1, 2, 3};
  private static final byte[] OF_ANOTHER = {7, 8};

  private final CopyFlow flow = new CopyFlow();
  private final ScriptedFiles files = flow.files;
  private final CopyOptions inPlace = CopyOptions.builder().inPlace(true).build();
  private final CopyOptions touching =
      CopyOptions.builder().inPlace(true).progress(progress -> files.touch("a")).build();

  LateCheckTest() {
    flow.source(10_000);
  }

  @AfterEach
  void close() {
    flow.close();
  }

  private void whenClosed(String name, Runnable then) {
    files.hook(request -> {
      if (request.body() instanceof CloseRequest close && files.isOf(close, name)) {
        files.answer(request);
        then.run();
        return true;
      }
      return false;
    });
  }

  private void claimWhatIsNotDone() {
    files.hook(SrvCopyChunkCopy.class, (request, copy) -> {
      ScriptedControls.copied(request, copy.chunks().size(), 10_000).send();
      return true;
    });
  }

  private boolean hasAskedForSize() {
    return files.requests().stream()
        .anyMatch(request -> request instanceof QueryInfoRequest query
            && query.infoType() == InfoType.FILE
            && query.fileInfoClass() == FileStandardInformation.CLASS.code());
  }

  @Test
  void aNewOneIsRemovedWhenTheSourceHasChanged() {
    flow.assertCopyFails(Reason.SOURCE_CHANGED, touching);
  }

  @Test
  void aNewOneIsRemovedWhenItHasNotTheSize() {
    claimWhatIsNotDone();

    flow.assertCopyFails(Reason.NOT_EQUAL, inPlace);

    assertThat(hasAskedForSize()).isFalse();
  }

  /** As one that is written in place and fails earlier does. */
  @Test
  void oneThatWasThereStays() {
    files.put("b", OLD);

    flow.assertCopyFails(Reason.SOURCE_CHANGED, touching);

    assertThat(files.get("b")).hasSize(10_000);
  }

  @Test
  void whatSomebodyElseHasPutInItsPlaceStays() {
    whenClosed("b", () -> files.put("b", OF_ANOTHER));

    assertThat(flow.failure("a", "b", touching)).hasMessageContaining("has changed");

    assertThat(files.get("b")).isEqualTo(OF_ANOTHER);
  }

  @Test
  void whatSomebodyElseHasRemovedIsNotMissed() {
    claimWhatIsNotDone();
    whenClosed("b", () -> files.remove("b"));

    flow.assertCopyFails(Reason.NOT_EQUAL, inPlace);
  }

  @Test
  void whatCanNotBeRemovedIsNamed() {
    files.hook(request -> {
      boolean deletes = request.body() instanceof CreateRequest create
          && create.name().equals("b")
          && create.desiredAccess().has(AccessMask.DELETE)
          && !create.desiredAccess().has(AccessMask.WRITE_DATA);
      if (deletes) {
        request.refusal(NtStatus.SHARING_VIOLATION).send();
      }
      return deletes;
    });

    assertThat(flow.failure("a", "b", touching))
        .hasMessageContaining("has changed")
        .hasMessageContaining("is left behind");
  }

  /** Of which nobody could tell later whether it is still the same. */
  @Test
  void aNewOneWithoutAnIdIsCheckedBeforeItIsClosed() {
    files.with(Trait.WITHOUT_IDS);
    files.hook(request -> {
      if (request.body() instanceof SetInfoRequest set && set.fileInfoClass() == 4) {
        assertThat(hasAskedForSize()).isTrue();
      }
      return false;
    });

    assertThat(flow.copy("a", "b", inPlace).size()).isEqualTo(10_000);
    assertThat(hasAskedForSize()).isTrue();

    files.remove("b");
    flow.assertCopyFails(Reason.SOURCE_CHANGED, touching);
  }

  /** Nor could anybody tell then whether it is another one. */
  @Test
  void aNewOneWithoutAnIdIsLeftWhenItCanNotBeClosed() {
    files.with(Trait.WITHOUT_IDS);
    files.hook(request -> {
      boolean closes = request.body() instanceof CloseRequest close && files.isOf(close, "b");
      if (closes) {
        request.refusal(NtStatus.DISK_FULL).send();
      }
      return closes;
    });

    assertThat(flow.failure("a", "b", inPlace)).hasMessageContaining("is left behind");

    assertThat(files.get("b")).hasSize(10_000);
  }

  @Test
  void aServerThatDoesNotTellWhatItHasClosedIsAskedByName() {
    files.with(Trait.CLOSES_WITHOUT_A_WORD);

    assertThat(flow.copy("a", "b", inPlace).size()).isEqualTo(10_000);

    files.remove("b");
    claimWhatIsNotDone();
    flow.assertCopyFails(Reason.NOT_EQUAL, inPlace);
  }
}
