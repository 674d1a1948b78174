package io.copychunk.client.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.copychunk.client.AsyncSmbFile;
import io.copychunk.client.OpenOptions;
import io.copychunk.client.error.SmbCopyException;
import io.copychunk.client.error.SmbCopyException.Reason;
import io.copychunk.message.CreateRequest;
import io.copychunk.message.SetInfoRequest;
import io.copychunk.message.context.AaplServerQueryRequest;
import io.copychunk.message.fsctl.SrvCopyChunkCopy;
import io.copychunk.message.fsctl.SrvRequestResumeKey;
import io.copychunk.testing.Awaited;
import io.copychunk.testing.Received;
import io.copychunk.testing.ScriptedControls;
import io.copychunk.testing.ScriptedFiles;
import io.copychunk.testing.Trait;
import io.copychunk.wire.NtStatus;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A whole file by one request, and what becomes of the copy where a server can not or will not. */
@Timeout(60)
class AppleCopyTest {
  private static final int MIB = 1 << 20;
  private static final byte[] OLD = {1, 2, 3};

  private final CopyFlow flow = new CopyFlow();
  private final ScriptedFiles files = flow.files;
  private final CopyOptions apple = CopyOptions.builder().appleCopyFile(true).build();

  @AfterEach
  void close() {
    flow.close();
  }

  @Test
  void copiesAFileByOneRequestWhereTheServerOffersIt() {
    byte[] content = flow.source(40 * MIB + 5);
    files.with(Trait.COPIES_FOR_APPLE).put("b", OLD); // and all ids are zero

    CopyResult result = flow.copy("a", "b", apple);

    assertThat(files.get("b")).isEqualTo(content);
    assertThat(result.bytes()).isEqualTo(Map.of(CopyMethod.COPYCHUNK, 40L * MIB + 5));
    assertThat(result.fallbacks()).isEmpty();
    assertThat(files.controls(SrvCopyChunkCopy.class))
        .singleElement()
        .matches(copy -> copy.write() && copy.chunks().isEmpty());
    assertThat(files.names()).containsExactly("a", "b");
  }

  @Test
  void asksForNothingButCopyFile() {
    flow.source(MIB);

    flow.copy("a", "b", apple);

    assertThat(queries())
        .isNotEmpty()
        .containsOnly(new AaplServerQueryRequest(
            AaplServerQueryRequest.SERVER_CAPABILITIES,
            AaplServerQueryRequest.SUPPORTS_OSX_COPYFILE));
  }

  @Test
  void isNotAskedForUnlessItIsWanted() {
    flow.source(MIB);
    files.with(Trait.COPIES_FOR_APPLE);

    flow.copy("a", "b", CopyOptions.defaults());
    flow.copy("a", "c", apple.toBuilder().methods(CopyMethod.STREAM).build());

    assertThat(wholeFiles()).isEmpty();
    assertThat(queries()).isEmpty();
  }

  @Test
  void copiesAsUsualWhereTheServerDoesNotOfferIt() {
    byte[] content = flow.source(3 * MIB);

    CopyResult result = flow.copy("a", "b", apple);

    assertThat(files.get("b")).isEqualTo(content);
    assertThat(wholeFiles()).isEmpty();
    assertThat(result.bytes()).isEqualTo(Map.of(CopyMethod.COPYCHUNK, 3L * MIB));
    Fallback first = result.fallbacks().get(0);
    assertThat(first.from()).isEqualTo(CopyMethod.COPYCHUNK);
    assertThat(first.to()).isNotNull();
    assertThat(first.reason()).isEqualTo("the server does not offer AAPL copyfile");
  }

  @ParameterizedTest
  @ValueSource(ints = {0xC00000BB, 0xC0000010, 0xC0000002, 0xC000000D})
  void copiesAsUsualWhereTheServerCanNotAfterAll(int status) {
    byte[] content = flow.source(3 * MIB);
    files.with(Trait.COPIES_FOR_APPLE).hook(SrvCopyChunkCopy.class, wholeFile(request -> {
      ScriptedControls.counters(request, 256, MIB, 16L * MIB)
          .status(new NtStatus(status))
          .send();
      return true;
    }));

    CopyResult result = flow.copy("a", "b", apple);

    assertThat(files.get("b")).isEqualTo(content);
    assertThat(result.bytes()).isEqualTo(Map.of(CopyMethod.COPYCHUNK, 3L * MIB));
    assertThat(result.fallbacks().get(0).reason()).startsWith("AAPL copyfile: ");
    assertThat(wholeFiles()).hasSize(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0xC0000022, 0xC0000054, 0xC000007F, 0xC0000044})
  void doesNotGetRoundARefusal(int status) {
    flow.source(3 * MIB);
    files.with(Trait.COPIES_FOR_APPLE).put("b", OLD);
    files.hook(SrvCopyChunkCopy.class, wholeFile(request -> {
      request.refusal(new NtStatus(status)).send();
      return true;
    }));

    flow.assertStatus(new NtStatus(status), apple);
    assertThat(files.get("b")).isEqualTo(OLD);
    assertThat(files.names()).containsExactly("a", "b");
  }

