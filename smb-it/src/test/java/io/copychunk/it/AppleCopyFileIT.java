package io.copychunk.it;

import static io.copychunk.it.CopyClient.fill;
import static io.copychunk.it.CopyClient.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.copychunk.client.OpenOptions;
import io.copychunk.client.ResumeKey;
import io.copychunk.client.SmbClient;
import io.copychunk.client.SmbFile;
import io.copychunk.client.SmbSession;
import io.copychunk.client.SmbShare;
import io.copychunk.client.copy.CopyEngine;
import io.copychunk.client.copy.CopyMethod;
import io.copychunk.client.copy.CopyOptions;
import io.copychunk.client.copy.CopyProgress;
import io.copychunk.client.copy.CopyResult;
import io.copychunk.client.copy.FileLocation;
import io.copychunk.client.error.SmbCopyException;
import io.copychunk.client.error.SmbCopyException.Reason;
import io.copychunk.fscc.FileStreamInformation;
import io.copychunk.it.fixture.RunsAgainstSamba;
import io.copychunk.it.fixture.SambaServer;
import io.copychunk.it.fixture.Scratch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole files by one request, on a Samba that is a server for macOS on one of its shares. */
@RunsAgainstSamba
class AppleCopyFileIT {
  private static final int MIB = 1 << 20;
  private static final String NOT_OFFERED = "the server does not offer AAPL copyfile";

  private final SambaServer server;
  private final Scratch scratch;
  private final CopyEngine engine = new CopyEngine();
  private final ConcurrentLinkedQueue<CopyProgress> events = new ConcurrentLinkedQueue<>();
  private final CopyOptions apple =
      CopyOptions.builder().appleCopyFile(true).progress(events::add).build();
  private SmbClient client;
  private SmbSession session;
  private SmbShare fruit;
  private SmbShare work;

  AppleCopyFileIT(SambaServer server, Scratch scratch) {
    this.server = server;
    this.scratch = scratch;
  }

  @BeforeEach
  void connect() throws IOException {
    client = SmbClient.create();
    session = server.login(client);
    fruit = session.share(server.share("fruit"));
    work = session.share(server.share("work"));
    scratch.onDisk("fruit", "");
    scratch.onDisk("work", "");
  }

