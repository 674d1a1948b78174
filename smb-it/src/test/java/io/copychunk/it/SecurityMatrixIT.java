package io.copychunk.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.client.Credentials;
import io.copychunk.client.KeyedOpen;
import io.copychunk.client.OpenOptions;
import io.copychunk.client.SessionSecurity;
import io.copychunk.client.SmbClient;
import io.copychunk.client.SmbFile;
import io.copychunk.client.SmbSession;
import io.copychunk.client.SmbShare;
import io.copychunk.client.config.SecurityPolicy.Encryption;
import io.copychunk.client.config.SmbConfig;
import io.copychunk.crypto.CipherAlgorithm;
import io.copychunk.crypto.SigningAlgorithm;
import io.copychunk.it.fixture.EncryptingSamba;
import io.copychunk.it.fixture.RunsAgainstSamba;
import io.copychunk.it.fixture.SambaServer;
import io.copychunk.it.fixture.Scratch;
import io.copychunk.it.fixture.ServerSideCopy;
import io.copychunk.it.fixture.WireRecorder;
import io.copychunk.it.fixture.WireRecorder.Frame;
import io.copychunk.wire.Command;
import io.copychunk.wire.Dialect;
import io.copychunk.wire.NtStatus;
import io.copychunk.wire.Smb2Header;
import io.copychunk.wire.TransformHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.assertj.core.api.Assertions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every dialect, with each of its signing algorithms, in plain and with each of its ciphers, by
 * whoever can demand it: a key is got and spent, and the wire shows that nothing was unprotected.
 */
@RunsAgainstSamba
class SecurityMatrixIT {
  private static final Set<Command> BEFORE_THERE_IS_A_KEY =
      Set.of(Command.NEGOTIATE, Command.SESSION_SETUP);
  private static final int SIZE = 70_000;
  private static final AtomicInteger GREEN = new AtomicInteger();

  private final SambaServer server;
  private final EncryptingSamba encrypting;

  SecurityMatrixIT(SambaServer server, EncryptingSamba encrypting) {
    this.server = server;
    this.encrypting = encrypting;
  }

  /** Who demands encryption. */
  enum Demand {
    NOBODY,
    /** The server, for the whole session. */
    SESSION,
    /** The share. */
    SHARE,
    /** The client. */
    CLIENT
  }

  record Cell(
      Dialect dialect, SigningAlgorithm signing, @Nullable CipherAlgorithm cipher, Demand demand) {
    @Override
    public String toString() {
      String protection = cipher == null ? "plain" : cipher + " demanded by " + demand;
      return dialect + ", " + signing + ", " + protection;
    }

    /** Offers nothing but what the cell is about, so that nothing else can be agreed on. */
    SmbConfig config() {
      return SmbConfig.builder()
          .security(security -> {
            security
                .minDialect(dialect)
                .maxDialect(dialect)
                .signingAlgorithms(List.of(signing))
                .encryption(demand == Demand.CLIENT ? Encryption.REQUIRED : Encryption.IF_OFFERED);
            return cipher == null ? security : security.ciphers(List.of(cipher));
          })
          .build();
    }

    String share() {
      return demand == Demand.SHARE ? "encrypted" : "work";
    }
  }

