package io.copychunk.client.copy;

import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.client.error.SmbCopyException.Reason;
import io.copychunk.fscc.FileFsAttributeInformation;
import io.copychunk.fscc.FileStreamInformation;
import io.copychunk.fscc.FileSystemAttributes;
import io.copychunk.fscc.InfoType;
import io.copychunk.message.CloseRequest;
import io.copychunk.message.CreateRequest;
import io.copychunk.message.IoctlRequest;
import io.copychunk.message.QueryInfoRequest;
import io.copychunk.message.QueryInfoResponse;
import io.copychunk.message.SetInfoRequest;
import io.copychunk.message.Smb2Request;
import io.copychunk.message.fsctl.SrvCopyChunkCopy;
import io.copychunk.testing.ScriptedControls;
import io.copychunk.testing.ScriptedFiles;
import io.copychunk.testing.Trait;
import io.copychunk.wire.FileId;
import io.copychunk.wire.HeaderFlags;
import io.copychunk.wire.NtStatus;
import io.copychunk.wire.Octets;
import io.copychunk.wire.WireWriter;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a copy does without, and that it does not go wrong for that. */
@Timeout(60)
class FewRequestsTest {
  private static final int MIB = 1 << 20;
  private static final byte[] OLD = {1, 2, 3};

  private final CopyFlow flow = new CopyFlow();
  private final ScriptedFiles files = flow.files;

  /** The first copy between two shares learns what they can. */
  @BeforeEach
  void learn() {
    files.put("first", new byte[4096]);
    flow.copy("first", "second", CopyOptions.defaults());
  }

  @AfterEach
  void close() {
    flow.close();
  }

  private List<Class<?>> requestsOf(Runnable copying) {
    int before = files.requests().size();
    copying.run();
    return List.copyOf(
        files.requests().stream().skip(before).map(Smb2Request::getClass).toList());
  }

  @Test
  void aSmallFileThatIsKnownToBeNew() {
    byte[] content = flow.source(16_384);
    CopyOptions options = CopyOptions.builder().assumeNew(true).build();

    List<Class<?>> requests = requestsOf(() -> flow.copy("a", "b", options));

    assertThat(requests)
        .containsExactly(
            CreateRequest.class, // of the source, with its key
            IoctlRequest.class,
            CreateRequest.class, // of the target, with its data
            SetInfoRequest.class,
            IoctlRequest.class,
            QueryInfoRequest.class, // streams
            CloseRequest.class, // of the source, which tells that it has not changed
            QueryInfoRequest.class, // the size of the copy
            SetInfoRequest.class, // it stays
            SetInfoRequest.class, // it has its name
            SetInfoRequest.class, // times
            CloseRequest.class);
    assertThat(files.get("b")).isEqualTo(content);
  }

  @Test
  void inPlaceAndWithoutStreams() {
    byte[] content = flow.source(16_384);
    CopyOptions options = CopyOptions.builder()
        .assumeNew(true)
        .inPlace(true)
        .preserve(List.of(Preserve.TIMES))
        .build();

    List<Class<?>> requests = requestsOf(() -> flow.copy("a", "b", options));

    assertThat(requests)
        .containsExactly(
            CreateRequest.class,
            IoctlRequest.class, // source and its key
            CreateRequest.class,
            IoctlRequest.class, // target and its data
            CloseRequest.class, // of the source, and without waiting for that
            SetInfoRequest.class, // times
            CloseRequest.class); // which tells the size of the copy
    assertThat(files.get("b")).isEqualTo(content);
  }

  @Test
  void aVolumeWithoutNamedStreamsIsAskedForThemOnce() {
    try (CopyFlow fresh = new CopyFlow()) {
      fresh.source(10);
      AtomicInteger volumes = new AtomicInteger();
      fresh.files.hook(request -> {
        boolean volume = request.body() instanceof QueryInfoRequest query
            && query.infoType() == InfoType.FILE_SYSTEM;
        if (volume) {
          volumes.incrementAndGet();
          var attributes =
              new FileFsAttributeInformation(new FileSystemAttributes(0), 255, "FAT32");
          request
              .answer(new QueryInfoResponse(Octets.copyOf(WireWriter.toBytes(attributes::write))))
              .send();
        }
        return volume;
      });
      CopyOptions options = CopyOptions.builder().methods(CopyMethod.COPYCHUNK).build();
      for (String target : List.of("b", "c", "d")) {
        fresh.copy("a", target, options);
      }

      assertThat(volumes).hasValue(1);
      assertThat(fresh.files.requests())
          .filteredOn(QueryInfoRequest.class::isInstance)
          .map(request -> ((QueryInfoRequest) request).fileInfoClass())
          .doesNotContain(FileStreamInformation.CLASS.code());
    }
  }