  @Test
  void aSuccessThatCopiesNothingIsNoCopy() {
    flow.source(3 * MIB);
    files.with(Trait.COPIES_FOR_APPLE).put("b", OLD);
    files.hook(SrvCopyChunkCopy.class, wholeFile(request -> {
      ScriptedControls.copied(request, 0, 0).send();
      return true;
    }));

    flow.assertCopyFails(Reason.NOT_EQUAL, apple);
    assertThat(files.get("b")).isEqualTo(OLD);
    assertThat(files.names()).containsExactly("a", "b");
  }

  @Test
  void renewsAKeyThatTheServerHasForgottenOnce() {
    flow.source(MIB);
    files.with(Trait.COPIES_FOR_APPLE).hook(SrvCopyChunkCopy.class, wholeFile(request -> {
      request.refusal(NtStatus.OBJECT_NAME_NOT_FOUND).send();
      return true;
    }));

    flow.assertCopyFails(Reason.STALE_KEY, apple);
    assertThat(files.controls(SrvRequestResumeKey.class)).hasSize(2);
  }

  @Test
  void theTargetIsToBeKeptBeforeItsStreamsAreMade() {
    flow.source(MIB);
    AtomicInteger kept = new AtomicInteger();
    files.with(Trait.COPIES_FOR_APPLE);
    files.hook(request -> {
      if (request.body() instanceof SetInfoRequest set
          && set.fileInfoClass() == 13
          && set.buffer().reader().u8() == 0) {
        kept.incrementAndGet();
      }
      return false;
    });
    files.hook(SrvCopyChunkCopy.class, wholeFile(request -> {
      assertThat(kept.get()).isOne();
      return false;
    }));

    flow.copy("a", "b", apple);

    assertThat(wholeFiles()).hasSize(1);
  }

  @Test
  void contentThatIsThereIsNotTakenForACopy() {
    byte[] content = flow.source(3 * MIB);
    files.with(Trait.COPIES_FOR_APPLE).put("b", new byte[5 * MIB]);

    CopyResult result = flow.copy("a", "b", apple.toBuilder().inPlace(true).build());

    assertThat(files.get("b")).isEqualTo(content);
    assertThat(wholeFiles()).isEmpty();
    assertThat(result.fallbacks().get(0).reason()).contains("content already");
  }

  @Test
  void noticesAChangeThoughTheServerTellsNoTimesOfOpenFiles() {
    flow.source(3 * MIB);
    files.with(Trait.COPIES_FOR_APPLE);
    CopyOptions touching =
        apple.toBuilder().progress(progress -> files.touch("a")).build();

    assertThat(flow.failure("a", "b", touching))
        .isInstanceOfSatisfying(
            SmbCopyException.class,
            failure -> assertThat(failure.reason()).isEqualTo(Reason.SOURCE_CHANGED));
    assertThat(files.names()).containsExactly("a");
  }

  @Test
  void neverSendsItForAFileThatHasNotAgreed() {
    flow.source(MIB);
    files.put("b", OLD);
    files.with(Trait.COPIES_FOR_APPLE);
    AsyncSmbFile agreed =
        Awaited.result(flow.share().open("a", OpenOptions.read().withAaplQuery()));
    AsyncSmbFile plain = Awaited.result(flow.share().open("b", OpenOptions.write()));
    AsyncSmbFile target =
        Awaited.result(flow.share().open("b", OpenOptions.write().withAaplQuery()));
    var keyOfAgreed = Awaited.result(agreed.requestResumeKey());
    var keyOfPlain = Awaited.result(plain.requestResumeKey());

    assertThat(agreed.supportsAaplCopyFile()).isTrue();
    assertThat(plain.supportsAaplCopyFile()).isFalse();
    assertThatThrownBy(() -> plain.copyFile(keyOfAgreed)).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> target.copyFile(keyOfPlain)).isInstanceOf(IllegalStateException.class);
    assertThat(wholeFiles()).isEmpty();
  }

  private List<AaplServerQueryRequest> queries() {
    return files.requests().stream()
        .filter(CreateRequest.class::isInstance)
        .flatMap(request -> ((CreateRequest) request).contexts().stream())
        .filter(AaplServerQueryRequest.class::isInstance)
        .map(AaplServerQueryRequest.class::cast)
        .toList();
  }

  private List<SrvCopyChunkCopy> wholeFiles() {
    return files.controls(SrvCopyChunkCopy.class).stream()
        .filter(copy -> copy.chunks().isEmpty())
        .toList();
  }

  /** Looks at the copies of whole files alone. */
  private static BiPredicate<Received<?>, SrvCopyChunkCopy> wholeFile(Predicate<Received<?>> hook) {
    return (request, copy) -> copy.chunks().isEmpty() && hook.test(request);
  }
}
