package io.copychunk.it;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.copychunk.client.Credentials;
import io.copychunk.client.IoctlResult;
import io.copychunk.client.KeyedOpen;
import io.copychunk.client.OpenOptions;
import io.copychunk.client.SmbClient;
import io.copychunk.client.SmbConnection;
import io.copychunk.client.SmbFile;
import io.copychunk.client.SmbSession;
import io.copychunk.client.SmbShare;
import io.copychunk.client.config.SecurityPolicy.Encryption;
import io.copychunk.client.config.SmbConfig;
import io.copychunk.client.error.SmbAuthenticationException;
import io.copychunk.client.error.SmbBufferTooSmallException;
import io.copychunk.client.error.SmbClosedException;
import io.copychunk.client.error.SmbException;
import io.copychunk.client.error.SmbNotSupportedException;
import io.copychunk.client.error.SmbStatusException;
import io.copychunk.client.error.SmbTransportException;
import io.copychunk.it.fixture.RunsAgainstSamba;
import io.copychunk.it.fixture.SambaServer;
import io.copychunk.it.fixture.Scratch;
import io.copychunk.it.fixture.ServerSideCopy;
import io.copychunk.it.fixture.WireRecorder;
import io.copychunk.message.fsctl.FsctlCode;
import io.copychunk.message.fsctl.SrvCopyChunkResponse;
import io.copychunk.wire.Command;
import io.copychunk.wire.NtStatus;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.InvalidPathException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@RunsAgainstSamba
class ErrorsIT {
  private static final ByteBuffer NO_INPUT = ByteBuffer.allocate(0);
  private static final int FSCTL_OF_NOBODY = 0x00143FFC;

  private final SambaServer server;
  private final Scratch scratch;
  private final SmbClient client = SmbClient.create();

  ErrorsIT(SambaServer server, Scratch scratch) {
    this.server = server;
    this.scratch = scratch;
  }

  @AfterEach
  void closeClient() {
    client.close();
  }

  @Test
  void unknownShare() throws Exception {
    try (SmbSession session = server.login(client)) {
      assertStatus(NtStatus.BAD_NETWORK_NAME, Command.TREE_CONNECT, () -> session.share("nowhere"));
      assertThat(session.isOpen()).isTrue();
      session.share(server.share("work")).close();
    }
  }

  @Test
  void unknownFile() throws Exception {
    try (SmbShare share = work()) {
      String path = scratch.path("missing.bin");
      scratch.write("work", "a.bin", new byte[1]);
      assertStatus(
          NtStatus.OBJECT_NAME_NOT_FOUND,
          Command.CREATE,
          () -> share.open(path, OpenOptions.read()));
      assertStatus(
          NtStatus.OBJECT_NAME_NOT_FOUND, Command.CREATE, () -> share.openWithResumeKey(path));
      share.openWithResumeKey(scratch.path("a.bin")).close();
    }
  }

  @Test
  void unknownDirectory() throws Exception {
    try (SmbShare share = work()) {
      assertStatus(
          NtStatus.OBJECT_PATH_NOT_FOUND,
          Command.CREATE,
          () -> share.openWithResumeKey(scratch.path("missing/a.bin")));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"../a.bin", "a/./b", "a//b", "a\0b"})
  void pathsThatNoFileCanHaveAreNotSent(String path) throws Exception {
    try (SmbShare share = work()) {
      assertThatThrownBy(() -> share.openWithResumeKey(path))
          .isInstanceOf(InvalidPathException.class);
    }
  }

  @Test
  void aDirectoryIsNoFileAndAFileNoDirectory() throws Exception {
    String file = scratch.write("work", "a.bin", new byte[1]);
    try (SmbShare share = work()) {
      assertStatus(
          NtStatus.FILE_IS_A_DIRECTORY,
          Command.CREATE,
          () -> share.openWithResumeKey(scratch.path("")));
      assertStatus(
          NtStatus.NOT_A_DIRECTORY,
          Command.CREATE,
          () -> share.open(file, OpenOptions.directory()));
    }
  }

