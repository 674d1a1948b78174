package io.copychunk.it;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.copychunk.client.Credentials;
import io.copychunk.client.IoctlResult;
import io.copychunk.client.KeyedOpen;
import io.copychunk.client.OpenOptions;
import io.copychunk.client.SessionSecurity.Identity;
import io.copychunk.client.SmbClient;
import io.copychunk.client.SmbConnection;
import io.copychunk.client.SmbFile;
import io.copychunk.client.SmbSession;
import io.copychunk.client.SmbShare;
import io.copychunk.client.config.SecurityPolicy;
import io.copychunk.client.config.SecurityPolicy.Encryption;
import io.copychunk.client.config.SmbConfig;
import io.copychunk.client.error.SmbAuthenticationException;
import io.copychunk.client.error.SmbClosedException;
import io.copychunk.client.error.SmbEncryptionException;
import io.copychunk.client.error.SmbStatusException;
import io.copychunk.it.fixture.EncryptingSamba;
import io.copychunk.it.fixture.RunsAgainstSamba;
import io.copychunk.it.fixture.SambaServer;
import io.copychunk.it.fixture.Scratch;
import io.copychunk.it.fixture.ServerSideCopy;
import io.copychunk.it.fixture.WireRecorder;
import io.copychunk.it.fixture.WireRecorder.Frame;
import io.copychunk.message.fsctl.FsctlCode;
import io.copychunk.message.fsctl.SrvCopyChunk;
import io.copychunk.message.fsctl.SrvCopyChunkResponse;
import io.copychunk.wire.Command;
import io.copychunk.wire.Dialect;
import io.copychunk.wire.NtStatus;
import io.copychunk.wire.Octets;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What encrypted sessions do beyond {@link SecurityMatrixIT}, and who gets none. */
@RunsAgainstSamba
class EncryptionIT {
  private static final int CHUNK = 1 << 20;
  private static final int LONG_COPY = 16 * CHUNK;
  private static final int MANY = 300;

  private final SambaServer server;
  private final EncryptingSamba encrypting;
  private final Scratch scratch;

  EncryptionIT(SambaServer server, EncryptingSamba encrypting, Scratch scratch) {
    this.server = server;
    this.encrypting = encrypting;
    this.scratch = scratch;
  }

  /**
   * Samba copies from file to file too fast to say so first, but not ranges of one file that overlap.
   * The interim response is encrypted like all else.
   */
  @Test
  void aCopyThatPendsIsAnsweredEncryptedTwice() throws Exception {
    int chunkCount = LONG_COPY / CHUNK;
    int shift = CHUNK / 2;
    byte[] content = Scratch.content(1, LONG_COPY + shift);
    String path = scratch.write("work", "file.bin", content);
    List<SrvCopyChunk> chunks = new ArrayList<>();
    for (int at = LONG_COPY - CHUNK; at >= 0; at -= CHUNK) {
      chunks.add(new SrvCopyChunk(at, at + shift, CHUNK));
    }
    try (WireRecorder recorder = WireRecorder.before(server);
        SmbClient client = encryptingClient();
        SmbSession session = login(client, recorder);
        SmbShare share = session.share(server.share("work"));
        KeyedOpen keyed = share.openWithResumeKey(path);
        SmbFile target = share.open(path, OpenOptions.write())) {
      int before = recorder.frames().size();
      IoctlResult result =
          ServerSideCopy.start(keyed.key().bytes(), target, chunks).get(30, SECONDS);
      List<Frame> exchange = since(before, recorder);
      assertThat(SrvCopyChunkResponse.readOutput(result.output().reader()))
          .isEqualTo(new SrvCopyChunkResponse(chunkCount, 0, LONG_COPY));
      assertThat(exchange).allMatch(Frame::isEncrypted);
      assertThat(exchange.stream().filter(Frame::toServer)).hasSize(1);
      assertThat(exchange.stream().filter(frame -> !frame.toServer())).hasSize(2);
    }
    byte[] shifted = content.clone();
    System.arraycopy(content, 0, shifted, shift, LONG_COPY);
    assertThat(scratch.read("work", "file.bin")).isEqualTo(shifted);
  }

