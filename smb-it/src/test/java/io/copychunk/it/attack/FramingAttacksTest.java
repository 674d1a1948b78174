package io.copychunk.it.attack;

import static io.copychunk.it.fixture.hostile.Mutation.BODY;
import static io.copychunk.testing.Awaited.failure;
import static io.copychunk.testing.Awaited.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.client.IoctlResult;
import io.copychunk.client.config.SmbConfig;
import io.copychunk.client.error.SmbProtocolException;
import io.copychunk.client.error.SmbTimeoutException;
import io.copychunk.client.error.SmbTransportException;
import io.copychunk.it.fixture.hostile.Delivery;
import io.copychunk.it.fixture.hostile.HostileServer;
import io.copychunk.it.fixture.hostile.Mutation;
import io.copychunk.message.IoctlRequest;
import io.copychunk.message.fsctl.SrvCopyChunk;
import io.copychunk.message.fsctl.SrvCopyChunkCopy;
import io.copychunk.message.fsctl.SrvCopyChunkResponse;
import io.copychunk.testing.Responses;
import io.copychunk.wire.Command;
import io.copychunk.wire.HeaderFlags;
import io.copychunk.wire.Octets;
import io.copychunk.wire.WireWriter;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Section 1, first half: frames, headers, offsets and lengths. */
@Attack
class FramingAttacksTest {
  private static final int MAX_TRANSACT = 8_388_608;
  private static final int OUTPUT_COUNT = BODY + 36;
  private static final String NOT_FINISHED = "a frame was begun and not finished";

  private final HostileServer server = HostileServer.listening();
  private final AttackedClient client = new AttackedClient(server);

  @AfterEach
  void end() {
    client.close();
  }

  @ParameterizedTest
  @ValueSource(ints = {65_536 + 1024 + 52 + 1, 0x00FF_FFFF})
  @DisplayName("#1 a frame that is too large before NEGOTIATE has ended")
  void attack01_largeFrameBeforeNegotiation(int size) {
    server.on(Command.NEGOTIATE).delivers(Delivery.announcedAs(size));

    assertThat(client.fatal(SmbProtocolException.class, client.connecting()))
        .hasMessageContaining("frame prefix");
  }

  @ParameterizedTest
  @ValueSource(ints = {MAX_TRANSACT + 1024 + 52 + 1, 0x00FF_FFFF})
  @DisplayName("#1 a frame that is larger than anything that was negotiated")
  void attack01_largeFrame(int size) {
    server.on(Command.IOCTL).delivers(Delivery.announcedAs(size));

    assertThat(client.fatal(SmbProtocolException.class, client.key()))
        .hasMessageContaining("frame prefix");
  }

  @Test
  @DisplayName("#1 a frame that is larger than the configured ceiling, whatever was negotiated")
  void attack01_ceiling() {
    client.using(SmbConfig.builder()
        .transport(transport -> transport.maxFrameSize(70_000))
        .build());
    server.on(Command.IOCTL).delivers(Delivery.announcedAs(70_001));

    client.fatal(SmbProtocolException.class, client.key());
  }

  @ParameterizedTest
  @ValueSource(strings = {"NEGOTIATE", "SESSION_SETUP", "TREE_CONNECT", "CREATE", "IOCTL"})
  @DisplayName("#1 a frame that is announced and never sent")
  void attack01_announcedAndNotSent(Command command) {
    client.using(AttackedClient.impatient());
    server.on(command).delivers(Delivery.announcedOnly());

    assertThat(client.fatal(SmbTimeoutException.class, client.everything()))
        .hasMessageContaining(NOT_FINISHED);
  }

  @Test
  @DisplayName("#1 a frame that comes byte by byte, without end")
  void attack01_drippingBytes() {
    client.using(AttackedClient.impatient());
    server.on(Command.IOCTL).delivers(Delivery.dripping(Duration.ofMillis(50)));

    assertThat(client.fatal(SmbTimeoutException.class, client.key()))
        .hasMessageContaining(NOT_FINISHED);
  }