  @Test
  void wrongPasswordEndsTheConnection() throws Exception {
    SmbConnection connection = client.connect(server.host(), server.port());
    Credentials wrong =
        Credentials.password(server.domain(), server.user(), "not the password".toCharArray());
    assertLogonFailure(() -> connection.login(wrong), server.user());
    assertThat(connection.isOpen()).isFalse();
    assertThatThrownBy(() -> connection.login(server.credentials()))
        .isInstanceOf(SmbClosedException.class);
  }

  @Test
  void wrongPasswordLeavesOtherSessionsOfTheConnectionAlone() throws Exception {
    SmbConnection connection = client.connect(server.host(), server.port());
    Credentials wrong =
        Credentials.password(server.domain(), server.user(), "not the password".toCharArray());
    try (SmbSession session = connection.login(server.credentials())) {
      assertLogonFailure(() -> connection.login(wrong), server.user());
      assertThat(session.isOpen()).isTrue();
      session.share(server.share("work")).close();
    }
  }

  @Test
  void unknownUser() throws Exception {
    SmbConnection connection = client.connect(server.host(), server.port());
    assertLogonFailure(
        () -> connection.login(
            Credentials.password(server.domain(), "nobody-of-that-name", server.password())),
        "nobody-of-that-name");
    assertThat(connection.isOpen()).isFalse();
  }

  @Test
  void wipedCredentials() throws Exception {
    Credentials wiped = server.credentials();
    wiped.close();
    SmbConnection connection = client.connect(server.host(), server.port());
    assertThatThrownBy(() -> connection.login(wiped)).isInstanceOf(SmbClosedException.class);
    connection.close();
  }

  @Test
  void nobodyListens() throws Exception {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    assertThatThrownBy(() -> client.connect("127.0.0.1", port))
        .isInstanceOf(SmbTransportException.class)
        .hasMessageContaining("127.0.0.1:" + port);
  }

  @Test
  void unknownHost() {
    assertThatThrownBy(() -> client.connect("host.invalid", server.port()))
        .isInstanceOf(SmbTransportException.class)
        .hasMessageContaining("host.invalid");
  }

  @Test
  void anonymousReadsWhatIsForGuests() throws Exception {
    String guest = server.share("guest");
    try (SmbSession session =
            client.connect(server.host(), server.port()).login(Credentials.anonymous());
        SmbShare share = session.share(guest);
        KeyedOpen keyed = share.openWithResumeKey("welcome.txt")) {
      assertThat(session.security().signing()).isNull();
      assertThat(keyed.key().bytes()).hasSize(24);
    }
  }

  @Test
  void anonymousGetsNothingElse() throws Exception {
    try (SmbSession session =
        client.connect(server.host(), server.port()).login(Credentials.anonymous())) {
      assertStatus(
          NtStatus.ACCESS_DENIED, Command.TREE_CONNECT, () -> session.share(server.share("work")));
    }
  }

  @Test
  void writingToAReadOnlyShare() throws Exception {
    String path = scratch.write("readonly", "a.bin", new byte[1]);
    try (SmbSession session = server.login(client);
        SmbShare share = session.share(server.share("readonly"))) {
      assertStatus(
          NtStatus.ACCESS_DENIED, Command.CREATE, () -> share.open(path, OpenOptions.write()));
      assertStatus(
          NtStatus.ACCESS_DENIED,
          Command.CREATE,
          () -> share.open(scratch.path("new.bin"), OpenOptions.createNew()));
      share.openWithResumeKey(path).close();
    }
  }

  @Test
  void creatingWhatExists() throws Exception {
    String path = scratch.write("work", "a.bin", new byte[1]);
    try (SmbShare share = work()) {
      assertStatus(
          NtStatus.OBJECT_NAME_COLLISION,
          Command.CREATE,
          () -> share.open(path, OpenOptions.createNew()));
    }
  }