  @Test
  void threeHundredKeysAtOnceOnOneEncryptedSession() throws Exception {
    List<String> paths = scratch.writeMany("work", MANY);
    try (SmbClient client = encryptingClient();
        SmbSession session = server.login(client);
        SmbShare share = session.share(server.share("work"))) {
      List<CompletableFuture<KeyedOpen>> futures =
          paths.stream().map(path -> share.async().openWithResumeKey(path)).toList();
      CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new)).get(30, SECONDS);
      Set<Octets> keys = new HashSet<>();
      for (CompletableFuture<KeyedOpen> future : futures) {
        keys.add(Octets.copyOf(future.join().key().bytes()));
      }
      assertThat(keys).hasSize(MANY);
      for (int i : new int[] {0, MANY / 2, MANY - 1}) {
        String name = "copy-" + i;
        try (SmbFile target = share.open(scratch.path(name), OpenOptions.createNew())) {
          ServerSideCopy.copy(futures.get(i).join().key().bytes(), target, 16);
        }
        assertThat(scratch.read("work", name)).isEqualTo(Scratch.content(i, 16));
      }
    }
  }

  /** Samba does not look at the input of a resume key request, which makes it as long as one likes. */
  @Test
  void aFrameOfAMegabyteIsEncrypted() throws Exception {
    String source = scratch.write("work", "source.bin", Scratch.content(1, 10));
    try (WireRecorder recorder = WireRecorder.before(server);
        SmbClient client = encryptingClient();
        SmbSession session = login(client, recorder);
        SmbShare share = session.share(server.share("work"));
        SmbFile file = share.open(source, OpenOptions.read())) {
      int before = recorder.frames().size();
      ByteBuffer input = ByteBuffer.wrap(Scratch.content(2, 1 << 20));
      assertThat(
              file.ioctl(FsctlCode.SRV_REQUEST_RESUME_KEY, input, 32).output().size())
          .isEqualTo(32);
      Frame request = since(before, recorder).get(0);
      assertThat(request.isEncrypted()).isTrue();
      assertThat(request.transform().originalMessageSize()).isGreaterThan(1 << 20);
      assertThat(file.requestResumeKey().isUsable()).isTrue();
    }
  }

  @Test
  void cancelledCopiesLeaveAnEncryptedSessionUsable() throws Exception {
    int copyCount = 8;
    String source = scratch.write("work", "source.bin", Scratch.content(1, LONG_COPY));
    List<String> paths = scratch.writeMany("other", copyCount);
    try (WireRecorder recorder = WireRecorder.before(server);
        SmbClient client = encryptingClient();
        SmbSession session = login(client, recorder);
        SmbShare share = session.share(server.share("work"));
        SmbShare other = session.share(server.share("other"));
        KeyedOpen keyed = share.openWithResumeKey(source)) {
      List<SmbFile> targets = new ArrayList<>();
      for (String path : paths) {
        targets.add(other.open(path, OpenOptions.write()));
      }
      recorder.holdAnswers();
      int before = recorder.frames().size();
      List<CompletableFuture<IoctlResult>> copies = new ArrayList<>();
      for (SmbFile target : targets) {
        copies.add(ServerSideCopy.start(keyed.key().bytes(), target, LONG_COPY));
      }
      await().until(() -> sent(before, recorder) == copyCount);
      copies.forEach(copy -> copy.cancel(true));
      assertThat(copies).allMatch(Future::isCancelled);
      await().until(() -> sent(before, recorder) == 2 * copyCount);
      recorder.releaseAnswers();
      assertThat(keyed.file().requestResumeKey().isUsable()).isTrue();
      for (SmbFile target : targets) {
        target.close();
      }
      try (SmbFile target = share.open(scratch.path("after.bin"), OpenOptions.createNew())) {
        ServerSideCopy.copy(keyed.key().bytes(), target, 1000);
      }
      assertThat(since(before, recorder)).allMatch(Frame::isEncrypted);
    }
    assertThat(scratch.read("work", "after.bin"))
        .isEqualTo(Arrays.copyOf(Scratch.content(1, LONG_COPY), 1000));
  }

  static Stream<Arguments> everyDialectPlainAndEncrypted() {
    return Stream.of(Dialect.values())
        .flatMap(dialect -> Stream.of(Encryption.OFF, Encryption.REQUIRED)
            .filter(
                encryption -> encryption == Encryption.OFF || dialect.isAtLeast(Dialect.SMB_3_0))
            .map(encryption -> Arguments.of(dialect, encryption)));
  }

  @ParameterizedTest
  @MethodSource("everyDialectPlainAndEncrypted")
  void filesAndKeysSurviveAReauthentication(Dialect dialect, Encryption encryption)
      throws Exception {
    byte[] content = Scratch.content(dialect.revision(), 1000);
    String source = scratch.write("work", "source.bin", content);
    SmbConfig config = SmbConfig.builder()
        .security(
            security -> security.minDialect(dialect).maxDialect(dialect).encryption(encryption))
        .build();
    try (WireRecorder recorder = WireRecorder.before(server);
        SmbClient client = SmbClient.create(config);
        SmbSession session = login(client, recorder);
        SmbShare share = session.share(server.share("work"));
        KeyedOpen keyed = share.openWithResumeKey(source);
        SmbFile before = share.open(scratch.path("before.bin"), OpenOptions.createNew())) {
      byte[] key = keyed.key().bytes();
      for (int round = 0; round < 2; round++) {
        int from = recorder.frames().size();
        session.reauthenticate(server.credentials());
        List<Frame> exchange = since(from, recorder);
        assertThat(exchange).hasSize(4);
        if (encryption == Encryption.REQUIRED) {
          assertThat(exchange).allMatch(Frame::isEncrypted);
        } else {
          assertThat(exchange.stream().flatMap(frame -> frame.headers().stream()))
              .allMatch(header -> header.command() == Command.SESSION_SETUP && header.isSigned());
        }
      }
      assertThat(session.security().encryption() != null)
          .isEqualTo(encryption == Encryption.REQUIRED);
      assertThat(keyed.key().isUsable()).isTrue();
      assertThat(keyed.file().requestResumeKey().bytes()).isEqualTo(key);
      ServerSideCopy.copy(key, before, content.length);
      try (SmbShare again = session.share(server.share("work"));
          SmbFile after = again.open(scratch.path("after.bin"), OpenOptions.createNew())) {
        ServerSideCopy.copy(key, after, content.length);
      }
    }
    assertThat(scratch.read("work", "before.bin")).isEqualTo(content);
    assertThat(scratch.read("work", "after.bin")).isEqualTo(content);
  }

  @ParameterizedTest
  @MethodSource("everyDialectPlainAndEncrypted")
  void wrongCredentialsEndTheSessionThatTheyWereToRenew(Dialect dialect, Encryption encryption)
      throws Exception {
    String source = scratch.write("work", "source.bin", Scratch.content(1, 10));
    SmbConfig config = SmbConfig.builder()
        .security(
            security -> security.minDialect(dialect).maxDialect(dialect).encryption(encryption))
        .build();
    Credentials wrong =
        Credentials.password(server.domain(), server.user(), "not the password".toCharArray());
    try (SmbClient client = SmbClient.create(config)) {
      SmbConnection connection = client.connect(server.host(), server.port());
      try (SmbSession other = connection.login(server.credentials());
          SmbShare otherShare = other.share(server.share("work"))) {
        SmbSession session = connection.login(server.credentials());
        SmbShare share = session.share(server.share("work"));
        KeyedOpen keyed = share.openWithResumeKey(source);
        assertThatThrownBy(() -> session.reauthenticate(wrong))
            .isInstanceOfSatisfying(
                SmbAuthenticationException.class,
                e -> assertThat(e.status()).isEqualTo(NtStatus.LOGON_FAILURE));
        assertThat(session.isOpen()).isFalse();
        assertThat(share.isOpen()).isFalse();
        assertThatThrownBy(() -> keyed.key().bytes()).isInstanceOf(SmbClosedException.class);
        assertThatThrownBy(() -> share.openWithResumeKey(source))
            .isInstanceOf(SmbClosedException.class);
        assertThatThrownBy(() -> session.reauthenticate(server.credentials()))
            .isInstanceOf(SmbClosedException.class);
        session.close();
        try (KeyedOpen open = otherShare.openWithResumeKey(source)) {
          assertThat(open.key().isUsable()).isTrue();
        }
      }
      assertThat(connection.isOpen()).isFalse();
    }
  }

  @Test
  void nobodyIsLoggedInUnderTheStrictPolicy() throws Exception {
    SmbConfig config = SmbConfig.builder().security(SecurityPolicy.strict()).build();
    try (SmbClient client = SmbClient.create(config)) {
      SmbConnection connection = client.connect(server.host(), server.port());
      assertThatThrownBy(() -> connection.login(Credentials.anonymous()))
          .isInstanceOf(SmbAuthenticationException.class)
          .hasMessageContaining("can not be encrypted");
      assertThat(connection.isOpen()).isFalse();
    }
  }

  /** Samba demands it of everybody who offers a cipher, and nobody has no key. */
  @Test
  void nobodyIsLoggedInWhereTheServerDemandsEncryption() throws Exception {
    SambaServer demanding = encrypting.get();
    try (SmbClient client = SmbClient.create()) {
      SmbConnection connection = client.connect(demanding.host(), demanding.port());
      assertThatThrownBy(() -> connection.login(Credentials.anonymous()))
          .isInstanceOf(SmbEncryptionException.class)
          .hasMessageContaining("the server demands encryption, and there is no key");
      assertThat(connection.isOpen()).isFalse();
    }
  }

  @Test
  void nobodyMayComeInPlainWhereEncryptionIsOnlyDesired() throws Exception {
    SambaServer desiring = encrypting.get();
    try (SmbClient client = plainClient();
        SmbSession session =
            client.connect(desiring.host(), desiring.port()).login(Credentials.anonymous());
        SmbShare share = session.share(desiring.share("guest"));
        KeyedOpen keyed = share.openWithResumeKey("welcome.txt")) {
      assertThat(session.security().identity()).isEqualTo(Identity.ANONYMOUS);
      assertThat(session.security().signing()).isNull();
      assertThat(keyed.key().isUsable()).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void aShareThatDemandsEncryptionIsDeniedWithoutOnEveryDialect(Dialect dialect) throws Exception {
    SmbConfig config = SmbConfig.builder()
        .security(
            security -> security.minDialect(dialect).maxDialect(dialect).encryption(Encryption.OFF))
        .build();
    try (SmbClient client = SmbClient.create(config);
        SmbSession session = server.login(client)) {
      assertThatThrownBy(() -> session.share(server.share("encrypted")))
          .isInstanceOfSatisfying(
              SmbStatusException.class,
              e -> assertThat(e.status()).isEqualTo(NtStatus.ACCESS_DENIED));
      session.share(server.share("work")).close();
    }
  }

  @Test
  void whereEncryptionIsOnlyDesiredAClientWithoutIsSigned() throws Exception {
    SambaServer desiring = encrypting.get();
    byte[] content = Scratch.content(1, 1000);
    try (Scratch there = new Scratch(desiring);
        WireRecorder recorder = WireRecorder.before(desiring)) {
      String source = there.write("work", "source.bin", content);
      try (SmbClient client = plainClient();
          SmbSession session =
              client.connect(recorder.host(), recorder.port()).login(desiring.credentials());
          SmbShare share = session.share(desiring.share("work"));
          KeyedOpen keyed = share.openWithResumeKey(source);
          SmbFile target = share.open(there.path("target.bin"), OpenOptions.createNew())) {
        assertThat(session.security().encryption()).isNull();
        assertThat(session.security().signing()).isNotNull();
        ServerSideCopy.copy(keyed.key().bytes(), target, content.length);
      }
      recorder.awaitEnd();
      assertThat(there.read("work", "target.bin")).isEqualTo(content);
      assertThat(recorder.frames()).noneMatch(Frame::isEncrypted);
      assertThat(recorder.frames().stream().flatMap(frame -> frame.headers().stream()))
          .filteredOn(header ->
              header.command() != Command.NEGOTIATE && header.command() != Command.SESSION_SETUP)
          .isNotEmpty()
          .allMatch(header -> header.isSigned() || header.status().equals(NtStatus.PENDING));
    }
  }

  private static SmbClient encryptingClient() {
    return client(Encryption.REQUIRED);
  }

  private static SmbClient plainClient() {
    return client(Encryption.OFF);
  }

  private static SmbClient client(Encryption encryption) {
    return SmbClient.create(SmbConfig.builder()
        .security(security -> security.encryption(encryption))
        .build());
  }

  private SmbSession login(SmbClient client, WireRecorder recorder) throws Exception {
    return client.connect(recorder.host(), recorder.port()).login(server.credentials());
  }

  private static List<Frame> since(int before, WireRecorder recorder) {
    List<Frame> frames = recorder.frames();
    return frames.subList(before, frames.size());
  }

  private static long sent(int before, WireRecorder recorder) {
    return since(before, recorder).stream().filter(Frame::toServer).count();
  }
}
