package io.copychunk.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.client.KeyedOpen;
import io.copychunk.client.OpenOptions;
import io.copychunk.client.SmbClient;
import io.copychunk.client.SmbFile;
import io.copychunk.client.SmbSession;
import io.copychunk.client.SmbShare;
import io.copychunk.it.fixture.PcapFile;
import io.copychunk.it.fixture.RunsAgainstSamba;
import io.copychunk.it.fixture.SambaServer;
import io.copychunk.it.fixture.Scratch;
import io.copychunk.it.fixture.ServerSideCopy;
import io.copychunk.it.fixture.Tshark;
import io.copychunk.it.fixture.WireRecorder;
import io.copychunk.it.fixture.WireRecorder.Frame;
import io.copychunk.wire.Command;
import io.copychunk.wire.Smb2Header;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What really goes over the wire. */
@RunsAgainstSamba
class WireIT {
  private final SambaServer server;
  private final Scratch scratch;

  WireIT(SambaServer server, Scratch scratch) {
    this.server = server;
    this.scratch = scratch;
  }

  @Test
  void fileAndKeyCostOneRoundTripOnceTheShareIsConnected() throws Exception {
    String path = scratch.write("work", "a.bin", Scratch.content(1, 10));
    try (WireRecorder recorder = WireRecorder.before(server);
        SmbClient client = SmbClient.create();
        SmbSession session = login(client, recorder);
        SmbShare share = session.share(server.share("work"))) {
      int before = recorder.frames().size();
      KeyedOpen keyed = share.openWithResumeKey(path);
      List<Frame> exchange = recorder.frames();
      exchange = exchange.subList(before, exchange.size());
      assertThat(commands(exchange, true)).containsExactly(Command.CREATE, Command.IOCTL);
      assertThat(commands(exchange, false)).containsExactly(Command.CREATE, Command.IOCTL);
      assertThat(exchange.stream().filter(Frame::toServer)).hasSize(1);
      assertThat(exchange.get(0).toServer()).isTrue();
      keyed.close();
    }
  }

  /** Samba answers the IOCTL, which it handles asynchronously, in a frame of its own. */
  @Test
  void sambaSplitsTheAnswerOfTheCompound() throws Exception {
    String path = scratch.write("work", "a.bin", Scratch.content(1, 10));
    try (WireRecorder recorder = WireRecorder.before(server);
        SmbClient client = SmbClient.create();
        SmbSession session = login(client, recorder);
        SmbShare share = session.share(server.share("work"))) {
      int before = recorder.frames().size();
      try (KeyedOpen keyed = share.openWithResumeKey(path)) {
        List<Frame> frames = recorder.frames();
        assertThat(keyed.roundTrips()).isEqualTo(1);
        assertThat(frames.subList(before + 1, frames.size())).hasSize(2);
      }
    }
  }

  @Test
  void aSecondKeyOfAnOpenFileCostsOneRequest() throws Exception {
    String path = scratch.write("work", "a.bin", Scratch.content(1, 10));
    try (WireRecorder recorder = WireRecorder.before(server);
        SmbClient client = SmbClient.create();
        SmbSession session = login(client, recorder);
        SmbShare share = session.share(server.share("work"));
        KeyedOpen keyed = share.openWithResumeKey(path)) {
      int before = recorder.frames().size();
      keyed.file().requestResumeKey();
      List<Frame> frames = recorder.frames();
      assertThat(commands(frames.subList(before, frames.size()), true))
          .containsExactly(Command.IOCTL);
    }
  }

  @Test
  void everythingIsSignedOnceTheUserIsLoggedIn() throws Exception {
    String path = scratch.write("work", "a.bin", Scratch.content(1, 10));
    try (WireRecorder recorder = WireRecorder.before(server)) {
      useEverything(recorder, path);
      assertThat(recorder.frames().stream().flatMap(frame -> frame.headers().stream()))
          .filteredOn(header ->
              header.command() != Command.NEGOTIATE && header.command() != Command.SESSION_SETUP)
          .isNotEmpty()
          .allMatch(Smb2Header::isSigned);
    }
  }

  /** What {@code DemoWireIT} leans on. */
  @Test
  void wiresharkWouldComplain(@TempDir Path directory) throws Exception {
    Tshark.require();
    String path = scratch.write("work", "a.bin", Scratch.content(1, 10));
    Path capture = directory.resolve("session.pcap");
    try (WireRecorder recorder = WireRecorder.before(server)) {
      useEverything(recorder, path);
      List<Frame> frames = new ArrayList<>(recorder.frames());
      // The first SESSION_SETUP request announces a security buffer beyond its end.
      byte[] bytes = frames.get(2).bytes().clone();
      bytes[4 + Smb2Header.SIZE + 15] = 0x7F;
      frames.set(2, new Frame(frames.get(2).nanos(), true, bytes));
      PcapFile.write(capture, frames);
    }
    assertThat(Tshark.complaints(capture)).isNotEmpty();
    byte[] packets = Files.readAllBytes(capture);
    PcapFile.write(capture, List.of());
    assertThat(Tshark.complaints(capture)).isEmpty();
    packets[packets.length - 5] ^= 1; // in the last packet's TCP header
    Files.write(capture, packets);
    assertThat(Tshark.complaints(capture)).hasSizeGreaterThan(1);
  }

  /** Login, key, copy, and everything closed in order. */
  private void useEverything(WireRecorder recorder, String path) throws Exception {
    try (SmbClient client = SmbClient.create();
        SmbSession session = login(client, recorder);
        SmbShare share = session.share(server.share("work"));
        KeyedOpen keyed = share.openWithResumeKey(path);
        SmbFile target = share.open(scratch.path("copy.bin"), OpenOptions.createNew())) {
      ServerSideCopy.copy(keyed.key().bytes(), target, (int) keyed.file().size());
    }
    recorder.awaitEnd();
  }

  private SmbSession login(SmbClient client, WireRecorder recorder) throws IOException {
    return client.connect(recorder.host(), recorder.port()).login(server.credentials());
  }

  private static List<Command> commands(List<Frame> frames, boolean toServer) {
    return frames.stream()
        .filter(frame -> frame.toServer() == toServer)
        .flatMap(frame -> frame.headers().stream())
        .map(Smb2Header::command)
        .toList();
  }
}