  @Test
  @DisplayName("#1 the connection is closed at every byte boundary of every answer")
  void attack01_closedAtEveryByte() {
    for (Command command : List.of(
        Command.NEGOTIATE,
        Command.SESSION_SETUP,
        Command.TREE_CONNECT,
        Command.CREATE,
        Command.IOCTL)) {
      cutAtEveryByte(command, 1, client::everything);
    }
    cutAtEveryByte(Command.SESSION_SETUP, 2, client::everything);
    cutAtEveryByte(Command.CLOSE, 1, () -> client.file().close());
    cutAtEveryByte(Command.TREE_DISCONNECT, 1, () -> client.share().close());
    assertThat(result(client.everything()).isUsable()).isTrue();
  }

  private void cutAtEveryByte(
      Command command, int which, Supplier<CompletableFuture<?>> conversation) {
    boolean whole = false;
    for (int bytes = 0; !whole; bytes++) {
      int size = bytes;
      List<Integer> left = Collections.synchronizedList(new ArrayList<>());
      server.on(command).nth(which).does((request, answer, out) -> {
        byte[] frame = answer.frame();
        left.add(Delivery.PREFIX_SIZE + frame.length - size);
        Delivery.cutAfter(size).deliver(frame, out);
      });

      assertThat(Foreseen.failure(failure(conversation.get())))
          .isInstanceOf(SmbTransportException.class)
          .hasMessageEndingWith("the server has closed the connection");
      assertThat(left).as("answers to %s", command).hasSize(1);
      whole = left.get(0) == 1;
      server.behave();
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 4, 63, 0x0100_0070, 0x8500_0000, 0x8100_0044, 0xFFFF_FFFF})
  @DisplayName("#2 a first byte that is not 0, a length of 0, a length of less than a header")
  void attack02_badPrefix(int prefix) {
    server.on(Command.IOCTL).delivers(Delivery.announcedAs(prefix));

    client.fatal(SmbProtocolException.class, client.key());
  }

  @ParameterizedTest
  @ValueSource(
      longs = {
        0x424D_53FFL,
        0x424D_53FDL,
        0x424D_53FCL,
        0x424D_53FBL,
        0x0000_0000L,
        0x424D_00FEL,
      })
  @DisplayName("#3 SMB1, encrypted without keys, compressed without asking, and what nobody knows")
  void attack03_protocolId(long protocolId) {
    server.on(Command.IOCTL).mutates(Mutation.u32(0, protocolId));

    client.fatal(SmbProtocolException.class, client.key());
  }

