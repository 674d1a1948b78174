package io.copychunk.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.copychunk.client.KeyedOpen;
import io.copychunk.client.LegacyResumeKeyView;
import io.copychunk.client.OpenOptions;
import io.copychunk.client.ResumeKey;
import io.copychunk.client.SmbClient;
import io.copychunk.client.SmbFile;
import io.copychunk.client.SmbSession;
import io.copychunk.client.SmbShare;
import io.copychunk.client.config.SmbConfig;
import io.copychunk.client.error.SmbBufferTooSmallException;
import io.copychunk.client.error.SmbClosedException;
import io.copychunk.client.error.SmbStatusException;
import io.copychunk.crypto.SigningAlgorithm;
import io.copychunk.it.fixture.RunsAgainstSamba;
import io.copychunk.it.fixture.SambaServer;
import io.copychunk.it.fixture.Scratch;
import io.copychunk.it.fixture.ServerSideCopy;
import io.copychunk.message.fsctl.SrvCopyChunkResponse;
import io.copychunk.wire.Dialect;
import io.copychunk.wire.NtStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

@RunsAgainstSamba
class ResumeKeyIT {
  private final SambaServer server;
  private final Scratch scratch;
  private final SmbClient client = SmbClient.create();

  ResumeKeyIT(SambaServer server, Scratch scratch) {
    this.server = server;
    this.scratch = scratch;
  }

  @AfterEach
  void closeClient() {
    client.close();
  }

  static Stream<Arguments> everyDialectAndItsSigningAlgorithms() {
    return Stream.of(
        Arguments.of(Dialect.SMB_2_0_2, SigningAlgorithm.HMAC_SHA256),
        Arguments.of(Dialect.SMB_2_1, SigningAlgorithm.HMAC_SHA256),
        Arguments.of(Dialect.SMB_3_0, SigningAlgorithm.AES_CMAC),
        Arguments.of(Dialect.SMB_3_0_2, SigningAlgorithm.AES_CMAC),
        Arguments.of(Dialect.SMB_3_1_1, SigningAlgorithm.HMAC_SHA256),
        Arguments.of(Dialect.SMB_3_1_1, SigningAlgorithm.AES_CMAC),
        Arguments.of(Dialect.SMB_3_1_1, SigningAlgorithm.AES_GMAC));
  }

  @ParameterizedTest
  @MethodSource("everyDialectAndItsSigningAlgorithms")
  void aKeyThatWorksOnEveryDialectWithEverySignature(Dialect dialect, SigningAlgorithm signing)
      throws Exception {
    byte[] content = Scratch.content(dialect.revision(), 70_000);
    String source = scratch.write("work", "source.bin", content);
    SmbConfig config = SmbConfig.builder()
        .security(security ->
            security.minDialect(dialect).maxDialect(dialect).signingAlgorithms(List.of(signing)))
        .build();
    try (SmbClient only = SmbClient.create(config);
        SmbSession session = server.login(only);
        SmbShare share = session.share(server.share("work"));
        SmbFile file = share.open(source, OpenOptions.read());
        SmbFile target = share.open(scratch.path("target.bin"), OpenOptions.createNew())) {
      assertThat(session.security().dialect()).isEqualTo(dialect);
      assertThat(session.security().signing()).isEqualTo(signing);
      assertThat(session.security().encryption()).isNull();
      assertThat(file.size()).isEqualTo(content.length);
      ResumeKey key = file.requestResumeKey();
      assertThat(key.bytes()).hasSize(ResumeKey.SIZE);
      assertThat(key.contextLength()).isZero();
      assertThat(key.context()).isEmpty();
      ServerSideCopy.copy(key.bytes(), target, content.length);
    }
    assertThat(scratch.read("work", "target.bin")).isEqualTo(content);
  }

  @ParameterizedTest
  @MethodSource("everyDialectAndItsSigningAlgorithms")
  void fileAndKeyInOneRoundTripOnEveryDialect(Dialect dialect, SigningAlgorithm signing)
      throws Exception {
    String source = scratch.write("work", "source.bin", Scratch.content(1, 10));
    SmbConfig config = SmbConfig.builder()
        .security(security ->
            security.minDialect(dialect).maxDialect(dialect).signingAlgorithms(List.of(signing)))
        .build();
    try (SmbClient only = SmbClient.create(config);
        SmbSession session = server.login(only);
        SmbShare share = session.share(server.share("work"));
        KeyedOpen blocking = share.openWithResumeKey(source);
        KeyedOpen async = share.async().openWithResumeKey(source).get(20, TimeUnit.SECONDS)) {
      assertThat(List.of(blocking, async)).allSatisfy(keyed -> {
        assertThat(keyed.roundTrips()).isEqualTo(1);
        assertThat(keyed.key().bytes()).hasSize(ResumeKey.SIZE);
        assertThat(keyed.key().contextLength()).isZero();
        assertThat(keyed.file().size()).isEqualTo(10);
      });
      assertThat(blocking.key().bytes()).isNotEqualTo(async.key().bytes());
    }
  }

