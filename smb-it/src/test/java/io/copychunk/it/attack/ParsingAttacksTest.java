package io.copychunk.it.attack;

import static io.copychunk.it.fixture.hostile.Mutation.BODY;
import static io.copychunk.testing.Awaited.failure;
import static io.copychunk.testing.Awaited.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.client.ResumeKey;
import io.copychunk.client.error.SmbAuthenticationException;
import io.copychunk.client.error.SmbProtocolException;
import io.copychunk.client.error.SmbStatusException;
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
import io.copychunk.testing.Responses;
import io.copychunk.testing.ScriptedServer;
import io.copychunk.wire.Command;
import io.copychunk.wire.Dialect;
import io.copychunk.wire.NtStatus;
import io.copychunk.wire.Octets;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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

/** Section 1, second half: lists, names, tokens and errors inside of messages. */
@Attack
class ParsingAttacksTest {
  private static final byte[] NTLMSSP = "NTLMSSP\0".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] SIGNING = {8, 0, 4, 0, 0, 0, 0, 0, 1, 0};
  private static final int OUTPUT_COUNT = BODY + 36;

  private final HostileServer server = HostileServer.listening();
  private final AttackedClient client = new AttackedClient(server);

  @AfterEach
  void end() {
    client.close();
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
        Arguments.of("DataLength: too long", Mutation.u32(first + 12, 0xFFFF_FFFFL)));
  }

  @Test
  @DisplayName("#12 create contexts that nobody knows, or asked for, which may have any data")
  void attack12_unknownCreateContexts() {
    server
        .on(Command.CREATE)
        .does((request, answer, out) -> out.frame(request
            .answer(opened(List.of(
                new UnknownCreateContext(Octets.ofHex("5758595a"), Octets.ofHex("ff")),
                new UnknownCreateContext(Octets.ofHex("4d784163"), Octets.ofHex("ff")),
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
  void attack13_negotiateContexts(String what, List<NegotiateContext> contexts, String message) {
    server.negotiating(ScriptedServer.negotiateResponse(Dialect.SMB_3_1_1, contexts));

    assertThat(client.fatal(SmbProtocolException.class, client.connecting()))
        .hasMessageContaining(message);
  }

  static Stream<Arguments> wrongNegotiateContexts() {
    PreauthIntegrityCapabilities preauth = new PreauthIntegrityCapabilities(
        List.of(PreauthIntegrityCapabilities.SHA_512), Octets.copyOf(new byte[32]));
    SigningCapabilities signing = new SigningCapabilities(List.of(SigningCapabilities.AES_GMAC));
    String oneHash = "(expected: exactly one, SHA-512)";
    String notOffered = ", which was not offered";
    return Stream.of(
        Arguments.of("no preauthentication integrity", List.of(signing), oneHash),
        Arguments.of(
            "two hashes",
            List.of(new PreauthIntegrityCapabilities(List.of(1, 1), Octets.EMPTY)),
            oneHash),
        Arguments.of(
            "another hash",
            List.of(new PreauthIntegrityCapabilities(List.of(2), Octets.EMPTY)),
            oneHash),
        Arguments.of(
            "preauthentication integrity twice",
            List.of(preauth, preauth),
            "ContextType: 1 twice (expected: once)"),
        Arguments.of(
            "signing twice",
            List.of(preauth, signing, signing),
            "ContextType: 8 twice (expected: once)"),
        Arguments.of(
            "two ways to sign",
            List.of(preauth, new SigningCapabilities(List.of(1, 2))),
            "SIGNING_CAPABILITIES: [1, 2] (expected: exactly one)"),
        Arguments.of(
            "compression",
            List.of(preauth, new CompressionCapabilities(false, List.of(1))),
            notOffered),
        Arguments.of(
            "RDMA", List.of(preauth, new RdmaTransformCapabilities(List.of(1))), notOffered),
        Arguments.of(
            "transport security", List.of(preauth, new TransportCapabilities(1)), notOffered));
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

    assertThat(result(client.everything()).isUsable()).isTrue();
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
    server.negotiating(ScriptedServer.withToken(usual, Octets.ofHex(token)));

    assertFailsToLogIn();
  }

  @Test
  @DisplayName("#14 ASN.1 in the answer to NEGOTIATE: a huge list of OIDs")
  void attack14_manyOids() {
    String oid = "06062b0601050502";
    String list = oid.repeat(8000);
    String tagged = der("a0", der("30", list));
    String token = der("60", oid + der("a0", der("30", tagged)));
    server.negotiating(ScriptedServer.withToken(
        ScriptedServer.negotiateResponse(Dialect.SMB_3_1_1), Octets.ofHex(token)));

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

    ResumeKey key = result(client.key());
    assertThat(key.isUsable()).isTrue();
  }

  private void assertFailsToLogIn() {
    assertThat(Foreseen.failure(failure(client.everything())))
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
