package io.copychunk.client.copy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.copychunk.client.error.SmbCopyException;
import io.copychunk.client.error.SmbCopyException.Reason;
import io.copychunk.client.error.SmbProtocolException;
import io.copychunk.client.error.SmbStatusException;
import io.copychunk.message.CancelRequest;
import io.copychunk.message.CreateRequest;
import io.copychunk.message.IoctlRequest;
import io.copychunk.message.OplockLevel;
import io.copychunk.message.ReadRequest;
import io.copychunk.message.ReadResponse;
import io.copychunk.message.SetInfoRequest;
import io.copychunk.message.WriteRequest;
import io.copychunk.message.fsctl.DuplicateExtentsToFile;
import io.copychunk.message.fsctl.OffloadRead;
import io.copychunk.message.fsctl.QueryAllocatedRanges;
import io.copychunk.message.fsctl.SrvCopyChunk;
import io.copychunk.message.fsctl.SrvCopyChunkCopy;
import io.copychunk.message.fsctl.SrvRequestResumeKey;
import io.copychunk.testing.Awaited;
import io.copychunk.testing.Received;
import io.copychunk.testing.Responses;
import io.copychunk.testing.ScriptedFiles;
import io.copychunk.wire.NtStatus;
import io.copychunk.wire.Octets;
import io.copychunk.wire.WireWriter;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server may do to a copy, and what becomes of it; each known defect of other clients is one. */
@Timeout(60)
class FileCopyTest {
  private static final int MIB = 1 << 20;
  private static final byte[] OLD = {1, 2, 3};

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
    byte[] content = source(40 * MIB + 5);

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
    source(0);

    CopyResult result = flow.copy("a", "b", defaults);