  @Test
  void twoRequestsOnOneOpenGiveTheSameUsableKey() throws Exception {
    try (SmbShare share = work();
        SmbFile file = share.open(aFile(), OpenOptions.read())) {
      ResumeKey first = file.requestResumeKey();
      ResumeKey second = file.async().requestResumeKey().get(20, TimeUnit.SECONDS);
      assertThat(first.bytes()).isEqualTo(second.bytes());
      assertThat(first.isUsable()).isTrue();
      assertThat(second.isUsable()).isTrue();
    }
  }

  @Test
  void aKeyCopiesFromOneShareToAnother() throws Exception {
    byte[] content = Scratch.content(7, 1 << 20);
    String source = scratch.write("work", "source.bin", content);
    scratch.write("other", "target.bin", new byte[0]);
    try (SmbSession session = server.login(client);
        SmbShare work = session.share(server.share("work"));
        SmbShare other = session.share(server.share("other"));
        KeyedOpen keyed = work.openWithResumeKey(source);
        SmbFile target = other.open(scratch.path("target.bin"), OpenOptions.write())) {
      assertThat(ServerSideCopy.copy(keyed.key().bytes(), target, content.length))
          .isEqualTo(new SrvCopyChunkResponse(1, 0, content.length));
    }
    assertThat(scratch.read("other", "target.bin")).isEqualTo(content);
  }

  @Test
  void aKeySurvivesRenamingItsFile() throws Exception {
    byte[] content = Scratch.content(8, 5_000);
    String source = scratch.write("work", "before.bin", content);
    try (SmbShare share = work();
        KeyedOpen keyed = share.openWithResumeKey(source)) {
      Files.move(scratch.onDisk("work", "before.bin"), scratch.onDisk("work", "after.bin"));
      assertThat(keyed.file().requestResumeKey().bytes()).isEqualTo(keyed.key().bytes());
      try (SmbFile target = share.open(scratch.path("target.bin"), OpenOptions.createNew())) {
        ServerSideCopy.copy(keyed.key().bytes(), target, content.length);
      }
    }
    assertThat(scratch.read("work", "target.bin")).isEqualTo(content);
  }

  @Test
  void aKeyIsRefusedAfterItsFileWasClosed() throws Exception {
    try (SmbShare share = work()) {
      KeyedOpen keyed = share.openWithResumeKey(aFile());
      keyed.close();
      assertRefused(keyed.key());
    }
  }

  @Test
  void aKeyIsRefusedAfterItsShareWasClosed() throws Exception {
    SmbShare share = work();
    KeyedOpen keyed = share.openWithResumeKey(aFile());
    share.close();
    assertRefused(keyed.key());
  }

  @Test
  void aKeyIsRefusedAfterItsSessionWasClosed() throws Exception {
    SmbSession session = server.login(client);
    KeyedOpen keyed = session.share(server.share("work")).openWithResumeKey(aFile());
    session.close();
    assertRefused(keyed.key());
  }

  @Test
  void aKeyIsRefusedAfterItsClientWasClosed() throws Exception {
    KeyedOpen keyed = work().openWithResumeKey(aFile());
    client.close();
    assertRefused(keyed.key());
  }

  @Test
  void theServerForgetsAKeyWithItsFile() throws Exception {
    String source = scratch.write("work", "source.bin", Scratch.content(1, 10));
    try (SmbShare share = work();
        SmbFile target = share.open(scratch.path("target.bin"), OpenOptions.createNew())) {
      byte[] key;
      try (KeyedOpen keyed = share.openWithResumeKey(source)) {
        key = keyed.key().bytes();
      }
      assertStatus(NtStatus.OBJECT_NAME_NOT_FOUND, () -> ServerSideCopy.copy(key, target, 10));
    }
  }

  @Test
  void aDirectoryHasAKeyThatCopiesNothing() throws Exception {
    Files.createDirectory(scratch.onDisk("work", "directory"));
    try (SmbShare share = work();
        SmbFile directory = share.open(scratch.path("directory"), OpenOptions.directory());
        SmbFile target = share.open(scratch.path("target.bin"), OpenOptions.createNew())) {
      byte[] key = directory.requestResumeKey().bytes();
      assertThat(key).hasSize(ResumeKey.SIZE);
      assertStatus(NtStatus.ACCESS_DENIED, () -> ServerSideCopy.copy(key, target, 1));
    }
  }

