package io.copychunk.client.copy;

import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.client.error.SmbCopyException.Reason;
import io.copychunk.client.error.SmbProtocolException;
import io.copychunk.message.fsctl.SrvCopyChunk;
import io.copychunk.message.fsctl.SrvCopyChunkCopy;
import io.copychunk.message.fsctl.SrvRequestResumeKey;
import io.copychunk.testing.ScriptedControls;
import io.copychunk.testing.ScriptedFiles;
import io.copychunk.wire.NtStatus;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a server may answer to COPYCHUNK; each known defect of other clients is a test. */
@Timeout(60)
class CopyChunkMoverTest {
  private static final int MIB = 1 << 20;

  private final CopyFlow flow = new CopyFlow();
  private final ScriptedFiles files = flow.files;
  private final CopyOptions defaults = CopyOptions.defaults();
  private final CopyOptions copyChunkOnly =
      CopyOptions.builder().methods(CopyMethod.COPYCHUNK).build();

  @AfterEach
  void close() {
    flow.close();
  }

  @Test
  void copiesByManyRequestsWhoseOffsetsAdvance() {
    byte[] content = flow.source(40 * MIB + 5);

    CopyResult result = flow.copy("a", "b", defaults);

    assertThat(files.get("b")).isEqualTo(content);
    assertThat(result.bytes()).isEqualTo(Map.of(CopyMethod.COPYCHUNK, 40L * MIB + 5));
    List<SrvCopyChunkCopy> copies = files.controls(SrvCopyChunkCopy.class);
    assertThat(copies).hasSize(3);
    assertThat(copies).allMatch(copy -> copy.write() && copy.chunks().size() <= 16);
    List<SrvCopyChunk> chunks =
        copies.stream().flatMap(copy -> copy.chunks().stream()).toList();
    assertThat(chunks).allMatch(chunk -> chunk.length() <= MIB);
    assertThat(chunks).extracting(SrvCopyChunk::sourceOffset).doesNotHaveDuplicates();
    assertThat(chunks).allMatch(chunk -> chunk.sourceOffset() == chunk.targetOffset());
    assertThat(files.names()).containsExactly("a", "b");
  }

  @Test
  void asksNoServerToCopyNothing() {
    flow.source(0);

    CopyResult result = flow.copy("a", "b", defaults);

    assertThat(result.bytes()).isEmpty();
    assertThat(files.get("b")).isEmpty();
    assertThat(files.controls(SrvCopyChunkCopy.class)).isEmpty();
  }

  @Test
  void learnsTheServersLimitsOnceForTheConnection() {
    byte[] content = flow.source(5 * MIB + 1);
    AtomicInteger refusals = limits(4, 65_536, 200_000);

    assertThat(flow.copy("a", "b", copyChunkOnly).bytes()).containsOnlyKeys(CopyMethod.COPYCHUNK);
    int learnt = refusals.get();
    flow.copy("a", "c", copyChunkOnly);

    assertThat(files.get("b")).isEqualTo(content);
    assertThat(files.get("c")).isEqualTo(content);
    assertThat(learnt).isBetween(1, 8);
    assertThat(refusals.get()).isEqualTo(learnt);
  }

  @Test
  void limitsThatAreRaisedAreNotTakenUp() {
    flow.source(3 * MIB);
    AtomicInteger asked = new AtomicInteger();
    files.hook(SrvCopyChunkCopy.class, (request, copy) -> {
      boolean first = asked.getAndIncrement() == 0;
      if (first) {
        ScriptedControls.counters(request, 1, 0x7FFF_FFFFL, 0x7FFF_FFFFL)
            .status(NtStatus.INVALID_PARAMETER)
            .send();
      }
      return first;
    });

    flow.copy("a", "b", copyChunkOnly);

    assertThat(files.controls(SrvCopyChunkCopy.class).stream().skip(1))
        .allMatch(copy -> copy.chunks().size() == 1 && copy.chunks().get(0).length() <= MIB);
  }

  @Test
  void limitsThatAlternateAreAnError() {
    flow.source(20 * MIB);
    AtomicInteger asked = new AtomicInteger();
    files.hook(SrvCopyChunkCopy.class, (request, copy) -> {
      long most = 8 * MIB >> Math.min(10, asked.getAndIncrement());
      ScriptedControls.counters(request, 256, MIB, most)
          .status(NtStatus.INVALID_PARAMETER)
          .send();
      return true;
    });

    flow.assertCopyFails(Reason.LIMITS, copyChunkOnly.toBuilder().maxWindow(1).build());
    assertThat(asked.get()).isEqualTo(2);
  }

  @Test
  void limitsOfZeroAreNoLimits() {
    flow.source(20 * MIB);
    AtomicInteger asked = new AtomicInteger();
    files.hook(SrvCopyChunkCopy.class, (request, copy) -> {
      asked.incrementAndGet();
      ScriptedControls.counters(request, 0, 0, 0)
          .status(NtStatus.INVALID_PARAMETER)
          .send();
      return true;
    });

    flow.assertStatus(NtStatus.INVALID_PARAMETER, defaults);
    assertThat(asked.get()).isLessThan(3);
  }