  static Stream<Cell> everyCell() {
    List<Cell> cells = new ArrayList<>();
    for (Dialect dialect : Dialect.values()) {
      for (SigningAlgorithm signing : signingAlgorithms(dialect)) {
        cells.add(new Cell(dialect, signing, null, Demand.NOBODY));
        for (CipherAlgorithm cipher : ciphers(dialect)) {
          cells.add(new Cell(dialect, signing, cipher, Demand.SESSION));
          cells.add(new Cell(dialect, signing, cipher, Demand.SHARE));
          cells.add(new Cell(dialect, signing, cipher, Demand.CLIENT));
        }
      }
    }
    return cells.stream();
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("everyCell")
  void aKeyIsGotAndSpentUnderProtection(Cell cell) throws Exception {
    SambaServer target = cell.demand() == Demand.SESSION ? encrypting.get() : server;
    byte[] content = Scratch.content(cell.toString().hashCode(), SIZE);
    try (Scratch scratch = new Scratch(target);
        WireRecorder recorder = WireRecorder.before(target)) {
      String source = scratch.write(cell.share(), "source.bin", content);
      try (SmbClient client = SmbClient.create(cell.config());
          Credentials credentials = target.credentials();
          SmbSession session = client.connect(recorder.host(), recorder.port()).login(credentials);
          SmbShare share = session.share(target.share(cell.share()));
          KeyedOpen keyed = share.openWithResumeKey(source);
          SmbFile copy = share.open(scratch.path("copy.bin"), OpenOptions.createNew())) {
        assertSecurity(session.security(), cell, cell.demand() != Demand.SHARE);
        assertSecurity(share.security(), cell, true);
        ServerSideCopy.copy(keyed.key().bytes(), copy, SIZE);
      }
      recorder.awaitEnd();
      assertThat(scratch.read(cell.share(), "copy.bin")).isEqualTo(content);
      if (cell.cipher() == null) {
        assertEverythingIsSigned(recorder.frames());
      } else {
        assertEverythingIsEncrypted(recorder.frames(), cell);
      }
    }
    GREEN.incrementAndGet();
  }

  @AfterAll
  static void tell() {
    System.out.println("SecurityMatrixIT: " + GREEN.getAndSet(0) + " cells green");
  }

  @Test
  void theMatrixHasFortyNineCells() {
    assertThat(everyCell()).doesNotHaveDuplicates().hasSize(49);
  }

  private static List<SigningAlgorithm> signingAlgorithms(Dialect dialect) {
    return dialect == Dialect.SMB_3_1_1
        ? List.of(SigningAlgorithm.values())
        : List.of(SigningAlgorithm.fixedFor(dialect));
  }

  private static List<CipherAlgorithm> ciphers(Dialect dialect) {
    if (dialect == Dialect.SMB_3_1_1) {
      return List.of(CipherAlgorithm.values());
    }
    return dialect.isAtLeast(Dialect.SMB_3_0) ? List.of(CipherAlgorithm.AES_128_CCM) : List.of();
  }

  private static void assertSecurity(SessionSecurity security, Cell cell, boolean encrypted) {
    assertThat(security.dialect()).isEqualTo(cell.dialect());
    assertThat(security.signing()).isEqualTo(cell.signing());
    assertThat(security.encryption()).isEqualTo(encrypted ? cell.cipher() : null);
    assertThat(security.identity()).isEqualTo(SessionSecurity.Identity.USER);
    assertThat(security.mechanism()).isEqualTo("NTLMv2");
  }

  private static void assertEverythingIsSigned(List<Frame> frames) {
    assertThat(frames).noneMatch(Frame::isEncrypted);
    List<Smb2Header> headers = frames.stream()
        .flatMap(frame -> frame.headers().stream())
        .filter(header -> !BEFORE_THERE_IS_A_KEY.contains(header.command()))
        .toList();
    assertThat(headers.stream().map(Smb2Header::command))
        .contains(
            Command.TREE_CONNECT,
            Command.CREATE,
            Command.IOCTL,
            Command.CLOSE,
            Command.TREE_DISCONNECT,
            Command.LOGOFF);
    assertThat(headers)
        .allMatch(header -> header.isSigned() || header.status().equals(NtStatus.PENDING));
    assertThat(headers(frames))
        .filteredOn(header -> header.command() == Command.SESSION_SETUP && header.isResponse())
        .last()
        .matches(Smb2Header::isSigned, "the end of the login is signed");
  }

  /**
   * A session is encrypted from its login to its end, a share from its TREE_CONNECT to its
   * TREE_DISCONNECT, which leaves the signed LOGOFF.
   */
  private static void assertEverythingIsEncrypted(List<Frame> frames, Cell cell) {
    int first = indexOfFirstEncrypted(frames);
    List<Smb2Header> before = headers(frames.subList(0, first));
    List<Frame> rest = frames.subList(first, frames.size());
    Command lastBefore =
        cell.demand() == Demand.SHARE ? Command.TREE_CONNECT : Command.SESSION_SETUP;
    Smb2Header last = before.get(before.size() - 1);
    assertThat(last.command()).isEqualTo(lastBefore);
    assertThat(last.status()).isEqualTo(NtStatus.SUCCESS);
    assertThat(last.isSigned()).isTrue();
    List<Frame> encrypted = rest;
    if (cell.demand() == Demand.SHARE) {
      encrypted = rest.subList(0, rest.size() - 2);
      List<Smb2Header> logoff = headers(rest.subList(rest.size() - 2, rest.size()));
      assertThat(logoff)
          .allMatch(header -> header.command() == Command.LOGOFF && header.isSigned());
      assertThat(before.stream().map(Smb2Header::command).distinct())
          .containsExactly(Command.NEGOTIATE, Command.SESSION_SETUP, Command.TREE_CONNECT);
      assertThat(before)
          .filteredOn(header -> header.command() == Command.TREE_CONNECT)
          .hasSize(2)
          .allMatch(Smb2Header::isSigned);
    } else {
      assertThat(before.stream().map(Smb2Header::command).distinct())
          .containsExactly(Command.NEGOTIATE, Command.SESSION_SETUP);
    }
    assertThat(encrypted).allMatch(Frame::isEncrypted);
    for (boolean toServer : new boolean[] {true, false}) {
      List<TransformHeader> transforms = encrypted.stream()
          .filter(frame -> frame.toServer() == toServer)
          .map(Frame::transform)
          .toList();
      // What the test does: key, open, copy, twice close, disconnect.
      assertThat(transforms).hasSizeGreaterThanOrEqualTo(6);
      assertThat(transforms).allMatch(header -> header.sessionId() == last.sessionId());
      assertThat(transforms).allMatch(header -> header.flags() == TransformHeader.ENCRYPTED);
      assertThat(transforms.stream().map(TransformHeader::nonce))
          .as("a nonce is used once")
          .doesNotHaveDuplicates();
    }
  }

  private static int indexOfFirstEncrypted(List<Frame> frames) {
    for (int i = 0; i < frames.size(); i++) {
      if (frames.get(i).isEncrypted()) {
        return i;
      }
    }
    return Assertions.fail("not a single frame is encrypted");
  }

  private static List<Smb2Header> headers(List<Frame> frames) {
    return frames.stream().flatMap(frame -> frame.headers().stream()).toList();
  }
}