  @Test
  void theRootOfAShareHasAKey() throws Exception {
    try (SmbShare share = work();
        SmbFile root = share.open("", OpenOptions.directory())) {
      assertThat(root.requestResumeKey().bytes()).hasSize(ResumeKey.SIZE);
    }
  }

  @Test
  void anEmptyFileHasAKey() throws Exception {
    String source = scratch.write("work", "empty.bin", new byte[0]);
    try (SmbShare share = work();
        KeyedOpen keyed = share.openWithResumeKey(source);
        SmbFile target = share.open(scratch.path("target.bin"), OpenOptions.createNew())) {
      assertThat(keyed.file().size()).isZero();
      byte[] key = keyed.key().bytes();
      assertStatus(NtStatus.INVALID_VIEW_SIZE, () -> ServerSideCopy.copy(key, target, 1));
    }
  }

  @Test
  void anOpenForAttributesHasAKeyThatMayNotBeReadFrom() throws Exception {
    try (SmbShare share = work();
        SmbFile file = share.open(aFile(), OpenOptions.attributes());
        SmbFile target = share.open(scratch.path("target.bin"), OpenOptions.createNew())) {
      byte[] key = file.requestResumeKey().bytes();
      assertThat(key).hasSize(ResumeKey.SIZE);
      assertStatus(NtStatus.ACCESS_DENIED, () -> ServerSideCopy.copy(key, target, 1));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 12, 24, 31})
  void tooSmallAnOutputBufferReturnsNothing(int bytes) throws Exception {
    try (SmbShare share = work();
        SmbFile file = share.open(aFile(), OpenOptions.read())) {
      assertThatThrownBy(() -> file.requestResumeKey(bytes))
          .isInstanceOfSatisfying(SmbBufferTooSmallException.class, tooSmall -> {
            assertThat(tooSmall.allowed()).isEqualTo(bytes);
            assertThat(tooSmall.output().isEmpty()).isTrue();
            assertThat(tooSmall.status()).isEqualTo(NtStatus.BUFFER_TOO_SMALL);
          });
      assertThat(file.requestResumeKey().bytes()).hasSize(ResumeKey.SIZE);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {32, 33, 65_536, 65_537, 1 << 20})
  void aLargeEnoughOutputBufferReturnsTheKey(int bytes) throws Exception {
    try (SmbShare share = work();
        SmbFile file = share.open(aFile(), OpenOptions.read())) {
      assertThat(file.requestResumeKey(bytes).bytes()).hasSize(ResumeKey.SIZE);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, (8 << 20) + 1})
  void anOutputBufferBeyondTheServersLimitIsRefusedHere(int bytes) throws Exception {
    try (SmbShare share = work();
        SmbFile file = share.open(aFile(), OpenOptions.read())) {
      assertThatThrownBy(() -> file.requestResumeKey(bytes))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("maxOutput: " + bytes);
    }
  }

  @Test
  void aKeyIsShownRedacted() throws Exception {
    try (SmbShare share = work();
        KeyedOpen keyed = share.openWithResumeKey(aFile())) {
      String hex = HexFormat.of().formatHex(keyed.key().bytes());
      assertThat(keyed.key().toString())
          .contains(scratch.path("a.bin").replace('/', '\\'))
          .doesNotContain(hex.substring(0, 16), hex.substring(16, 32));
      assertThat(keyed.toString()).doesNotContain(hex.substring(0, 16), hex.substring(16, 32));
    }
  }

  /** Samba: the two halves of the file id, then the control code. */
  @Test
  void theLegacyViewShowsWhatSambaPutsThere() throws Exception {
    try (SmbShare share = work();
        KeyedOpen keyed = share.openWithResumeKey(aFile())) {
      LegacyResumeKeyView view = keyed.key().legacyView();
      assertThat(view.pid()).isEqualTo(0x00140078);
      assertThat(view.toString()).doesNotContain("140078");
    }
  }

  private String aFile() {
    return scratch.write("work", "a.bin", Scratch.content(1, 100));
  }

  private SmbShare work() throws IOException {
    return server.login(client).share(server.share("work"));
  }

  private static void assertRefused(ResumeKey key) {
    SoftAssertions.assertSoftly(softly -> {
      softly.assertThat(key.isUsable()).isFalse();
      softly.assertThatThrownBy(key::bytes).isInstanceOf(SmbClosedException.class);
      softly.assertThatThrownBy(key::legacyView).isInstanceOf(SmbClosedException.class);
      softly.assertThat(key.toString()).contains("a.bin");
    });
  }

  private static void assertStatus(NtStatus expected, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            SmbStatusException.class, e -> assertThat(e.status()).isEqualTo(expected));
  }
}