  @Test
  void limitsOfOneByteAreRefused() {
    flow.source(20 * MIB);
    limits(1, 1, 1);

    flow.assertCopyFails(Reason.LIMITS, copyChunkOnly);
  }

  @Test
  void successWithoutProgressIsAnError() {
    flow.source(20 * MIB);
    AtomicInteger asked = new AtomicInteger();
    files.hook(SrvCopyChunkCopy.class, (request, copy) -> {
      asked.incrementAndGet();
      ScriptedControls.copied(request, 0, 0).send();
      return true;
    });

    flow.assertCopyFails(Reason.NO_PROGRESS, defaults);
    assertThat(asked.get()).isLessThan(3);
  }

  @Test
  void successForMoreThanWasAskedForBreaksTheProtocol() {
    flow.source(MIB);
    files.hook(SrvCopyChunkCopy.class, (request, copy) -> {
      ScriptedControls.copied(request, 1, 2L * MIB).send();
      return true;
    });

    assertThat(flow.failure("a", "b", defaults)).isInstanceOf(SmbProtocolException.class);
  }

  @Test
  void whatASuccessHasNotCountedGoesThroughTheClient() {
    byte[] content = flow.source(3 * MIB);
    files.hook(SrvCopyChunkCopy.class, (request, copy) -> {
      files.names().stream()
          .filter(name -> name.startsWith("copychunk-"))
          .forEach(name -> files.overwrite(name, Arrays.copyOf(content, MIB)));
      ScriptedControls.copied(request, 1, MIB).send();
      return true;
    });

    flow.assertCopyFails(Reason.NO_METHOD, copyChunkOnly);
    CopyResult result = flow.copy("a", "b", defaults);

    assertThat(result.bytes())
        .isEqualTo(Map.of(CopyMethod.COPYCHUNK, (long) MIB, CopyMethod.STREAM, 2L * MIB));
    assertThat(files.get("b")).isEqualTo(content);
  }

  @Test
  void renewsAKeyThatTheServerHasForgottenOnce() {
    byte[] content = flow.source(40 * MIB);
    AtomicInteger forgotten = new AtomicInteger();
    files.hook(SrvCopyChunkCopy.class, (request, copy) -> {
      boolean once = forgotten.getAndIncrement() == 0;
      if (once) {
        ScriptedControls.copied(request, 0, 0)
            .status(NtStatus.OBJECT_NAME_NOT_FOUND)
            .send();
      }
      return once;
    });

    flow.copy("a", "b", defaults);

    assertThat(files.get("b")).isEqualTo(content);
    assertThat(files.controls(SrvRequestResumeKey.class)).hasSize(2);
  }

  @Test
  void doesNotRenewAKeyForEver() {
    flow.source(40 * MIB);
    files.hook(SrvCopyChunkCopy.class, (request, copy) -> {
      ScriptedControls.copied(request, 0, 0)
          .status(NtStatus.OBJECT_NAME_NOT_FOUND)
          .send();
      return true;
    });

    flow.assertCopyFails(Reason.STALE_KEY, defaults);
    assertThat(files.controls(SrvRequestResumeKey.class)).hasSize(2);
  }

  @Test
  void triesAgainWhenTheServerIsShortOfResources() {
    byte[] content = flow.source(20 * MIB);
    AtomicInteger short3 = new AtomicInteger();
    files.hook(SrvCopyChunkCopy.class, (request, copy) -> {
      boolean isShort = short3.getAndIncrement() < 3;
      if (isShort) {
        request.refusal(NtStatus.INSUFFICIENT_RESOURCES).send();
      }
      return isShort;
    });

    flow.copy("a", "b", copyChunkOnly);

    assertThat(files.get("b")).isEqualTo(content);
  }

  @Test
  void aServerThatStaysShortOfResourcesFailsTheCopy() {
    flow.source(MIB);
    AtomicInteger asked = new AtomicInteger();
    files.hook(SrvCopyChunkCopy.class, (request, copy) -> {
      asked.incrementAndGet();
      request.refusal(NtStatus.INSUFFICIENT_RESOURCES).send();
      return true;
    });

    flow.assertStatus(NtStatus.INSUFFICIENT_RESOURCES, copyChunkOnly);
    assertThat(asked.get()).isLessThan(20);
  }

  /** A server with these limits. */
  private AtomicInteger limits(int chunks, int chunkSize, int totalSize) {
    AtomicInteger refusals = new AtomicInteger();
    files.hook(SrvCopyChunkCopy.class, (request, copy) -> {
      long total = copy.chunks().stream().mapToLong(SrvCopyChunk::length).sum();
      boolean tooMuch = copy.chunks().size() > chunks
          || total > totalSize
          || copy.chunks().stream().anyMatch(chunk -> chunk.length() > chunkSize);
      if (tooMuch) {
        refusals.incrementAndGet();
        ScriptedControls.counters(request, chunks, chunkSize, totalSize)
            .status(NtStatus.INVALID_PARAMETER)
            .send();
      }
      return tooMuch;
    });
    return refusals;
  }
}
