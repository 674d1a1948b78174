package io.copychunk.client.copy;

import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.message.WriteRequest;
import io.copychunk.message.fsctl.DuplicateExtentsToFile;
import io.copychunk.message.fsctl.OffloadRead;
import io.copychunk.message.fsctl.SrvCopyChunkCopy;
import io.copychunk.message.fsctl.SrvRequestResumeKey;
import io.copychunk.testing.ScriptedControls;
import io.copychunk.testing.ScriptedFiles;
import io.copychunk.testing.Trait;
import io.copychunk.wire.NtStatus;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which method copies, and what follows when one can not. */
@Timeout(60)
class LadderTest {
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
  void goesOnByAnotherMethodFromWhereOneHasStopped() {
    byte[] content = flow.source(40 * MIB);
    AtomicInteger asked = new AtomicInteger();
    files.hook(SrvCopyChunkCopy.class, (request, copy) -> {
      if (asked.getAndIncrement() == 0) {
        return false;
      }
      request.refusal(NtStatus.NOT_SUPPORTED).send();
      return true;
    });
    CopyOptions one = CopyOptions.builder().maxWindow(1).build();

    CopyResult result = flow.copy("a", "b", one);

    assertThat(files.get("b")).isEqualTo(content);
    assertThat(result.bytes())
        .isEqualTo(Map.of(CopyMethod.COPYCHUNK, 16L * MIB, CopyMethod.STREAM, 24L * MIB));
    Fallback last = result.fallbacks().get(result.fallbacks().size() - 1);
    assertThat(last.from()).isEqualTo(CopyMethod.COPYCHUNK);
    assertThat(last.to()).isEqualTo(CopyMethod.STREAM);
    assertThat(last.offset()).isEqualTo(16L * MIB);
    assertThat(last.reason()).contains("NOT_SUPPORTED");
  }

  @ParameterizedTest
  @ValueSource(ints = {0xC0000022, 0xC0000054, 0xC000007F, 0xC0000044, 0xC00000A2, 0xC00000E9})
  void doesNotGetRoundARefusal(int status) {
    flow.source(3 * MIB);
    files.put("b", OLD);
    files.hook(SrvCopyChunkCopy.class, (request, copy) -> {
      ScriptedControls.copied(request, 1, MIB).status(new NtStatus(status)).send();
      return true;
    });

    flow.assertStatus(new NtStatus(status), defaults);

    assertThat(files.requests()).noneMatch(WriteRequest.class::isInstance);
    assertThat(files.get("b")).isEqualTo(OLD);
    assertThat(files.names()).containsExactly("a", "b");
  }

  @Test
  void streamsWhereTheServerGivesNoKeysAndDoesNotAskAgain() {
    byte[] content = flow.source(3 * MIB);
    files.hook(SrvRequestResumeKey.class, (request, asked) -> {
      request.refusal(NtStatus.NOT_SUPPORTED).send();
      return true;
    });

    CopyResult first = flow.copy("a", "b", defaults);
    flow.copy("a", "c", defaults);

    assertThat(first.bytes()).isEqualTo(Map.of(CopyMethod.STREAM, 3L * MIB));
    assertThat(first.fallbacks()).anyMatch(fallback -> fallback.reason().contains("resume keys"));
    assertThat(files.get("b")).isEqualTo(content);
    assertThat(files.controls(SrvRequestResumeKey.class)).hasSize(1);
  }

  @Test
  void clonesWhereTheFileSystemOffersIt() {
    byte[] content = flow.source(3 * MIB + 1);
    files.with(Trait.CLONES);

    CopyResult result = flow.copy("a", "b", defaults);

    assertThat(result.bytes()).isEqualTo(Map.of(CopyMethod.CLONE, 3L * MIB + 1));
    assertThat(result.fallbacks()).isEmpty();
    assertThat(files.get("b")).isEqualTo(content);
    assertThat(files.controls(DuplicateExtentsToFile.class)).hasSize(1);
  }

  @Test
  void offloadsWholeSectorsAndCopiesTheRest() {
    byte[] content = flow.source(3 * MIB + 5);
    files.with(Trait.OFFLOADS);

    CopyResult result = flow.copy("a", "b", defaults);

    assertThat(result.bytes())
        .isEqualTo(Map.of(CopyMethod.OFFLOAD, 3L * MIB, CopyMethod.COPYCHUNK, 5L));
    assertThat(files.get("b")).isEqualTo(content);
  }

  @Test
  void anOffloadThatIsNotSupportedIsTriedOnce() {
    flow.source(MIB);

    flow.copy("a", "b", defaults);
    flow.copy("a", "c", defaults);

    assertThat(files.controls(OffloadRead.class)).hasSize(1);
  }
}
