package io.copychunk.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.client.KeyedOpen;
import io.copychunk.client.OpenOptions;
import io.copychunk.client.SmbClient;
import io.copychunk.client.SmbFile;
import io.copychunk.client.SmbSession;
import io.copychunk.client.SmbShare;
import io.copychunk.client.config.SecurityPolicy.Encryption;
import io.copychunk.client.config.SmbConfig;
import io.copychunk.crypto.CipherAlgorithm;
import io.copychunk.it.fixture.CommandRun;
import io.copychunk.it.fixture.PcapFile;
import io.copychunk.it.fixture.RunsAgainstSamba;
import io.copychunk.it.fixture.SambaServer;
import io.copychunk.it.fixture.Scratch;
import io.copychunk.it.fixture.ServerSideCopy;
import io.copychunk.it.fixture.Tshark;
import io.copychunk.it.fixture.WireRecorder;
import io.copychunk.wire.Dialect;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the files of {@code SmbConfig.diagnostics()} are good for, by the judgement of Wireshark. */
@RunsAgainstSamba
class DiagnosticsIT {
  private static final String ENCRYPTED = "smb2.header.transform.nonce";
  private static final String[] WHOLE_SESSION = {
    "0\t", // NEGOTIATE
    "1\t", // SESSION_SETUP
    "1\t",
    "3\t", // TREE_CONNECT
    "5,11\t0x00140078", // CREATE and the key
    "5\t", // CREATE the target
    "11\t0x001480f2", // COPYCHUNK_WRITE
    "6\t", // CLOSE
    "6\t",
    "4\t", // TREE_DISCONNECT
    "2\t" // LOGOFF
  };

  private final SambaServer server;
  private final Scratch scratch;

  DiagnosticsIT(SambaServer server, Scratch scratch) {
    this.server = server;
    this.scratch = scratch;
  }

  @ParameterizedTest
  @EnumSource
  void aCaptureShowsTheWholeSessionInPlaintext(Encryption encryption, @TempDir Path directory)
      throws Exception {
    Tshark.require();
    Path pcap = directory.resolve("session.pcapng");

    use(
        server.host(),
        server.port(),
        SmbConfig.builder()
            .security(security -> security.encryption(encryption))
            .diagnostics(diagnostics -> diagnostics.pcapFile(pcap))
            .build());

    assertThat(Tshark.complaints(pcap)).isEmpty();
    assertThat(Tshark.fields(pcap, "smb2.flags.response == 0", "smb2.cmd", "smb2.ioctl.function"))
        .containsExactly(WHOLE_SESSION);
    assertThat(Tshark.fields(pcap, ENCRYPTED, "frame.number")).isEmpty();
    assertThat(Tshark.fields(pcap, "tcp.flags.syn == 1 || tcp.flags.fin == 1", "tcp.flags"))
        .hasSize(4);
    assertOwnerOnly(pcap);
  }

  @Test
  void aCaptureTellsConnectionsApart(@TempDir Path directory) throws Exception {
    Tshark.require();
    Path pcap = directory.resolve("session.pcapng");
    String path = scratch.write("work", "a.bin", Scratch.content(1, 10));
    SmbConfig config = SmbConfig.builder()
        .diagnostics(diagnostics -> diagnostics.pcapFile(pcap))
        .build();

    try (SmbClient client = SmbClient.create(config);
        SmbSession one = client.connect(server.host(), server.port()).login(server.credentials());
        SmbSession two = client.connect(server.host(), server.port()).login(server.credentials());
        SmbShare first = one.share(server.share("work"));
        SmbShare second = two.share(server.share("work"));
        SmbFile a = first.open(path, OpenOptions.read());
        SmbFile b = second.open(path, OpenOptions.read())) {
      a.requestResumeKey();
      b.requestResumeKey();
    }

    assertThat(Tshark.complaints(pcap)).isEmpty();
    assertThat(Tshark.fields(
            pcap, "smb2.cmd == 11 && smb2.flags.response == 0", "tcp.stream", "tcp.srcport"))
        .containsExactlyInAnyOrder("0\t49152", "1\t49153");
  }

  @ParameterizedTest
  @EnumSource
  void wiresharkDecryptsTheRecordedWireWithTheKeyLog(
      CipherAlgorithm cipher, @TempDir Path directory) throws Exception {
    Tshark.require();
    assertDecrypted(
        SmbConfig.builder()
            .security(
                security -> security.encryption(Encryption.REQUIRED).ciphers(List.of(cipher))),
        directory);
  }

  @Test
  void wiresharkDecryptsSmb302WithTheKeyLog(@TempDir Path directory) throws Exception {
    Tshark.require();
    assertDecrypted(
        SmbConfig.builder()
            .security(security -> security
                .encryption(Encryption.REQUIRED)
                .minDialect(Dialect.SMB_3_0_2)
                .maxDialect(Dialect.SMB_3_0_2)),
        directory);
  }

