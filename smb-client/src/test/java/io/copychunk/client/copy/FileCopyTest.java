package io.copychunk.client.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.copychunk.client.error.SmbCopyException;
import io.copychunk.client.error.SmbCopyException.Reason;
import io.copychunk.client.error.SmbStatusException;
import io.copychunk.message.CancelRequest;
import io.copychunk.message.CreateRequest;
import io.copychunk.message.IoctlRequest;
import io.copychunk.message.OplockLevel;
import io.copychunk.message.ReadRequest;
import io.copychunk.message.ReadResponse;
import io.copychunk.message.SetInfoRequest;
import io.copychunk.message.fsctl.DuplicateExtentsToFile;
import io.copychunk.message.fsctl.SrvCopyChunk;
import io.copychunk.message.fsctl.SrvCopyChunkCopy;
import io.copychunk.testing.Awaited;
import io.copychunk.testing.ScriptedControls;
import io.copychunk.testing.ScriptedFiles;
import io.copychunk.testing.Trait;
import io.copychunk.wire.NtStatus;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is promised of a source and its target, whatever happens to the copy. */
@Timeout(60)
class FileCopyTest {
  private static final int MIB = 1 << 20;
  private static final byte[] OLD = {1, 2, 3};

  private final CopyFlow flow = new CopyFlow();
  private final ScriptedFiles files = flow.files;
  private final CopyOptions defaults = CopyOptions.defaults();

  @AfterEach
  void close() {
    flow.close();
  }

  @Test
  void truncatesNoTargetBeforeItIsKnownThatItCanBeCopied() {
    flow.source(3 * MIB);
    files.put("b", OLD);
    files.hook(SrvCopyChunkCopy.class, (request, copy) -> {
      request.refusal(NtStatus.NOT_SUPPORTED).send();
      return true;
    });
    CopyOptions inPlace = CopyOptions.builder().serverSideOnly().inPlace(true).build();

    flow.assertCopyFails(Reason.NO_METHOD, inPlace);

    assertThat(files.get("b")).isEqualTo(OLD);
  }

  @Test
  void cutsNoTargetThatWasToBeClonedIntoAndCouldNot() {
    flow.source(1000);
    byte[] longer = new byte[5000];
    files.put("b", longer);
    files.with(Trait.CLONES);
    files.hook(DuplicateExtentsToFile.class, (request, clone) -> {
      request.refusal(NtStatus.NOT_SUPPORTED).send();
      return true;
    });

    flow.assertCopyFails(
        Reason.NO_METHOD,
        CopyOptions.builder().methods(CopyMethod.CLONE).inPlace(true).build());
    assertThat(files.get("b")).isEqualTo(longer);

    CopyResult result = flow.copy("a", "b", CopyOptions.builder().inPlace(true).build());
    assertThat(result.bytes()).containsOnlyKeys(CopyMethod.COPYCHUNK);
    assertThat(files.get("b")).hasSize(1000);
  }

  @Test
  void noticesThatTheSourceWasWrittenTo() {
    flow.source(3 * MIB);
    files.put("b", OLD);
    CopyOptions.Builder touching = CopyOptions.builder().progress(progress -> files.touch("a"));

    flow.assertCopyFails(Reason.SOURCE_CHANGED, touching.build());
    assertThat(files.get("b")).isEqualTo(OLD);

    assertThat(flow.copy("a", "b", touching.sourceMayChange(true).build()).sourceChanged())
        .isTrue();
  }

  @Test
  void attack66_aCopyThatIsClaimedAndNotMade() {
    flow.source(3 * MIB);
    files.put("b", OLD);
    files.hook(SrvCopyChunkCopy.class, (request, copy) -> {
      long bytes = copy.chunks().stream().mapToLong(SrvCopyChunk::length).sum();
      ScriptedControls.copied(request, copy.chunks().size(), bytes).send();
      return true;
    });

    flow.assertCopyFails(Reason.NOT_EQUAL, defaults);
    assertThat(files.get("b")).isEqualTo(OLD);
  }

  @Test
  void attack66_aCopyOfAnotherContent() {
    flow.source(3 * MIB);
    files.put("b", OLD);
    files.put("other", new byte[3 * MIB]);
    files.hook(request -> {
      boolean renames = request.body() instanceof SetInfoRequest set && set.fileInfoClass() == 10;
      assertThat(renames).isFalse(); // it never gets its name
      return false;
    });
    files.hook(SrvCopyChunkCopy.class, (request, copy) -> {
      files.names().stream()
          .filter(name -> name.startsWith("copychunk-"))
          .forEach(name -> files.overwrite(name, new byte[3 * MIB]));
      ScriptedControls.copied(request, copy.chunks().size(), 3L * MIB).send();
      return true;
    });

    flow.assertCopyFails(
        Reason.NOT_EQUAL, CopyOptions.builder().verify(Verify.FULL).build());
    assertThat(files.get("b")).isEqualTo(OLD);
  }

