package io.copychunk.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.it.fixture.PcapFile;
import io.copychunk.it.fixture.RunsAgainstSamba;
import io.copychunk.it.fixture.SambaServer;
import io.copychunk.it.fixture.Tshark;
import io.copychunk.it.fixture.WireRecorder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo's own code, with its wire tapped; so this stands in its package. */
@RunsAgainstSamba
class DemoWireIT {
  private final SambaServer server;
  private final Path disk;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  DemoWireIT(SambaServer server) {
    this.server = server;
    this.disk = server.directory("work");
  }

  @AfterEach
  void removeItsFiles() throws IOException {
    Files.deleteIfExists(disk.resolve("source.bin"));
    Files.deleteIfExists(disk.resolve("copy.bin"));
  }

  @Test
  void wiresharkFindsNothingToComplainAbout(@TempDir Path directory) throws Exception {
    Tshark.require();
    Path capture = directory.resolve("demo.pcap");

    try (WireRecorder recorder = WireRecorder.before(server)) {
      assertThat(demo(recorder)).isTrue();
      recorder.awaitEnd();
      PcapFile.write(capture, recorder.frames());
    }

    assertThat(out.toString(StandardCharsets.UTF_8)).contains("Equal: ");
    assertThat(Tshark.complaints(capture)).isEmpty();
    assertThat(
            Tshark.fields(capture, "smb2.flags.response == 0", "smb2.cmd", "smb2.ioctl.function"))
        .containsExactly(
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
            "2\t"); // LOGOFF
    assertThat(Tshark.fields(capture, "smb2.nt_status >= 0xc0000000", "smb2.nt_status"))
        .containsExactly("0xc0000016"); // MORE_PROCESSING_REQUIRED, in the middle of the login
  }

  private boolean demo(WireRecorder recorder) throws Exception {
    SmbUrl url = SmbUrl.parse(
        "smb://" + recorder.host() + ":" + recorder.port() + "/" + server.share("work"));
    Terminal terminal =
        new Terminal(out, OutputStream.nullOutputStream(), Map.of(), null, false, false);
    try (Login login = new Login(server.domain(), server.user(), server.password())) {
      return new Demo(terminal, new ServerOptions()).run(url, login, disk);
    }
  }
}