    assertThat(result.bytes()).isEmpty();
    assertThat(files.get("b")).isEmpty();
    assertThat(files.controls(SrvCopyChunkCopy.class)).isEmpty();
  }

  @Test
  void learnsTheServersLimitsOnceForTheConnection() {
    byte[] content = source(5 * MIB + 1);
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
    source(3 * MIB);
    AtomicInteger asked = new AtomicInteger();
    files.hook(copyChunk((request, copy) -> {
      boolean first = asked.getAndIncrement() == 0;
      if (first) {
        ScriptedFiles.counters(request, 1, 0x7FFF_FFFFL, 0x7FFF_FFFFL)
            .status(NtStatus.INVALID_PARAMETER)
            .send();
      }
      return first;
    }));

    flow.copy("a", "b", copyChunkOnly);

    assertThat(files.controls(SrvCopyChunkCopy.class).stream().skip(1))
        .allMatch(copy -> copy.chunks().size() == 1 && copy.chunks().get(0).length() <= MIB);
  }

  @Test
  void limitsThatAlternateAreAnError() {
    source(20 * MIB);
    AtomicInteger asked = new AtomicInteger();
    files.hook(copyChunk((request, copy) -> {
      long most = 8 * MIB >> Math.min(10, asked.getAndIncrement());
      ScriptedFiles.counters(request, 256, MIB, most)
          .status(NtStatus.INVALID_PARAMETER)
          .send();
      return true;
    }));

    assertCopyFails(Reason.LIMITS, copyChunkOnly.toBuilder().maxWindow(1).build());
    assertThat(asked.get()).isEqualTo(2);
  }

  @Test
  void limitsOfZeroAreNoLimits() {
    source(20 * MIB);
    AtomicInteger asked = new AtomicInteger();
    files.hook(copyChunk((request, copy) -> {
      asked.incrementAndGet();
      ScriptedFiles.counters(request, 0, 0, 0)
          .status(NtStatus.INVALID_PARAMETER)
          .send();
      return true;
    }));

    assertStatus(NtStatus.INVALID_PARAMETER, defaults);
    assertThat(asked.get()).isLessThan(3);
  }

  @Test
  void limitsOfOneByteAreRefused() {
    source(20 * MIB);
    limits(1, 1, 1);

    assertCopyFails(Reason.LIMITS, copyChunkOnly);
  }

  @Test
  void successWithoutProgressIsAnError() {
    source(20 * MIB);
    AtomicInteger asked = new AtomicInteger();
    files.hook(copyChunk((request, copy) -> {
      asked.incrementAndGet();
      ScriptedFiles.copied(request, 0, 0).send();
      return true;
    }));

    assertCopyFails(Reason.NO_PROGRESS, defaults);
    assertThat(asked.get()).isLessThan(3);
  }

  @Test
  void successForMoreThanWasAskedForBreaksTheProtocol() {
    source(MIB);
    files.hook(copyChunk((request, copy) -> {
      ScriptedFiles.copied(request, 1, 2L * MIB).send();
      return true;
    }));

    assertThat(flow.failure("a", "b", defaults)).isInstanceOf(SmbProtocolException.class);
  }

  @Test
  void whatASuccessHasNotCountedGoesThroughTheClient() {
    byte[] content = source(3 * MIB);
    files.hook(copyChunk((request, copy) -> {
      ScriptedFiles.copied(request, 1, MIB).send(); // and it has not even copied that
      return true;
    }));

    assertThat(flow.failure("a", "b", copyChunkOnly))
        .isInstanceOfSatisfying(
            SmbCopyException.class,
            failure -> assertThat(failure.reason()).isEqualTo(Reason.NO_METHOD));
    files.hook(copyChunk((request, copy) -> {
      SrvCopyChunkCopy first =
          new SrvCopyChunkCopy(copy.sourceKey(), copy.chunks().subList(0, 1), true);
      assertThat(first.chunks()).hasSize(1);
      return false;
    }));

    CopyResult result = flow.copy("a", "c", defaults);

    assertThat(result.bytes())
        .isEqualTo(Map.of(CopyMethod.COPYCHUNK, (long) MIB, CopyMethod.STREAM, 2L * MIB));
    assertThat(files.get("c")).hasSize(content.length);
  }

  @Test
  void goesOnByAnotherMethodFromWhereOneHasStopped() {
    byte[] content = source(40 * MIB);
    AtomicInteger asked = new AtomicInteger();
    files.hook(copyChunk((request, copy) -> {
      if (asked.getAndIncrement() == 0) {
        return false;
      }
      request.refusal(NtStatus.NOT_SUPPORTED).send();
      return true;
    }));
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
    source(3 * MIB);
    files.put("b", OLD);
    files.hook(copyChunk((request, copy) -> {
      ScriptedFiles.copied(request, 1, MIB).status(new NtStatus(status)).send();
      return true;
    }));

    assertStatus(new NtStatus(status), defaults);

    assertThat(files.requests()).noneMatch(WriteRequest.class::isInstance);
    assertThat(files.get("b")).isEqualTo(OLD);
    assertThat(files.names()).containsExactly("a", "b");
  }

  @Test
  void streamsWhereTheServerGivesNoKeysAndDoesNotAskAgain() {
    byte[] content = source(3 * MIB);
    files.hook(request -> {
      boolean asked = request.body() instanceof IoctlRequest ioctl
          && ScriptedFiles.control(ioctl) instanceof SrvRequestResumeKey;
      if (asked) {
        request.refusal(NtStatus.NOT_SUPPORTED).send();
      }
      return asked;
    });

    CopyResult first = flow.copy("a", "b", defaults);
    flow.copy("a", "c", defaults);

    assertThat(first.bytes()).isEqualTo(Map.of(CopyMethod.STREAM, 3L * MIB));
    assertThat(first.fallbacks()).anyMatch(fallback -> fallback.reason().contains("resume keys"));
    assertThat(files.get("b")).isEqualTo(content);
    assertThat(files.controls(SrvRequestResumeKey.class)).hasSize(1);
  }

  @Test
  void truncatesNoTargetBeforeItIsKnownThatItCanBeCopied() {
    source(3 * MIB);
    files.put("b", OLD);
    files.hook(copyChunk((request, copy) -> {
      request.refusal(NtStatus.NOT_SUPPORTED).send();
      return true;
    }));
    CopyOptions inPlace = CopyOptions.builder().serverSideOnly().inPlace(true).build();

    assertCopyFails(Reason.NO_METHOD, inPlace);

    assertThat(files.get("b")).isEqualTo(OLD);
  }

  @Test
  void cutsNoTargetThatWasToBeClonedIntoAndCouldNot() {
    source(1000);
    byte[] longer = new byte[5000];
    files.put("b", longer);
    files.cloning();
    files.hook(request -> {
      boolean clones = request.body() instanceof IoctlRequest ioctl
          && ScriptedFiles.control(ioctl) instanceof DuplicateExtentsToFile;
      if (clones) {
        request.refusal(NtStatus.NOT_SUPPORTED).send();
      }
      return clones;
    });

    assertCopyFails(
        Reason.NO_METHOD,
        CopyOptions.builder().methods(CopyMethod.CLONE).inPlace(true).build());
    assertThat(files.get("b")).isEqualTo(longer);

    CopyResult result = flow.copy("a", "b", CopyOptions.builder().inPlace(true).build());
    assertThat(result.bytes()).containsOnlyKeys(CopyMethod.COPYCHUNK);
    assertThat(files.get("b")).hasSize(1000);
  }

  @Test
  void renewsAKeyThatTheServerHasForgottenOnce() {
    byte[] content = source(40 * MIB);
    AtomicInteger forgotten = new AtomicInteger();
    files.hook(copyChunk((request, copy) -> {
      boolean once = forgotten.getAndIncrement() == 0;
      if (once) {
        ScriptedFiles.copied(request, 0, 0)
            .status(NtStatus.OBJECT_NAME_NOT_FOUND)
            .send();
      }
      return once;
    }));

    flow.copy("a", "b", defaults);

    assertThat(files.get("b")).isEqualTo(content);
    assertThat(files.controls(SrvRequestResumeKey.class)).hasSize(2);
  }

  @Test
  void doesNotRenewAKeyForEver() {
    source(40 * MIB);
    files.hook(copyChunk((request, copy) -> {
      ScriptedFiles.copied(request, 0, 0).status(NtStatus.OBJECT_NAME_NOT_FOUND).send();
      return true;
    }));

    assertCopyFails(Reason.STALE_KEY, defaults);
    assertThat(files.controls(SrvRequestResumeKey.class)).hasSize(2);
  }

  @Test
  void clonesWhereTheFileSystemOffersIt() {
    byte[] content = source(3 * MIB + 1);
    files.cloning();

    CopyResult result = flow.copy("a", "b", defaults);

    assertThat(result.bytes()).isEqualTo(Map.of(CopyMethod.CLONE, 3L * MIB + 1));
    assertThat(result.fallbacks()).isEmpty();
    assertThat(files.get("b")).isEqualTo(content);
    assertThat(files.controls(DuplicateExtentsToFile.class)).hasSize(1);
  }

  @Test
  void offloadsWholeSectorsAndCopiesTheRest() {
    byte[] content = source(3 * MIB + 5);
    files.offloading();

    CopyResult result = flow.copy("a", "b", defaults);

    assertThat(result.bytes())
        .isEqualTo(Map.of(CopyMethod.OFFLOAD, 3L * MIB, CopyMethod.COPYCHUNK, 5L));
    assertThat(files.get("b")).isEqualTo(content);
  }

  @Test
  void anOffloadThatIsNotSupportedIsTriedOnce() {
    source(MIB);

    flow.copy("a", "b", defaults);
    flow.copy("a", "c", defaults);

    assertThat(files.controls(OffloadRead.class)).hasSize(1);
  }

  @Test
  void triesAgainWhenTheServerIsShortOfResources() {
    byte[] content = source(20 * MIB);
    AtomicInteger short3 = new AtomicInteger();
    files.hook(copyChunk((request, copy) -> {
      boolean isShort = short3.getAndIncrement() < 3;
      if (isShort) {
        request.refusal(NtStatus.INSUFFICIENT_RESOURCES).send();
      }
      return isShort;
    }));

    flow.copy("a", "b", copyChunkOnly);

    assertThat(files.get("b")).isEqualTo(content);
  }

  @Test
  void aServerThatStaysShortOfResourcesFailsTheCopy() {
    source(MIB);
    AtomicInteger asked = new AtomicInteger();
    files.hook(copyChunk((request, copy) -> {
      asked.incrementAndGet();
      request.refusal(NtStatus.INSUFFICIENT_RESOURCES).send();
      return true;
    }));

    assertStatus(NtStatus.INSUFFICIENT_RESOURCES, copyChunkOnly);
    assertThat(asked.get()).isLessThan(20);
  }

  @Test
  void noticesThatTheSourceWasWrittenTo() {
    source(3 * MIB);
    files.put("b", OLD);
    CopyOptions.Builder touching = CopyOptions.builder().progress(progress -> files.touch("a"));

    assertCopyFails(Reason.SOURCE_CHANGED, touching.build());
    assertThat(files.get("b")).isEqualTo(OLD);

    assertThat(flow.copy("a", "b", touching.sourceMayChange(true).build()).sourceChanged())
        .isTrue();
  }

  @Test
  void attack66_aCopyThatIsClaimedAndNotMade() {
    source(3 * MIB);
    files.put("b", OLD);
    files.hook(copyChunk((request, copy) -> {
      long bytes = copy.chunks().stream().mapToLong(SrvCopyChunk::length).sum();
      ScriptedFiles.copied(request, copy.chunks().size(), bytes).send();
      return true;
    }));

    assertCopyFails(Reason.NOT_EQUAL, defaults);
    assertThat(files.get("b")).isEqualTo(OLD);
  }

  @Test
  void attack66_aCopyOfAnotherContent() {
    source(3 * MIB);
    files.put("b", OLD);
    files.put("other", new byte[3 * MIB]);
    files.hook(request -> {
      boolean renames = request.body() instanceof SetInfoRequest set && set.fileInfoClass() == 10;
      assertThat(renames).isFalse(); // it never gets its name
      return false;
    });
    files.hook(copyChunk((request, copy) -> {
      files.names().stream()
          .filter(name -> name.startsWith("copychunk-"))
          .forEach(name -> files.overwrite(name, new byte[3 * MIB]));
      ScriptedFiles.copied(request, copy.chunks().size(), 3L * MIB).send();
      return true;
    }));

    assertCopyFails(Reason.NOT_EQUAL, CopyOptions.builder().verify(Verify.FULL).build());
    assertThat(files.get("b")).isEqualTo(OLD);
  }

  @Test
  void cancelsWhatIsPendingAndRemovesWhatWasMade() {
    source(40 * MIB);
    files.put("b", OLD);
    AtomicInteger pending = new AtomicInteger();
    files.hook(copyChunk((request, copy) -> {
      request.interim().send();
      pending.incrementAndGet();
      return true;
    }));
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
    source(MIB);
    files.hook(copyChunk((request, copy) -> {
      request.refusal(NtStatus.ACCESS_DENIED).send();
      return true;
    }));
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
    source(MIB);
    files.put("b", OLD);
    files.hook(request -> {
      boolean renames = request.body() instanceof SetInfoRequest set && set.fileInfoClass() == 10;
      if (renames) {
        request.refusal(NtStatus.SHARING_VIOLATION).send();
      }
      return renames;
    });

    assertStatus(NtStatus.SHARING_VIOLATION, defaults);

    assertThat(files.get("b")).isEqualTo(OLD);
    assertThat(files.names()).containsExactly("a", "b");
  }

  @Test
  void carriesOverStreams() {
    source(10);
    files.put("a:one:$DATA", new byte[] {1, 2, 3});

    CopyResult result = flow.copy("a", "b", defaults);

    assertThat(files.get("b:one:$DATA")).containsExactly(1, 2, 3);
    assertThat(result.losses()).isEmpty();
  }

  @Test
  void aStreamThatDoesNotFitIsToldAsLostAndIsNotThereByHalf() {
    byte[] content = source(10);
    files.put("a:one:$DATA", new byte[] {1, 2, 3});
    files.hook(copyChunk((request, copy) -> {
      boolean ofStream = copy.chunks().get(0).length() == 3;
      if (ofStream) {
        request.refusal(NtStatus.DISK_FULL).send();
      }
      return ofStream;
    }));

    CopyResult result = flow.copy("a", "b", defaults);

    assertThat(files.get("b")).isEqualTo(content);
    assertThat(files.names()).containsExactly("a", "a:one:$DATA", "b");
    assertThat(result.losses()).extracting(Loss::what).containsExactly(Preserve.STREAMS);
  }

  @Test
  void streamsAreToldAsLostWhereNoMethodForThemIsAllowed() {
    byte[] content = source(10);
    files.put("a:one:$DATA", new byte[] {1, 2, 3});
    files.cloning();

    CopyResult result =
        flow.copy("a", "b", CopyOptions.builder().methods(CopyMethod.CLONE).build());

    assertThat(files.get("b")).isEqualTo(content);
    assertThat(files.names()).containsExactly("a", "a:one:$DATA", "b");
    assertThat(result.losses()).extracting(Loss::what).containsExactly(Preserve.STREAMS);
  }

  @Test
  void aHalfStreamThatCanNotBeRemovedFailsTheCopy() {
    source(10);
    files.put("a:one:$DATA", new byte[] {1, 2, 3});
    AtomicInteger full = new AtomicInteger();
    files.hook(copyChunk((request, copy) -> {
      boolean ofStream = copy.chunks().get(0).length() == 3;
      if (ofStream) {
        full.incrementAndGet();
        request.refusal(NtStatus.DISK_FULL).send();
      }
      return ofStream;
    }));
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
    byte[] content = source(3 * MIB);
    AtomicInteger asked = new AtomicInteger();
    files.hook(request -> {
      if (request.body() instanceof IoctlRequest ioctl
          && ScriptedFiles.control(ioctl) instanceof QueryAllocatedRanges query) {
        asked.incrementAndGet();
        request
            .answer(Responses.output(
                ioctl,
                ioctl.fileId(),
                Octets.copyOf(
                    WireWriter.toBytes(out -> out.bits64(query.fileOffset()).bits64(1)))))
            .status(NtStatus.BUFFER_OVERFLOW)
            .send();
        return true;
      }
      return false;
    });
    files.sparse();

    flow.copy("a", "b", defaults);

    assertThat(files.get("b")).isEqualTo(content);
    assertThat(asked.get()).isBetween(1, 1000);
  }

  /** Ten thousand answers to what one request asks for: the stack must not grow with them. */
  @Test
  void aServerMayReadByteByByte() {
    byte[] content = source(10_000);
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
    source(10);

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
    source(MIB);

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

  private interface CopyChunkHook {
    boolean handle(Received<?> request, SrvCopyChunkCopy copy);
  }

  private static ScriptedFiles.Hook copyChunk(CopyChunkHook hook) {
    return request -> request.body() instanceof IoctlRequest ioctl
        && ScriptedFiles.control(ioctl) instanceof SrvCopyChunkCopy copy
        && hook.handle(request, copy);
  }

  /** A server with these limits. */
  private AtomicInteger limits(int chunks, int chunkSize, int totalSize) {
    AtomicInteger refusals = new AtomicInteger();
    files.hook(copyChunk((request, copy) -> {
      long total = copy.chunks().stream().mapToLong(SrvCopyChunk::length).sum();
      boolean tooMuch = copy.chunks().size() > chunks
          || total > totalSize
          || copy.chunks().stream().anyMatch(chunk -> chunk.length() > chunkSize);
      if (tooMuch) {
        refusals.incrementAndGet();
        ScriptedFiles.counters(request, chunks, chunkSize, totalSize)
            .status(NtStatus.INVALID_PARAMETER)
            .send();
      }
      return tooMuch;
    }));
    return refusals;
  }

  private byte[] source(int size) {
    byte[] content = new byte[size];
    new Random(size).nextBytes(content);
    files.put("a", content);
    return content;
  }

  private void assertCopyFails(Reason reason, CopyOptions options) {
    List<String> before = files.names();
    assertThat(flow.failure("a", "b", options))
        .isInstanceOfSatisfying(
            SmbCopyException.class, failure -> assertThat(failure.reason()).isEqualTo(reason));
    assertThat(files.names()).isEqualTo(before);
  }

  private void assertStatus(NtStatus status, CopyOptions options) {
    assertThat(flow.failure("a", "b", options))
        .isInstanceOfSatisfying(
            SmbStatusException.class, failure -> assertThat(failure.status()).isEqualTo(status));
  }
}