  @Test
  void cancelsWhatIsPendingAndRemovesWhatWasMade() {
    flow.source(40 * MIB);
    files.put("b", OLD);
    AtomicInteger pending = new AtomicInteger();
    files.hook(SrvCopyChunkCopy.class, (request, copy) -> {
      request.interim().send();
      pending.incrementAndGet();
      return true;
    });
    files.hook(request -> request.body() instanceof CancelRequest);

    CopyTask task = flow.start("a", "b", defaults);
    await().until(() -> pending.get() == 3);
    task.cancel();

    assertThat(Awaited.failure(task.result())).isInstanceOf(CancellationException.class);
    assertThat(files.requests().stream().filter(CancelRequest.class::isInstance))
        .hasSize(3);
    assertThat(files.get("b")).isEqualTo(OLD);
    assertThat(files.names()).containsExactly("a", "b");
  }

  @Test
  void namesWhatItCouldNotRemove() {
    flow.source(MIB);
    files.hook(SrvCopyChunkCopy.class, (request, copy) -> {
      request.refusal(NtStatus.ACCESS_DENIED).send();
      return true;
    });
    files.hook(request -> {
      boolean deletes = request.body() instanceof SetInfoRequest set && set.fileInfoClass() == 13;
      if (deletes) {
        request.refusal(NtStatus.ACCESS_DENIED).send();
      }
      return deletes;
    });

    Throwable failure = flow.failure("a", "b", defaults);

    assertThat(failure).isInstanceOfSatisfying(SmbCopyException.class, copy -> {
      assertThat(copy.reason()).isEqualTo(Reason.LEFTOVER);
      assertThat(copy.getCause()).isInstanceOf(SmbStatusException.class);
      String left =
          files.names().stream().filter(name -> !name.equals("a")).findFirst().get();
      assertThat(copy.leftover()).endsWith(left);
      assertThat(copy).hasMessageContaining(left);
    });
  }

  @Test
  void aTargetThatCanNotBeReplacedStaysAndNothingIsLeft() {
    flow.source(MIB);
    files.put("b", OLD);
    files.hook(request -> {
      boolean renames = request.body() instanceof SetInfoRequest set && set.fileInfoClass() == 10;
      if (renames) {
        request.refusal(NtStatus.SHARING_VIOLATION).send();
      }
      return renames;
    });

    flow.assertStatus(NtStatus.SHARING_VIOLATION, defaults);

    assertThat(files.get("b")).isEqualTo(OLD);
    assertThat(files.names()).containsExactly("a", "b");
  }

  /** Ten thousand answers to what one request asks for: the stack must not grow with them. */
  @Test
  void aServerMayReadByteByByte() {
    byte[] content = flow.source(10_000);
    files.hook(request -> {
      if (request.body() instanceof ReadRequest read) {
        request
            .answer(new ReadResponse(
                ByteBuffer.wrap(content, (int) read.offset(), 1).slice(), 0))
            .send();
        return true;
      }
      return false;
    });

    CopyResult result =
        flow.copy("a", "b", CopyOptions.builder().verify(Verify.FULL).build());

    assertThat(result.sha256()).isNotNull();
    assertThat(files.get("b")).isEqualTo(content);
  }

  /** What is opened for its attributes alone must not break anybody's oplock, nor hold one. */
  @Test
  void theSourceAloneIsOpenedWithAnOplockThatNeedsNoAnswerWhenItIsBroken() {
    flow.source(10);

    flow.copy("a", "b", defaults);

    Map<String, OplockLevel> asked = files.requests().stream()
        .filter(CreateRequest.class::isInstance)
        .map(CreateRequest.class::cast)
        .collect(Collectors.toMap(
            create -> create.name().startsWith("copychunk-") ? "temporary" : create.name(),
            CreateRequest::oplockLevel));
    assertThat(asked)
        .isEqualTo(
            Map.of("a", OplockLevel.II, "b", OplockLevel.NONE, "temporary", OplockLevel.NONE));
  }

  @Test
  void createsNothingBeforeTheSourceIsOpenAndHasItsKey() {
    flow.source(MIB);

    flow.copy("a", "b", defaults);

    List<String> created = files.requests().stream()
        .filter(CreateRequest.class::isInstance)
        .map(request -> ((CreateRequest) request).name())
        .toList();
    int key = -1;
    int temporary = -1;
    for (int i = 0; i < files.requests().size(); i++) {
      if (files.requests().get(i) instanceof IoctlRequest && key < 0) {
        key = i;
      }
      if (files.requests().get(i) instanceof CreateRequest create
          && create.name().startsWith("copychunk-")) {
        temporary = i;
      }
    }
    assertThat(created).hasSize(3).contains("a", "b");
    assertThat(key).isPositive().isLessThan(temporary);
  }
}