  /** The client says in its NEGOTIATE that it does not encrypt, and Samba draws the conclusion. */
  @Test
  void aShareThatDemandsEncryptionIsDeniedToAClientWithoutIt() throws Exception {
    String encrypted = server.share("encrypted");
    SmbConfig config = SmbConfig.builder()
        .security(security -> security.encryption(Encryption.OFF))
        .build();
    try (SmbClient plain = SmbClient.create(config);
        SmbSession session = server.login(plain)) {
      assertStatus(NtStatus.ACCESS_DENIED, Command.TREE_CONNECT, () -> session.share(encrypted));
      session.share(server.share("work")).close();
    }
  }

  @Test
  void aControlCodeThatNobodyKnows() throws Exception {
    try (SmbShare share = work();
        SmbFile file = share.open(aFile(), OpenOptions.read())) {
      assertThatThrownBy(() -> file.ioctl(FSCTL_OF_NOBODY, NO_INPUT, 64))
          .isInstanceOf(SmbNotSupportedException.class)
          .hasMessageContaining("0x%08x".formatted(FSCTL_OF_NOBODY));
    }
  }

  @Test
  void aRawResumeKeyIsThirtyTwoBytes() throws Exception {
    try (SmbShare share = work();
        SmbFile file = share.open(aFile(), OpenOptions.read())) {
      IoctlResult result = file.ioctl(FsctlCode.SRV_REQUEST_RESUME_KEY, NO_INPUT, 65_536);
      assertThat(result.status()).isEqualTo(NtStatus.SUCCESS);
      assertThat(result.isComplete()).isTrue();
      assertThat(result.output().size()).isEqualTo(32);
      assertThatThrownBy(() -> file.ioctl(FsctlCode.SRV_REQUEST_RESUME_KEY, NO_INPUT, 31))
          .isInstanceOf(SmbBufferTooSmallException.class);
    }
  }

  @Test
  void aResumeKeyRequestWithInputIsAnswered() throws Exception {
    try (SmbShare share = work();
        SmbFile file = share.open(aFile(), OpenOptions.read())) {
      ByteBuffer input = ByteBuffer.allocate(8);
      assertThat(
              file.ioctl(FsctlCode.SRV_REQUEST_RESUME_KEY, input, 32).output().size())
          .isEqualTo(32);
      assertThat(input.remaining()).isEqualTo(8);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 15})
  void allocatedRangesIntoTooSmallABuffer(int bytes) throws Exception {
    try (SmbShare share = work();
        SmbFile file = share.open(aFile(), OpenOptions.read())) {
      assertThatThrownBy(() -> file.ioctl(FsctlCode.QUERY_ALLOCATED_RANGES, wholeFile(), bytes))
          .isInstanceOf(SmbBufferTooSmallException.class);
      IoctlResult ranges = file.ioctl(FsctlCode.QUERY_ALLOCATED_RANGES, wholeFile(), 4096);
      assertThat(ranges.output().size()).isEqualTo(16);
    }
  }

  @Test
  void aCopyBeyondTheSourceTellsHowFarItCame() throws Exception {
    try (SmbShare share = work();
        KeyedOpen keyed = share.openWithResumeKey(aFile());
        SmbFile target = share.open(scratch.path("target.bin"), OpenOptions.createNew())) {
      byte[] key = keyed.key().bytes();
      assertThatThrownBy(() -> ServerSideCopy.copy(key, target, 101))
          .isInstanceOfSatisfying(SmbStatusException.class, e -> {
            assertThat(e.status()).isEqualTo(NtStatus.INVALID_VIEW_SIZE);
            assertThat(SrvCopyChunkResponse.readOutput(e.output().reader()))
                .isEqualTo(new SrvCopyChunkResponse(0, 0, 0));
          });
    }
  }