  @Test
  void whatIsAssumedToBeNewAndIsNotStaysAsItIs() {
    flow.source(10);
    files.put("b", OLD);

    for (boolean inPlace : List.of(true, false)) {
      flow.assertCopyFails(
          Reason.TARGET_EXISTS,
          CopyOptions.builder().assumeNew(true).inPlace(inPlace).build());
      assertThat(files.get("b")).isEqualTo(OLD);
    }
  }

  @Test
  void theFirstOfManyRequestsTravelsToo() {
    byte[] content = flow.source(40 * MIB);
    AtomicInteger related = new AtomicInteger();
    AtomicInteger alone = new AtomicInteger();
    files.hook(SrvCopyChunkCopy.class, (request, copy) -> {
      boolean travels = request.header().flags().has(HeaderFlags.RELATED_OPERATIONS);
      (travels ? related : alone).incrementAndGet();
      return false;
    });

    flow.copy("a", "b", CopyOptions.defaults());

    assertThat(related).hasValue(1);
    assertThat(alone).hasValue(2);
    assertThat(files.get("b")).isEqualTo(content);
  }

  /** Which offload does not take, so that nobody learns from it that the server has none. */
  @Test
  void aTinyFileThatIsTheFirst() {
    try (CopyFlow fresh = new CopyFlow()) {
      for (String name : List.of("a", "c")) {
        fresh.files.put(name, OLD);
        fresh.copy(name, name + "2", CopyOptions.defaults());
      }

      assertThat(fresh.files.requests().stream()
              .filter(IoctlRequest.class::isInstance)
              .map(IoctlRequest.class::cast)
              .filter(ioctl -> ScriptedControls.control(ioctl) instanceof SrvCopyChunkCopy)
              .map(IoctlRequest::fileId))
          .hasSize(2)
          .last()
          .isEqualTo(FileId.PREVIOUS);
    }
  }

  @Test
  void aServerThatDoesNotServeTheRequestInACompoundIsAskedAgain() {
    byte[] content = flow.source(20 * MIB);
    files.hook(SrvCopyChunkCopy.class, (request, copy) -> {
      boolean travels = request.header().flags().has(HeaderFlags.RELATED_OPERATIONS);
      if (travels) {
        request.refusal(NtStatus.INTERNAL_ERROR).send();
      }
      return travels;
    });

    CopyResult result = flow.copy("a", "b", CopyOptions.defaults());

    assertThat(result.bytes()).containsOnlyKeys(CopyMethod.COPYCHUNK);
    assertThat(files.get("b")).isEqualTo(content);
  }

  @Test
  void lowerLimitsAreLearntFromTheRequestThatTravels() {
    byte[] content = flow.source(3 * MIB);
    files.hook(SrvCopyChunkCopy.class, (request, copy) -> {
      boolean tooMuch = copy.chunks().stream().anyMatch(chunk -> chunk.length() > 1 << 19);
      if (tooMuch) {
        ScriptedControls.counters(request, 256, 1 << 19, 16L * MIB)
            .status(NtStatus.INVALID_PARAMETER)
            .send();
      }
      return tooMuch;
    });

    assertThat(flow.copy("a", "b", CopyOptions.defaults()).bytes())
        .containsOnlyKeys(CopyMethod.COPYCHUNK);
    assertThat(files.get("b")).isEqualTo(content);
  }

  @Test
  void aKeyThatIsStaleWhenItTravelsIsRenewed() {
    byte[] content = flow.source(3 * MIB);
    AtomicInteger count = new AtomicInteger();
    files.hook(SrvCopyChunkCopy.class, (request, copy) -> {
      boolean first = count.getAndIncrement() == 0;
      if (first) {
        ScriptedControls.copied(request, 0, 0)
            .status(NtStatus.OBJECT_NAME_NOT_FOUND)
            .send();
      }
      return first;
    });

    flow.copy("a", "b", CopyOptions.defaults());

    assertThat(count).hasValue(2);
    assertThat(files.get("b")).isEqualTo(content);
  }

  @Test
  void nothingTravelsWhereABetterMethodComesFirst() {
    try (CopyFlow fresh = new CopyFlow()) {
      fresh.files.with(Trait.CLONES);
      fresh.source(3 * MIB);

      CopyResult result = fresh.copy("a", "b", CopyOptions.defaults());

      assertThat(result.bytes()).containsOnlyKeys(CopyMethod.CLONE);
      assertThat(fresh.files.controls(SrvCopyChunkCopy.class)).isEmpty();
    }
  }

  @Test
  void temporaryNamesGoWhereTheyAreToldTo() {
    flow.source(10);
    CopyOptions options = CopyOptions.builder().temporaryDirectory("apart").build();

    int before = files.requests().size();
    flow.copy("a", "b", options);

    assertThat(files.requests().stream()
            .skip(before)
            .filter(CreateRequest.class::isInstance)
            .map(request -> ((CreateRequest) request).name()))
        .anyMatch(name -> name.matches("apart\\\\copychunk-[0-9a-f]{16}\\.tmp"));
    assertThat(files.get("b")).hasSize(10);
  }
}