  @ParameterizedTest
  @ValueSource(longs = {0x424D_53FFL, 0x424D_53FDL, 0x424D_53FCL})
  @DisplayName("#3 the same in place of the answer to NEGOTIATE")
  void attack03_protocolIdBeforeNegotiation(long protocolId) {
    server.on(Command.NEGOTIATE).mutates(Mutation.u32(0, protocolId));

    client.fatal(SmbProtocolException.class, client.connecting());
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 63, 65, 0xFFFF})
  @DisplayName("#4 a header of another StructureSize")
  void attack04_headerStructureSize(int size) {
    server.on(Command.IOCTL).forges(Mutation.u16(4, size));

    client.fatal(SmbProtocolException.class, client.key());
  }

  @Test
  @DisplayName("#4 a response that says that it is a request")
  void attack04_notAResponse() {
    server.on(Command.IOCTL).forges(Mutation.without(HeaderFlags.SERVER_TO_REDIR));

    assertThat(client.fatal(SmbProtocolException.class, client.key()))
        .hasMessageContaining("SERVER_TO_REDIR");
  }

  @ParameterizedTest
  @ValueSource(strings = {"NEGOTIATE", "SESSION_SETUP", "TREE_CONNECT", "CREATE", "IOCTL"})
  @DisplayName("#5 a body of another StructureSize")
  void attack05_bodyStructureSize(Command command) {
    server.on(command).forges(Mutation.u16(BODY, 0x1234));

    assertThat(client.fatal(SmbProtocolException.class, client.everything()))
        .hasMessageContaining("StructureSize");
  }

  @ParameterizedTest
  @CsvSource({"NEGOTIATE,63", "SESSION_SETUP,7", "NEGOTIATE,0", "SESSION_SETUP,1"})
  @DisplayName("#5 a fixed part that is cut, before there are keys")
  void attack05_truncatedBeforeKeys(Command command, int size) {
    server.on(command).mutates(Mutation.cutTo(BODY + size));

    client.fatal(SmbProtocolException.class, client.everything());
  }

  @ParameterizedTest
  @CsvSource({"TREE_CONNECT,15", "CREATE,87", "IOCTL,47", "IOCTL,0"})
  @DisplayName("#5 a fixed part that is cut and rightly signed")
  void attack05_truncated(Command command, int size) {
    server.on(command).lies(answer -> answer.cutTo(BODY + size));

    client.fatal(SmbProtocolException.class, client.everything());
  }

  @ParameterizedTest
  @CsvSource({
    // beyond the end, over the header, into the fixed part, one byte too many
    "IOCTL, 32, 0x7FFFFFFF, 32",
    "IOCTL, 32, 0, 32",
    "IOCTL, 32, 64, 32",
    "IOCTL, 32, 113, 32",
    // together more than 32 bits
    "IOCTL, 32, 0xFFFFFFF0, 0x20",
    "IOCTL, 32, 0xFFFFFFFF, 0xFFFFFFFF",
    // the same for InputOffset, which nobody wants
    "IOCTL, 24, 0xFFFFFFF0, 0x20",
    "IOCTL, 24, 4, 8",
    "CREATE, 80, 0xFFFFFFF0, 0x20",
    "CREATE, 80, 0, 16",
    "CREATE, 80, 152, 0xFFFFFFFF",
  })
  @DisplayName(
      "#6 32-bit offsets and lengths outside of the message, over its header, or too large")
  void attack06_offsets(Command command, int field, String offset, String length) {
    server
        .on(command)
        .forges(Mutation.u32(BODY + field, Long.decode(offset))
            .then(Mutation.u32(BODY + field + 4, Long.decode(length))));

    client.fatal(SmbProtocolException.class, client.everything());
  }

  @ParameterizedTest
  @CsvSource({
    "NEGOTIATE, 56, 0, 16",
    "NEGOTIATE, 56, 64, 16",
    "NEGOTIATE, 56, 128, 0xFFFF",
    "NEGOTIATE, 56, 0xFFFF, 0xFFFF",
    "SESSION_SETUP, 4, 0, 16",
    "SESSION_SETUP, 4, 72, 0xFFFF",
    "SESSION_SETUP, 4, 0xFFFF, 1",
  })
  @DisplayName("#6 the same with 16 bits, before there are keys")
  void attack06_offsetsBeforeKeys(Command command, int field, String offset, String length) {
    server
        .on(command)
        .mutates(Mutation.u16(BODY + field, Integer.decode(offset))
            .then(Mutation.u16(BODY + field + 2, Integer.decode(length))));

    client.fatal(SmbProtocolException.class, client.everything());
  }

  @Test
  @DisplayName("#6 an offset to nowhere is of no account where the length is 0")
  void attack06_offsetOfNothing() {
    server.on(Command.IOCTL).forges(Mutation.u32(BODY + 24, 0xFFFF_FFF0L));
    server.on(Command.CREATE).forges(Mutation.u32(BODY + 80, 0xFFFF_FFF0L));

    assertThat(result(client.everything()).isUsable()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(longs = {0x8000_0000L, 0xFFFF_FFFFL, 0x7FFF_FFFFL})
  @DisplayName("#7 lengths that are negative as an int, or near it")
  void attack07_negativeLengths(long length) {
    server.on(Command.IOCTL).forges(Mutation.u32(OUTPUT_COUNT, length));

    client.fatal(SmbProtocolException.class, client.key());
  }

  @ParameterizedTest
  @CsvSource({"40,AllocationSize", "48,EndOfFile"})
  @DisplayName("#7 sizes of 2^63 and more")
  void attack07_negativeSizes(int field, String name) {
    server.on(Command.CREATE).forges(Mutation.u64(BODY + field, Long.MIN_VALUE));

    assertThat(client.fatal(SmbProtocolException.class, client.opening()))
        .hasMessageContaining(name);
  }

  @ParameterizedTest
  @ValueSource(
      longs = {1, 8, 63, 65, 76, 88, 200, 0x7FFF_FFF8L, 0x8000_0000L, 0xFFFF_FFC0L, 0xFFFF_FFF8L})
  @DisplayName("#8 NextCommand: short, unaligned, beyond the end, backward")
  void attack08_nextCommand(long next) {
    server.on(Command.IOCTL).forges(Mutation.nextCommand(next));

    client.fatal(SmbProtocolException.class, client.key());
  }

  @Test
  @DisplayName("#8 a frame of more messages than anybody waits for")
  void attack08_moreElementsThanRequests() {
    server.on(Command.IOCTL).does((request, answer, out) -> {
      byte[] element = Mutation.stripSignature()
          .then(Mutation.messageId(1_000_000))
          .apply(Arrays.copyOf(answer.frame(), 72));
      ByteBuffer frame = ByteBuffer.allocate(72 * 1000);
      while (frame.hasRemaining()) {
        boolean last = frame.remaining() == element.length;
        frame.put(Mutation.nextCommand(last ? 0 : element.length).apply(element));
      }
      out.frame(frame.array());
    });

    assertThat(client.fatal(SmbProtocolException.class, client.key()))
        .hasMessageContaining("messages in one frame");
  }

  @ParameterizedTest
  @MethodSource("wrongOutputs")
  @DisplayName("#11 more output than was asked for")
  void attack11_outputCount(int size) {
    server
        .on(Command.IOCTL)
        .does((request, answer, out) -> out.frame(request
            .answer(Responses.output(
                request.as(IoctlRequest.class).body(),
                HostileServer.FILE_ID,
                Octets.copyOf(new byte[size])))
            .frame()));

    assertThat(client.fatal(SmbProtocolException.class, client.key()))
        .hasMessageContaining("OutputCount");
  }

  static Stream<Integer> wrongOutputs() {
    return Stream.of(33, 4096, 1 << 20);
  }

  @ParameterizedTest
  @CsvSource({"3,0,20", "2,0,21", "2,11,20", "0xFFFFFFFF,0,0xFFFFFFFF"})
  @DisplayName("#11 a COPYCHUNK that succeeded with more than it was told to copy")
  void attack11_copyChunkCounters(String chunks, String chunkBytes, String total) {
    SrvCopyChunkCopy copy = new SrvCopyChunkCopy(
        Octets.copyOf(new byte[24]),
        List.of(new SrvCopyChunk(0, 0, 10), new SrvCopyChunk(10, 10, 10)),
        true);
    SrvCopyChunkResponse claim =
        new SrvCopyChunkResponse(Long.decode(chunks), Long.decode(chunkBytes), Long.decode(total));
    server
        .on(Command.IOCTL)
        .does((request, answer, out) -> out.frame(request
            .answer(Responses.output(
                request.as(IoctlRequest.class).body(),
                HostileServer.FILE_ID,
                Octets.copyOf(WireWriter.toBytes(claim::writeOutput))))
            .frame()));

    CompletableFuture<IoctlResult> copied = client
        .file()
        .ioctl(copy.controlCode(), ByteBuffer.wrap(WireWriter.toBytes(copy::writeInput)), 12);
    assertThat(client.fatal(SmbProtocolException.class, copied))
        .hasMessageContaining("Written")
        .hasMessageContaining("expected");
  }
}
