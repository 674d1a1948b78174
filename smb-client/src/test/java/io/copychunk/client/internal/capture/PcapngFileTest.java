package io.copychunk.client.internal.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The form of the file; whether Wireshark likes it, tests against a real server tell. */
class PcapngFileTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.ofEpochSecond(1_700_000_000, 123_456_789), ZoneOffset.UTC);

  @TempDir
  private Path directory;

  private record Block(int type, ByteBuffer body) {}

  @Test
  void creatingItFailsWhenItsBeginningCanNotBeWritten() {
    Path path = directory.resolve("a");
    Thread.currentThread().interrupt();
    assertThatThrownBy(() -> PcapngFile.create(path, CLOCK)).isInstanceOf(IOException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(path).doesNotExist();
  }

  /** A frame that was released tells whether somebody has looked at it. */
  @Test
  void afterAFailureFramesAreNotEvenLookedAt() throws Exception {
    InetSocketAddress address = new InetSocketAddress("10.1.2.3", 1445);
    ByteBuf frame = Unpooled.wrappedBuffer(new byte[] {1, 2, 3});
    frame.release();
    try (PcapngFile file = PcapngFile.create(directory.resolve("a"), CLOCK);
        PcapngFile.Conversation talk = file.open("one", address, address)) {
      Thread.currentThread().interrupt();
      talk.sent(Unpooled.wrappedBuffer(new byte[] {1}));
      assertThat(Thread.interrupted()).isTrue();
      talk.sent(frame);
    }
  }

  @Test
  void framesComeBackWhateverTheirSizeAndAddresses() throws Exception {
    for (String server : List.of("10.1.2.3", "fd00::3")) {
      Path path = directory.resolve("a" + server.length());
      InetSocketAddress client =
          new InetSocketAddress(server.contains(":") ? "fd00::1" : "10.1.2.1", 50_123);
      byte[] small = {1, 2, 3};
      byte[] large = new byte[200_001];
      new Random(1).nextBytes(large);
      try (PcapngFile file = PcapngFile.create(path, CLOCK);
          PcapngFile.Conversation talk =
              file.open("one", client, new InetSocketAddress(server, 1445))) {
        ByteBuf frame = Unpooled.wrappedBuffer(small);
        talk.sent(frame);
        assertThat(frame.readableBytes()).isEqualTo(3);
        talk.received(Unpooled.wrappedBuffer(large));
      }

      List<ByteBuffer> packets = packets(path);
      assertThat(payload(packets, true)).isEqualTo(prefixed(small));
      assertThat(payload(packets, false)).isEqualTo(prefixed(large));
      assertThat(packets).hasSize(3 + 1 + 4 + 4).allMatch(PcapngFileTest::checksumIsRight);
    }
  }

  @Test
  void timeIsInNanoseconds() throws Exception {
    Path path = directory.resolve("a");
    InetSocketAddress any = InetSocketAddress.createUnresolved("any", 1);
    try (PcapngFile file = PcapngFile.create(path, CLOCK)) {
      file.open("one", any, any);
    }
    ByteBuffer body = blocks(path).get(2).body();
    long nanos = (body.getInt(4) & 0xFFFF_FFFFL) << 32 | body.getInt(8) & 0xFFFF_FFFFL;
    assertThat(nanos).isEqualTo(1_700_000_000_123_456_789L);
  }

  @Test
  void connectionsHavePortsOfTheirOwn() throws Exception {
    Path path = directory.resolve("a");
    InetSocketAddress same = new InetSocketAddress("127.0.0.1", 50_000);
    try (PcapngFile file = PcapngFile.create(path, CLOCK)) {
      file.open("one", same, same);
      file.open("two", same, same);
    }
    assertThat(packets(path).stream()
            .filter(PcapngFileTest::toServer)
            .map(packet -> packet.getShort(20) & 0xFFFF)
            .distinct())
        .containsExactly(49_152, 49_153);
  }

  @Test
  void afterItsEndAConversationIsSilent() throws Exception {
    Path path = directory.resolve("a");
    InetSocketAddress any = InetSocketAddress.createUnresolved("any", 1);
    try (PcapngFile file = PcapngFile.create(path, CLOCK)) {
      PcapngFile.Conversation talk = file.open("one", any, any);
      talk.close();
      talk.close();
      talk.received(Unpooled.wrappedBuffer(new byte[9]));
    }
    assertThat(packets(path)).hasSize(7);
  }

  /** Blocks whose two lengths agree, one after the other up to the end of the file. */
  private static List<Block> blocks(Path path) throws IOException {
    ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
    List<Block> blocks = new ArrayList<>();
    while (file.hasRemaining()) {
      int start = file.position();
      int type = file.getInt();
      int size = file.getInt();
      assertThat(size % 4).isZero();
      assertThat(file.getInt(start + size - 4)).isEqualTo(size);
      blocks.add(new Block(type, file.slice(start + 8, size - 12).order(ByteOrder.LITTLE_ENDIAN)));
      file.position(start + size);
    }
    assertThat(blocks.stream().limit(2).map(Block::type)).containsExactly(0x0A0D0D0A, 1);
    return blocks;
  }

  private static List<ByteBuffer> packets(Path path) throws IOException {
    return blocks(path).stream()
        .filter(block -> block.type() == 6)
        .map(block -> block.body().slice(20, block.body().getInt(12)))
        .toList();
  }

  private static int ipSize(ByteBuffer packet) {
    return packet.get(0) >>> 4 == 4 ? 20 : 40;
  }

  private static boolean toServer(ByteBuffer packet) {
    return packet.getShort(ipSize(packet) + 2) == 445;
  }

  private static byte[] payload(List<ByteBuffer> packets, boolean toServer) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (ByteBuffer packet : packets) {
      int start = ipSize(packet) + ((packet.get(ipSize(packet) + 12) & 0xF0) >> 2);
      if (toServer(packet) == toServer) {
        byte[] bytes = new byte[packet.limit() - start];
        packet.get(start, bytes);
        all.writeBytes(bytes);
      }
    }
    return all.toByteArray();
  }

  private static byte[] prefixed(byte[] frame) {
    return ByteBuffer.allocate(4 + frame.length).putInt(frame.length).put(frame).array();
  }

  /** With the checksum in it, everything that it covers sums up to 0xFFFF (RFC 1071). */
  private static boolean checksumIsRight(ByteBuffer packet) {
    int ip = ipSize(packet);
    int addresses = ip == 20 ? 12 : 8;
    long sum = 6 + packet.limit() - ip;
    for (int i = addresses; i < packet.limit(); i++) {
      sum += i % 2 == 0 ? (packet.get(i) & 0xFF) << 8 : packet.get(i) & 0xFF;
    }
    return sum % 0xFFFF == 0;
  }
}
