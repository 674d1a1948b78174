package io.copychunk.it.attack;

import static io.copychunk.it.fixture.hostile.Mutation.BODY;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.copychunk.client.ResumeKey;
import io.copychunk.client.config.SmbConfig;
import io.copychunk.client.error.SmbAuthenticationException;
import io.copychunk.client.error.SmbException;
import io.copychunk.client.error.SmbProtocolException;
import io.copychunk.client.error.SmbStatusException;
import io.copychunk.client.error.SmbTimeoutException;
import io.copychunk.it.fixture.hostile.Delivery;
import io.copychunk.it.fixture.hostile.HostileServer;
import io.copychunk.it.fixture.hostile.Mutation;
import io.copychunk.message.CreateResponse;
import io.copychunk.message.ErrorResponse;
import io.copychunk.message.NegotiateResponse;
import io.copychunk.message.context.CompressionCapabilities;
import io.copychunk.message.context.CreateContext;
import io.copychunk.message.context.ErrorContext;
import io.copychunk.message.context.NegotiateContext;
import io.copychunk.message.context.NetnameNegotiateContextId;
import io.copychunk.message.context.PreauthIntegrityCapabilities;
import io.copychunk.message.context.QueryMaximalAccessResponse;
import io.copychunk.message.context.QueryOnDiskIdResponse;
import io.copychunk.message.context.RdmaTransformCapabilities;
import io.copychunk.message.context.SigningCapabilities;
import io.copychunk.message.context.TransportCapabilities;
import io.copychunk.message.context.UnknownCreateContext;
import io.copychunk.message.context.UnknownNegotiateContext;
import io.copychunk.message.fsctl.SrvCopyChunk;
import io.copychunk.message.fsctl.SrvCopyChunkCopy;
import io.copychunk.message.fsctl.SrvCopyChunkResponse;
import io.copychunk.testing.Responses;
import io.copychunk.testing.ScriptedServer;
import io.copychunk.wire.Command;
import io.copychunk.wire.Dialect;
import io.copychunk.wire.HeaderFlags;
import io.copychunk.wire.MalformedMessageException;
import io.copychunk.wire.NtStatus;
import io.copychunk.wire.Octets;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Section 1: bytes that are not what they say. */
@Attack
class FramingAttacksTest {
  private static final int MAX_TRANSACT = 8_388_608;
  private static final byte[] NTLMSSP = "NTLMSSP\0".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] SIGNING = {8, 0, 4, 0, 0, 0, 0, 0, 1, 0};
  private static final int OUTPUT_COUNT = BODY + 36;

  private final HostileServer server = HostileServer.listening();
  private AttackedClient client = new AttackedClient(server);

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
    using(SmbConfig.builder()
        .transport(transport -> transport.maxFrameSize(70_000))
        .build());
    server.on(Command.IOCTL).delivers(Delivery.announcedAs(70_001));

    client.fatal(SmbProtocolException.class, client.key());
  }

  @ParameterizedTest
  @ValueSource(strings = {"NEGOTIATE", "SESSION_SETUP", "TREE_CONNECT", "CREATE", "IOCTL"})
  @DisplayName("#1 a frame that is announced and never sent")
  void attack01_announcedAndNotSent(Command command) {
    using(AttackedClient.impatient());
    server.on(command).delivers(Delivery.announcedOnly());

    client.fatal(SmbTimeoutException.class, client.everything());
  }

  @Test
  @DisplayName("#1 a frame that comes byte by byte, without end")
  void attack01_drippingBytes() {
    using(AttackedClient.impatient());
    server.on(Command.IOCTL).delivers(Delivery.dripping(Duration.ofMillis(50)));

    client.fatal(SmbTimeoutException.class, client.key());
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
      boolean whole = false;
      for (int bytes = 0; !whole; bytes++) {
        int size = bytes;
        List<Integer> left = Collections.synchronizedList(new ArrayList<>());
        server.on(command).nth(1).does((request, answer, out) -> {
          byte[] frame = answer.frame();
          left.add(Delivery.PREFIX_SIZE + frame.length - size);
          Delivery.cutAfter(size).deliver(frame, out);
        });

        Throwable failure = AttackedClient.failure(client.everything());

        assertThat(failure).isInstanceOf(SmbException.class);
        assertThat(((SmbException) failure).scope()).isEqualTo(SmbException.Scope.CONNECTION);
        assertThat(left).as("answers to %s", command).hasSize(1);
        whole = left.get(0) == 1;
        server.behave();
      }
    }
    assertThat(AttackedClient.result(client.everything()).isUsable()).isTrue();
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

    assertThat(AttackedClient.result(client.everything()).isUsable()).isTrue();
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
                (io.copychunk.message.IoctlRequest) request.body(),
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
        false);
    byte[] output = WireWriter.toBytes(new SrvCopyChunkResponse(
        Long.decode(chunks), Long.decode(chunkBytes), Long.decode(total))::writeOutput);

    assertThatThrownBy(() -> copy.readOutput(WireReader.of(output)))
        .isInstanceOf(MalformedMessageException.class);
  }

  @ParameterizedTest
  @MethodSource("wrongCreateContexts")
  @DisplayName("#9 #12 create contexts that loop, overlap, or point outside")
  void attack12_createContexts(String what, Mutation change) {
    server
        .on(Command.CREATE)
        .does((request, answer, out) -> out.frame(request
            .answer(opened(List.of(
                new QueryMaximalAccessResponse(
                    NtStatus.SUCCESS, new io.copychunk.wire.AccessMask(1)),
                new QueryOnDiskIdResponse(1, 2))))
            .lying(
                bytes -> System.arraycopy(change.apply(bytes.clone()), 0, bytes, 0, bytes.length))
            .frame()));

    client.fatal(SmbProtocolException.class, client.opening());
  }

  static Stream<Arguments> wrongCreateContexts() {
    int first = BODY + 88;
    int second = first + 32;
    return Stream.of(
        Arguments.of("Next: itself", Mutation.u32(first, 4)),
        Arguments.of("Next: unaligned", Mutation.u32(first, 31)),
        Arguments.of("Next: too short for the entry", Mutation.u32(first, 8)),
        Arguments.of("Next: beyond the end", Mutation.u32(first, 4096)),
        Arguments.of("Next: backward", Mutation.u32(first, 0xFFFF_FFE0L)),
        Arguments.of("the last one's Next: beyond the end", Mutation.u32(second, 0x7FFF_FFF8L)),
        Arguments.of("NameOffset: over the fields", Mutation.u16(first + 4, 0)),
        Arguments.of("NameOffset: outside", Mutation.u16(first + 4, 0xFFF0)),
        Arguments.of("NameLength: too long", Mutation.u16(first + 6, 0xFFFF)),
        Arguments.of("DataOffset: over the fields", Mutation.u16(first + 10, 4)),
        Arguments.of("DataOffset: outside", Mutation.u16(first + 10, 0xFFF0)),
        Arguments.of("DataLength: too long", Mutation.u32(first + 12, 0xFFFF_FFFFL)),
        Arguments.of("DataLength: too short for the type", Mutation.u32(first + 12, 7)));
  }

  @Test
  @DisplayName("#12 create contexts that nobody asked for, or knows")
  void attack12_unknownCreateContexts() {
    server
        .on(Command.CREATE)
        .does((request, answer, out) -> out.frame(request
            .answer(opened(List.of(
                new UnknownCreateContext(Octets.ofHex("5758595a"), Octets.ofHex("ff")),
                new QueryOnDiskIdResponse(1, 2))))
            .frame()));

    assertThat(client.file().isOpen()).isTrue();
  }

  @Test
  @DisplayName("#12 more create contexts than anybody needs")
  void attack12_manyCreateContexts() {
    server
        .on(Command.CREATE)
        .does((request, answer, out) -> out.frame(request
            .answer(opened(Collections.nCopies(
                65, new UnknownCreateContext(Octets.ofHex("5758595a"), Octets.EMPTY))))
            .frame()));

    client.fatal(SmbProtocolException.class, client.opening());
  }

  @ParameterizedTest
  @MethodSource("wrongNegotiateContexts")
  @DisplayName("#13 negotiate contexts that were not offered, come twice, or are empty")
  void attack13_negotiateContexts(String what, List<NegotiateContext> contexts) {
    server.negotiating(ScriptedServer.negotiateResponse(Dialect.SMB_3_1_1, contexts));

    Throwable failure = AttackedClient.failure(client.connecting());
    assertThat(failure).isInstanceOf(SmbException.class);
    assertThat(((SmbException) failure).scope()).isEqualTo(SmbException.Scope.CONNECTION);
    server.awaitEnd();
  }

  static Stream<Arguments> wrongNegotiateContexts() {
    PreauthIntegrityCapabilities preauth = new PreauthIntegrityCapabilities(
        List.of(PreauthIntegrityCapabilities.SHA_512), Octets.copyOf(new byte[32]));
    SigningCapabilities signing = new SigningCapabilities(List.of(SigningCapabilities.AES_GMAC));
    return Stream.of(
        Arguments.of("no preauthentication integrity", List.of(signing)),
        Arguments.of(
            "two hashes", List.of(new PreauthIntegrityCapabilities(List.of(1, 1), Octets.EMPTY))),
        Arguments.of(
            "another hash", List.of(new PreauthIntegrityCapabilities(List.of(2), Octets.EMPTY))),
        Arguments.of("preauthentication integrity twice", List.of(preauth, preauth)),
        Arguments.of("signing twice", List.of(preauth, signing, signing)),
        Arguments.of("two ways to sign", List.of(preauth, new SigningCapabilities(List.of(1, 2)))),
        Arguments.of(
            "compression", List.of(preauth, new CompressionCapabilities(false, List.of(1)))),
        Arguments.of("RDMA", List.of(preauth, new RdmaTransformCapabilities(List.of(1)))),
        Arguments.of("transport security", List.of(preauth, new TransportCapabilities(1))));
  }

  @ParameterizedTest
  @MethodSource("wrongContextLists")
  @DisplayName("#13 a list of negotiate contexts that is not where, or what, it says")
  void attack13_contextLists(String what, Mutation change) {
    server.on(Command.NEGOTIATE).mutates(change);

    client.fatal(SmbProtocolException.class, client.connecting());
  }

  static Stream<Arguments> wrongContextLists() {
    return Stream.of(
        Arguments.of("count: huge", Mutation.u16(BODY + 6, 0xFFFF)),
        Arguments.of("count: one too many", Mutation.u16(BODY + 6, 3)),
        Arguments.of("count: none", Mutation.u16(BODY + 6, 0)),
        Arguments.of("no way to sign", Mutation.behind(SIGNING, Mutation.u16(8, 0))),
        Arguments.of("an unknown way to sign", Mutation.behind(SIGNING, Mutation.u16(10, 77))),
        Arguments.of("offset: over the header", Mutation.u32(BODY + 60, 8)),
        Arguments.of("offset: beyond the end", Mutation.u32(BODY + 60, 0xFFFF_FFF8L)),
        Arguments.of("offset: unaligned", Mutation.u32(BODY + 60, 129)),
        Arguments.of("DataLength: past the end", (Mutation) message -> {
          int list =
              ByteBuffer.wrap(message).order(java.nio.ByteOrder.LITTLE_ENDIAN).getInt(BODY + 60);
          return Mutation.u16(list + 2, 0xFFFF).apply(message);
        }));
  }

  @Test
  @DisplayName("#13 negotiate contexts of unknown types are ignored")
  void attack13_unknownContexts() {
    List<NegotiateContext> contexts = new ArrayList<>();
    NegotiateResponse usual = ScriptedServer.negotiateResponse(Dialect.SMB_3_1_1);
    contexts.add(new UnknownNegotiateContext(0x0100, Octets.ofHex("01")));
    contexts.addAll(usual.contexts());
    contexts.add(new UnknownNegotiateContext(0x7777, Octets.EMPTY));
    contexts.add(new UnknownNegotiateContext(0x7777, Octets.EMPTY));
    server.negotiating(ScriptedServer.negotiateResponse(Dialect.SMB_3_1_1, contexts));

    assertThat(AttackedClient.result(client.everything()).isUsable()).isTrue();
  }

  @Test
  @DisplayName("#10 a name of an odd number of bytes")
  void attack10_oddName() {
    List<NegotiateContext> contexts =
        new ArrayList<>(ScriptedServer.negotiateResponse(Dialect.SMB_3_1_1).contexts());
    contexts.add(new NetnameNegotiateContextId("ab"));
    server.negotiating(ScriptedServer.negotiateResponse(Dialect.SMB_3_1_1, contexts));
    server
        .on(Command.NEGOTIATE)
        .mutates(Mutation.behind(new byte[] {5, 0, 4, 0, 0, 0, 0, 0, 'a', 0}, Mutation.u16(2, 3)));

    assertThat(client.fatal(SmbProtocolException.class, client.connecting()))
        .hasMessageContaining("UTF-16 length: 3");
  }

  @Test
  @DisplayName("#10 half a surrogate pair is kept as it is, never replaced")
  void attack10_unpairedSurrogates() {
    byte[] name = {0x00, (byte) 0xD8, 'a', 0, 0x00, (byte) 0xDC, 0, 0};

    assertThat(WireReader.of(name).utf16(name.length)).isEqualTo("\uD800a\uDC00\0");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // indefinite length, length of length 5, beyond the end, a tag that does not belong
        "6080",
        "6085ffffffffff00",
        "6084ffffffff06062b0601050502",
        "6082ffff06062b0601050502",
        "3003020100",
        // nothing but nesting
        "60303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030303030",
      })
  @DisplayName("#14 ASN.1 in the answer to NEGOTIATE: no, wrong and endless lengths, deep nesting")
  void attack14_asn1OfTheHint(String token) {
    NegotiateResponse usual = ScriptedServer.negotiateResponse(Dialect.SMB_3_1_1);
    server.negotiating(withToken(usual, Octets.ofHex(token)));

    assertFailsToLogIn();
  }

  @Test
  @DisplayName("#14 ASN.1 in the answer to NEGOTIATE: a huge list of OIDs")
  void attack14_manyOids() {
    String oid = "06062b0601050502";
    String list = oid.repeat(8000);
    String tagged = der("a0", der("30", list));
    String token = der("60", oid + der("a0", der("30", tagged)));
    server.negotiating(
        withToken(ScriptedServer.negotiateResponse(Dialect.SMB_3_1_1), Octets.ofHex(token)));

    assertFailsToLogIn();
  }

  @ParameterizedTest
  @ValueSource(ints = {0x80, 0x85, 0x84, 0xFF, 0x7F})
  @DisplayName("#14 ASN.1 in a token of the login: other lengths")
  void attack14_asn1OfTheToken(int length) {
    server.on(Command.SESSION_SETUP).mutates(Mutation.u8(BODY + 8 + 1, length));

    assertFailsToLogIn();
  }

  @ParameterizedTest
  @CsvSource({
    // TargetName and TargetInfo: offsets outside, lengths outside
    "12, 4, 0xFFFFFFFF",
    "12, 0, 0xFFFF",
    "40, 4, 0xFFFFFFF0",
    "40, 4, 0x7FFFFFFF",
    "40, 0, 0xFFFF",
    "40, 4, 1",
  })
  @DisplayName("#15 an NTLM challenge whose fields lie outside of it")
  void attack15_challengeFields(int field, int part, String value) {
    long number = Long.decode(value);
    Mutation change =
        part == 0 ? Mutation.u16(field, (int) number) : Mutation.u32(field + part, number);
    server.on(Command.SESSION_SETUP).nth(1).mutates(Mutation.behind(NTLMSSP, change));

    assertFailsToLogIn();
  }

  @Test
  @DisplayName("#15 an NTLM challenge whose list of AV pairs has no end")
  void attack15_avPairsWithoutEnd() {
    server.on(Command.SESSION_SETUP).nth(1).mutates(Mutation.behind(NTLMSSP, message -> {
      ByteBuffer challenge = ByteBuffer.wrap(message).order(java.nio.ByteOrder.LITTLE_ENDIAN);
      int length = challenge.getShort(40) - 4; // without MsvAvEOL
      challenge.putShort(40, (short) length).putShort(42, (short) length);
      return message;
    }));

    assertFailsToLogIn();
  }

  @ParameterizedTest
  @CsvSource({"0,0xFFFFFFFF", "0,0x7FFFFFFF", "0,9"})
  @DisplayName("#17 error contexts whose length is not theirs")
  void attack17_errorContexts(int field, String length) {
    server
        .on(Command.CREATE)
        .does((request, answer, out) -> out.frame(request
            .answer(new ErrorResponse(
                List.of(new ErrorContext(ErrorContext.DEFAULT, Octets.ofHex("0102030405060708"))),
                Octets.EMPTY))
            .status(NtStatus.STOPPED_ON_SYMLINK)
            .lying(bytes -> Mutation.u32(BODY + 8 + field, Long.decode(length)).apply(bytes))
            .frame()));

    client.fatal(SmbProtocolException.class, client.opening());
  }

  @ParameterizedTest
  @CsvSource({"2,65", "2,2", "4,0xFFFF"})
  @DisplayName("#17 more error contexts, or more ErrorData, than there are")
  void attack17_errorCounts(int field, String value) {
    server
        .on(Command.CREATE)
        .does((request, answer, out) -> out.frame(request
            .answer(new ErrorResponse(
                List.of(new ErrorContext(ErrorContext.DEFAULT, Octets.ofHex("0102030405060708"))),
                Octets.EMPTY))
            .status(NtStatus.STOPPED_ON_SYMLINK)
            .lying(bytes -> Mutation.u8(BODY + field, Integer.decode(value) & 0xFF)
                .then(
                    Mutation.u8(BODY + field + (field == 4 ? 1 : 0), Integer.decode(value) & 0xFF))
                .apply(bytes))
            .frame()));

    client.fatal(SmbProtocolException.class, client.opening());
  }

  @Test
  @DisplayName("#17 a link that leads nowhere is a refusal like any other: links are not followed")
  void attack17_symlink() {
    server
        .on(Command.CREATE)
        .does((request, answer, out) -> out.frame(request
            .answer(new ErrorResponse(
                List.of(new ErrorContext(ErrorContext.DEFAULT, Octets.copyOf(symlink(0xFFFE)))),
                Octets.EMPTY))
            .status(NtStatus.STOPPED_ON_SYMLINK)
            .frame()));

    CompletableFuture<?> opening = client.opening();
    assertThat(((SmbStatusException) client.harmless(SmbStatusException.class, opening)).status())
        .isEqualTo(NtStatus.STOPPED_ON_SYMLINK);
    assertThat(server.requests(Command.CREATE)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 23})
  @DisplayName("#18 a resume key of less than 24 bytes")
  void attack18_shortKey(int size) {
    server.on(Command.IOCTL).forges(Mutation.u32(OUTPUT_COUNT, size));

    assertThat(client.fatal(SmbProtocolException.class, client.key()))
        .hasMessageContaining("OutputCount: " + size);
  }

  @ParameterizedTest
  @ValueSource(longs = {5, 0x7FFF_FFFFL, 0xFFFF_FFFFL})
  @DisplayName("#18 a resume key with a huge ContextLength, which is of no account")
  void attack18_contextLength(long length) {
    server.on(Command.IOCTL).forges(Mutation.u32(BODY + 48 + 24, length));

    ResumeKey key = AttackedClient.result(client.key());
    assertThat(key.isUsable()).isTrue();
  }

  private void using(SmbConfig config) {
    client.client.close();
    client = new AttackedClient(server, config);
  }

  private void assertFailsToLogIn() {
    Throwable failure = AttackedClient.failure(client.everything());
    assertThat(failure)
        .isInstanceOfAny(SmbAuthenticationException.class, SmbProtocolException.class);
    assertThat(server.connections()).isEqualTo(1);
    server.awaitEnd();
  }

  private static CreateResponse opened(List<? extends CreateContext> contexts) {
    CreateResponse usual = Responses.opened(HostileServer.FILE_ID);
    return new CreateResponse(
        usual.oplockLevel(),
        usual.flags(),
        usual.action(),
        usual.creationTime(),
        usual.lastAccessTime(),
        usual.lastWriteTime(),
        usual.changeTime(),
        usual.allocationSize(),
        usual.endOfFile(),
        usual.fileAttributes(),
        usual.fileId(),
        List.copyOf(contexts));
  }

  private static NegotiateResponse withToken(NegotiateResponse usual, Octets token) {
    return new NegotiateResponse(
        usual.securityMode(),
        usual.dialect(),
        usual.serverGuid(),
        usual.capabilities(),
        usual.maxTransactSize(),
        usual.maxReadSize(),
        usual.maxWriteSize(),
        usual.systemTime(),
        usual.serverStartTime(),
        token,
        usual.contexts());
  }

  private static String der(String tag, String content) {
    int size = content.length() / 2;
    String length = size < 0x80 ? "%02x".formatted(size) : "82%04x".formatted(size);
    return tag + length + content;
  }

  private static byte[] symlink(int unparsed) {
    return WireWriter.toBytes(out -> out.u32(28)
        .bits32(0x4C4D5953)
        .bits32(0xA000000C)
        .u16(16)
        .u16(unparsed)
        .u16(0xFFF0)
        .u16(0xFFF0)
        .u16(0xFFF0)
        .u16(0xFFF1)
        .u32(1)
        .zeros(4));
  }
}