  private void assertDecrypted(SmbConfig.Builder config, Path directory) throws Exception {
    Path wire = directory.resolve("wire.pcapng");
    Path keys = directory.resolve("keys");
    try (WireRecorder recorder = WireRecorder.before(server)) {
      use(
          recorder.host(),
          recorder.port(),
          config.diagnostics(diagnostics -> diagnostics.keyLogFile(keys)).build());
      recorder.awaitEnd();
      PcapFile.write(wire, recorder.frames());
    }

    assertThat(Files.readAllLines(keys)).hasSize(1);
    assertOwnerOnly(keys);
    List<String> options =
        List.of("-o", "uat:smb2_seskey_list:" + Files.readAllLines(keys).get(0));
    // Without the keys it may take ciphertext for a header, rarely, and read a random number as
    // command.
    assertThat(Tshark.fields(wire, ENCRYPTED, "smb2.cmd"))
        .contains("")
        .doesNotContain("3", "5,11", "11", "2");
    assertThat(Tshark.fieldsWith(options, wire, ENCRYPTED, "smb2.cmd")).doesNotContain("");
    assertThat(Tshark.fieldsWith(
            options, wire, ENCRYPTED + " && smb2.flags.response == 0", "smb2.cmd"))
        .contains("3", "5,11", "11", "2");
  }

  @Test
  void theCommandWritesBothAndWarnsEvenWhenQuiet(@TempDir Path directory) throws Exception {
    Path pcap = directory.resolve("session.pcapng");
    Path keys = directory.resolve("keys");
    String url = "smb://" + server.user() + "@" + server.host() + ":" + server.port() + "/"
        + server.share("work") + "/" + scratch.write("work", "a.bin", new byte[1]);
    List<String> arguments = new ArrayList<>(List.of("key", "-q", url));
    arguments.addAll(List.of("--pcap", pcap.toString(), "--keylog", keys.toString()));
    Map<String, String> password = Map.of(
        "COPYCHUNK_USER", server.user(), "COPYCHUNK_PASSWORD", new String(server.password()));

    CommandRun run = CommandRun.of(password, arguments);
    CommandRun again = CommandRun.of(password, arguments);

    assertThat(run.exitCode()).isZero();
    assertThat(run.err().lines())
        .hasSize(2)
        .allMatch(line -> line.startsWith("copychunk: WARNING: " + directory));
    assertThat(Files.readAllLines(keys)).hasSize(1);
    assertOwnerOnly(pcap);
    assertOwnerOnly(keys);
    assertThat(again.exitCode()).isEqualTo(2);
    assertThat(again.err()).contains("--pcap " + pcap + ": it exists").hasLineCount(1);
    Tshark.require();
    assertThat(Tshark.complaints(pcap)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"-q", "-v"})
  void theCommandSaysOnceThatItCanNotWriteAnyMore(String verbosity, @TempDir Path directory)
      throws Exception {
    Path pcap = directory.resolve("session.pcapng");
    String url = "smb://" + server.user() + "@" + server.host() + ":" + server.port() + "/"
        + server.share("work") + "/" + scratch.write("work", "a.bin", new byte[1]);
    Map<String, String> password = Map.of(
        "COPYCHUNK_USER", server.user(), "COPYCHUNK_PASSWORD", new String(server.password()));

    CommandRun run = CommandRun.ofWithFilesUpTo(
        2, password, List.of("key", verbosity, url, "--pcap", pcap.toString()));

    assertThat(run.exitCode()).isZero();
    assertThat(run.err().lines().filter(line -> line.contains("cannot be written")))
        .hasSize(1);
    assertThat(run.err()
            .lines()
            .filter(line -> line.contains("plaintext") || line.contains("PLAINTEXT")))
        .hasSize(1);
  }

  /** Login, key, copy, and everything closed in order. */
  private void use(String host, int port, SmbConfig config) throws Exception {
    String path = scratch.write("work", "a.bin", Scratch.content(1, 10));
    Files.deleteIfExists(scratch.onDisk("work", "copy.bin"));
    try (SmbClient client = SmbClient.create(config);
        SmbSession session = client.connect(host, port).login(server.credentials());
        SmbShare share = session.share(server.share("work"));
        KeyedOpen keyed = share.openWithResumeKey(path);
        SmbFile target = share.open(scratch.path("copy.bin"), OpenOptions.createNew())) {
      ServerSideCopy.copy(keyed.key().bytes(), target, (int) keyed.file().size());
    }
  }

  private static void assertOwnerOnly(Path file) throws Exception {
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
  }
}
