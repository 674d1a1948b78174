package io.copychunk.client.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.message.CloseRequest;
import io.copychunk.message.CreateRequest;
import io.copychunk.message.IoctlRequest;
import io.copychunk.message.LogoffRequest;
import io.copychunk.message.LogoffResponse;
import io.copychunk.message.TreeConnectRequest;
import io.copychunk.testing.Received;
import io.copychunk.testing.Responses;
import io.copychunk.testing.ScriptedPeer;
import io.copychunk.testing.ScriptedServer;
import io.copychunk.wire.Dialect;
import io.copychunk.wire.FileId;
import io.copychunk.wire.NtStatus;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(20)
class KeyCommandFlowTest {
  private final RecordingTerminal recording = new RecordingTerminal()
      .with("COPYCHUNK_USER", ScriptedServer.DOMAIN + "/" + ScriptedServer.USER)
      .with("COPYCHUNK_PASSWORD", ScriptedServer.PASSWORD);

  static List<NtStatus> serverHasNoResumeKeys() {
    return List.of(NtStatus.NOT_SUPPORTED, NtStatus.INVALID_DEVICE_REQUEST);
  }

  @ParameterizedTest
  @MethodSource
  void serverHasNoResumeKeys(NtStatus refusal, @TempDir Path directory) throws Exception {
    // Nothing but an option makes these files.
    recording
        .with("COPYCHUNK_PCAP", directory.resolve("pcap").toString())
        .with("COPYCHUNK_KEYLOG", directory.resolve("keys").toString());
    try (ScriptedPeer peer = ScriptedPeer.listening()) {
      String url = "//" + peer.host() + ":" + peer.port() + "/share/a.bin";
      CompletableFuture<Integer> exitCode =
          CompletableFuture.supplyAsync(() -> recording.run("key", url));
      ScriptedServer server = new ScriptedServer(peer);
      server.negotiate(Dialect.SMB_3_1_1);
      server.logIn();
      peer.expect(TreeConnectRequest.class).answer(Responses.disk()).treeId(7).send();
      Received<CreateRequest> create = peer.expect(CreateRequest.class);
      peer.sendTogether(
          create.answer(Responses.opened(new FileId(1, 2))),
          peer.expect(IoctlRequest.class).refusal(refusal));
      peer.expect(CloseRequest.class).answer(Responses.closed()).send();
      peer.expect(LogoffRequest.class).answer(new LogoffResponse()).send();
      peer.expectEnd();

      assertThat(exitCode.get(10, TimeUnit.SECONDS)).isEqualTo(5);
    }
    assertThat(recording.out()).isEmpty();
    assertThat(recording.err()).startsWith("copychunk: not supported").hasLineCount(1);
    assertThat(directory).isEmptyDirectory();
  }
}