  @AfterEach
  void disconnect() {
    client.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 5 * MIB + 3, 40 * MIB})
  void copiesAFileWithItsStreamsByOneRequest(int size) throws IOException {
    byte[] content = Scratch.content(size, size);
    byte[] named = Scratch.content(7, 2000);
    fill(fruit, scratch.path("a.bin"), content);
    fill(fruit, scratch.path("a.bin:one:$DATA"), named);

    CopyResult result = copy(fruit, fruit, "b.bin");

    assertThat(read(fruit, scratch.path("b.bin"))).isEqualTo(content);
    assertThat(read(fruit, scratch.path("b.bin:one:$DATA"))).isEqualTo(named);
    assertThat(streams("b.bin")).isEqualTo(streams("a.bin"));
    assertThat(result.fallbacks()).isEmpty();
    assertThat(result.losses()).isEmpty();
    assertThat(result.bytes())
        .isEqualTo(size == 0 ? Map.of() : Map.of(CopyMethod.COPYCHUNK, (long) size));
    assertThat(events).hasSize(size == 0 ? 0 : 1);
  }

  @Test
  void replacesATargetAndKnowsAFileFromItselfAfterwards() throws IOException {
    fill(fruit, scratch.path("a.bin"), Scratch.content(1, 3 * MIB));
    fill(fruit, scratch.path("b.bin"), Scratch.content(2, 5 * MIB));

    copy(fruit, fruit, "b.bin");
    copy(fruit, fruit, "b.bin");

    assertThat(read(fruit, scratch.path("b.bin"))).isEqualTo(read(fruit, scratch.path("a.bin")));
    assertThatThrownBy(() -> copy(fruit, fruit, "A.BIN")).hasMessageContaining("same file");
  }

  @Test
  void aConnectionThatHasAgreedToItStillCopiesAsUsualAndKnowsChanges() throws IOException {
    fill(fruit, scratch.path("a.bin"), Scratch.content(1, 20 * MIB));
    copy(fruit, fruit, "b.bin");

    CopyResult usual = engine.copy(at(fruit, "a.bin"), at(fruit, "c.bin"), CopyOptions.defaults());
    CopyOptions growing = CopyOptions.builder()
        .appleCopyFile(true)
        .progress(event -> append(scratch.onDisk("fruit", "a.bin")))
        .build();

    assertThat(usual.bytes()).containsOnlyKeys(CopyMethod.COPYCHUNK);
    assertThat(usual.sourceChanged()).isFalse();
    assertThatThrownBy(() -> engine.copy(at(fruit, "a.bin"), at(fruit, "d.bin"), growing))
        .isInstanceOfSatisfying(
            SmbCopyException.class,
            failure -> assertThat(failure.reason()).isEqualTo(Reason.SOURCE_CHANGED));
    assertThat(scratch.onDisk("fruit", "d.bin")).doesNotExist();
  }

  private static void append(Path file) {
    try {
      Files.write(file, new byte[] {7}, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void carriesOverTheTimes() throws IOException {
    fill(fruit, scratch.path("a.bin"), Scratch.content(1, 3 * MIB));
    Instant written = Instant.parse("2020-02-03T04:05:06Z");
    Files.setLastModifiedTime(scratch.onDisk("fruit", "a.bin"), FileTime.from(written));

    copy(fruit, fruit, "b.bin");

    assertThat(Files.getLastModifiedTime(scratch.onDisk("fruit", "b.bin")).toInstant())
        .isEqualTo(written);
  }

  @Test
  void copiesAsUsualWhereTheServerDoesNotOfferIt() throws IOException {
    fill(work, scratch.path("a.bin"), Scratch.content(1, 3 * MIB));

    CopyResult result = copy(work, work, "b.bin");

    assertThat(read(work, scratch.path("b.bin"))).isEqualTo(read(work, scratch.path("a.bin")));
    assertThat(result.fallbacks()).anySatisfy(fallback -> {
      assertThat(fallback.from()).isEqualTo(CopyMethod.COPYCHUNK);
      assertThat(fallback.reason()).isEqualTo(NOT_OFFERED);
    });
  }

  @Test
  void copiesAsUsualToAShareThatDoesNotOfferIt() throws IOException {
    fill(fruit, scratch.path("a.bin"), Scratch.content(1, 3 * MIB));

    CopyResult result = copy(fruit, work, "b.bin");

    assertThat(read(work, scratch.path("b.bin"))).isEqualTo(read(fruit, scratch.path("a.bin")));
    assertThat(result.fallbacks()).anyMatch(fallback -> fallback.reason().equals(NOT_OFFERED));
  }

  @Test
  void doesNotSendItUnlessBothOpensHaveAgreed() throws IOException {
    fill(fruit, scratch.path("a.bin"), Scratch.content(1, 100));
    try (SmbFile source = fruit.open(scratch.path("a.bin"), OpenOptions.read().withAaplQuery());
        SmbFile target = fruit.open(scratch.path("b.bin"), OpenOptions.createNew())) {
      assertThat(source.async().supportsAaplCopyFile()).isTrue();
      assertThat(target.async().supportsAaplCopyFile()).isFalse();
      ResumeKey key = source.requestResumeKey();
      assertThatThrownBy(() -> target.copyFile(key)).isInstanceOf(IllegalStateException.class);
    }
  }

  private CopyResult copy(SmbShare from, SmbShare to, String name) throws IOException {
    return engine.copy(at(from, "a.bin"), at(to, name), apple);
  }

  private FileLocation at(SmbShare share, String name) {
    return FileLocation.of(share, scratch.path(name));
  }

  private List<FileStreamInformation.Stream> streams(String name) throws IOException {
    try (SmbFile file = fruit.open(scratch.path(name), OpenOptions.attributes())) {
      return file.query(FileStreamInformation.CLASS).streams();
    }
  }
}