  @Test
  void aCopyBeyondTheLimitsTellsTheLimits() throws Exception {
    try (SmbShare share = work();
        KeyedOpen keyed = share.openWithResumeKey(aFile());
        SmbFile target = share.open(scratch.path("target.bin"), OpenOptions.createNew())) {
      byte[] key = keyed.key().bytes();
      assertThatThrownBy(() -> ServerSideCopy.copy(key, target, (1 << 20) + 1))
          .isInstanceOfSatisfying(SmbStatusException.class, e -> {
            assertThat(e.status()).isEqualTo(NtStatus.INVALID_PARAMETER);
            assertThat(SrvCopyChunkResponse.readOutput(e.output().reader()))
                .isEqualTo(new SrvCopyChunkResponse(256, 1 << 20, 16 << 20));
          });
    }
  }

  @Test
  void closedObjectsRefuseEveryCall() throws Exception {
    String path = aFile();
    SmbSession session = server.login(client);
    SmbShare share = session.share(server.share("work"));
    SmbFile file = share.open(path, OpenOptions.read());
    file.close();
    assertClosed(file::requestResumeKey);
    assertClosed(() -> file.ioctl(FsctlCode.SRV_REQUEST_RESUME_KEY, NO_INPUT, 32));
    assertThat(file.isOpen()).isFalse();
    file.close();
    share.close();
    assertClosed(() -> share.open(path, OpenOptions.read()));
    assertClosed(() -> share.openWithResumeKey(path));
    share.close();
    session.close();
    assertClosed(() -> session.share("work"));
    session.close();
    client.close();
    assertClosed(() -> client.connect(server.host(), server.port()));
    client.close();
  }

  @Test
  void closingTheShareClosesItsFiles() throws Exception {
    SmbShare share = work();
    SmbFile file = share.open(aFile(), OpenOptions.read());
    share.close();
    assertThat(file.isOpen()).isFalse();
    assertClosed(file::requestResumeKey);
    file.close();
  }

  @Test
  void theServerGoesAway() throws Exception {
    try (WireRecorder recorder = WireRecorder.before(server)) {
      SmbShare share = client
          .connect(recorder.host(), recorder.port())
          .login(server.credentials())
          .share(server.share("work"));
      String path = aFile();
      recorder.close();
      assertThatThrownBy(() -> share.async().openWithResumeKey(path).get(20, SECONDS))
          .hasCauseInstanceOf(SmbException.class);
      assertThatThrownBy(() -> share.openWithResumeKey(path))
          .isInstanceOf(SmbTransportException.class);
      assertThat(share.isOpen()).isFalse();
    }
  }

  private String aFile() {
    return scratch.write("work", "a.bin", Scratch.content(1, 100));
  }

  private SmbShare work() throws IOException {
    return server.login(client).share(server.share("work"));
  }

  private static ByteBuffer wholeFile() {
    return ByteBuffer.allocate(16)
        .order(ByteOrder.LITTLE_ENDIAN)
        .putLong(0)
        .putLong(Long.MAX_VALUE)
        .flip();
  }

  private static void assertStatus(NtStatus status, Command command, ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOfSatisfying(SmbStatusException.class, e -> {
      assertThat(e.status()).isEqualTo(status);
      assertThat(e.command()).isEqualTo(command);
      assertThat(e.scope()).isEqualTo(SmbException.Scope.REQUEST);
    });
  }

  private static void assertLogonFailure(ThrowingCallable call, String user) {
    assertThatThrownBy(call).isInstanceOfSatisfying(SmbAuthenticationException.class, e -> {
      assertThat(e.status()).isEqualTo(NtStatus.LOGON_FAILURE);
      assertThat(e).hasMessageContaining(user);
    });
  }

  private static void assertClosed(ThrowingCallable call) {
    assertThatThrownBy(call).isInstanceOf(SmbClosedException.class);
  }
}
