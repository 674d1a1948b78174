package io.copychunk.client.copy;

import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.client.error.SmbCopyException;
import io.copychunk.client.error.SmbCopyException.Reason;
import io.copychunk.message.IoctlRequest;
import io.copychunk.message.SetInfoRequest;
import io.copychunk.message.fsctl.QueryAllocatedRanges;
import io.copychunk.message.fsctl.SrvCopyChunkCopy;
import io.copychunk.testing.Responses;
import io.copychunk.testing.ScriptedFiles;
import io.copychunk.testing.Trait;
import io.copychunk.wire.NtStatus;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is carried over besides the data, on a scripted server. */
@Timeout(60)
class ExtrasTest {
  private static final int MIB = 1 << 20;

  private final CopyFlow flow = new CopyFlow();
  private final ScriptedFiles files = flow.files;
  private final CopyOptions defaults = CopyOptions.defaults();

  @AfterEach
  void close() {
    flow.close();
  }

  @Test
  void carriesOverStreams() {
    flow.source(10);
    files.put("a:one:$DATA", new byte[] {1, 2, 3});

    CopyResult result = flow.copy("a", "b", defaults);

    assertThat(files.get("b:one:$DATA")).containsExactly(1, 2, 3);
    assertThat(result.losses()).isEmpty();
  }

  @Test
  void aStreamThatDoesNotFitIsToldAsLostAndIsNotThereByHalf() {
    byte[] content = flow.source(10);
    files.put("a:one:$DATA", new byte[] {1, 2, 3});
    files.hook(SrvCopyChunkCopy.class, (request, copy) -> {
      boolean ofStream = copy.chunks().get(0).length() == 3;
      if (ofStream) {
        request.refusal(NtStatus.DISK_FULL).send();
      }
      return ofStream;
    });

    CopyResult result = flow.copy("a", "b", defaults);

    assertThat(files.get("b")).isEqualTo(content);
    assertThat(files.names()).containsExactly("a", "a:one:$DATA", "b");
    assertThat(result.losses()).extracting(Loss::what).containsExactly(Preserve.STREAMS);
  }

  @Test
  void streamsAreToldAsLostWhereNoMethodForThemIsAllowed() {
    byte[] content = flow.source(10);
    files.put("a:one:$DATA", new byte[] {1, 2, 3});
    files.with(Trait.CLONES);

    CopyResult result =
        flow.copy("a", "b", CopyOptions.builder().methods(CopyMethod.CLONE).build());

    assertThat(files.get("b")).isEqualTo(content);
    assertThat(files.names()).containsExactly("a", "a:one:$DATA", "b");
    assertThat(result.losses()).extracting(Loss::what).containsExactly(Preserve.STREAMS);
  }

  @Test
  void aHalfStreamThatCanNotBeRemovedFailsTheCopy() {
    flow.source(10);
    files.put("a:one:$DATA", new byte[] {1, 2, 3});
    AtomicInteger full = new AtomicInteger();
    files.hook(SrvCopyChunkCopy.class, (request, copy) -> {
      boolean ofStream = copy.chunks().get(0).length() == 3;
      if (ofStream) {
        full.incrementAndGet();
        request.refusal(NtStatus.DISK_FULL).send();
      }
      return ofStream;
    });
    files.hook(request -> {
      boolean deletesStream = request.body() instanceof SetInfoRequest set
          && set.fileInfoClass() == 13
          && full.compareAndSet(1, 2);
      if (deletesStream) {
        request.refusal(NtStatus.CANNOT_DELETE).send();
      }
      return deletesStream;
    });

    assertThat(flow.failure("a", "b", defaults))
        .isInstanceOfSatisfying(SmbCopyException.class, failure -> {
          assertThat(failure.reason()).isEqualTo(Reason.LEFTOVER);
          assertThat(failure.leftover()).contains(":one:$DATA");
        });
    assertThat(files.get("b")).isNull();
  }

  /** One byte an answer, for a file of which it would tell for ever. */
  @Test
  void doesNotAskForeverWhereTheHolesAre() {
    byte[] content = flow.source(3 * MIB);
    AtomicInteger asked = new AtomicInteger();
    files.hook(QueryAllocatedRanges.class, (request, query) -> {
      asked.incrementAndGet();
      IoctlRequest ioctl = (IoctlRequest) request.body();
      request
          .answer(Responses.output(
              ioctl, ioctl.fileId(), out -> out.bits64(query.fileOffset()).bits64(1)))
          .status(NtStatus.BUFFER_OVERFLOW)
          .send();
      return true;
    });
    files.with(Trait.SPARSE);

    flow.copy("a", "b", defaults);

    assertThat(files.get("b")).isEqualTo(content);
    assertThat(asked.get()).isBetween(1, 1000);
  }
}
