package io.copychunk.client.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.client.error.SmbIntegrityException;
import io.copychunk.crypto.MessageSigner;
import io.copychunk.crypto.SigningAlgorithm;
import io.copychunk.message.EchoRequest;
import io.copychunk.message.TreeConnectRequest;
import io.copychunk.wire.Command;
import io.copychunk.wire.HeaderFlags;
import io.copychunk.wire.NtStatus;
import io.copychunk.wire.Signature;
import io.copychunk.wire.Smb2Header;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(10)
class SignatureHandlerTest {
  private static final long SESSION = 0x1234;
  private static final byte[] KEY = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16};

  private final List<Stage> stages = new ArrayList<>();

  @AfterEach
  void everythingIsReleased() {
    stages.forEach(Stage::finish);
  }

  @ParameterizedTest
  @EnumSource
  void signsEachMessageWithItsPadding(SigningAlgorithm algorithm) {
    Stage stage = stage(algorithm, new CompoundEncoder((sent, header, size) -> {}));
    List<Integer> shown = new ArrayList<>();
    OutboundMessage padded =
        new OutboundMessage(header(Command.TREE_CONNECT, 5), new TreeConnectRequest("\\\\h\\s"));
    OutboundMessage last = new OutboundMessage(header(Command.ECHO, 6), new EchoRequest());
    stage.channel.writeOutbound(new OutboundChain(
        List.of(padded, last), Protection.SIGNED, bytes -> shown.add(bytes.readableBytes())));

    ByteBuf bytes = stage.channel.readOutbound();
    MessageSigner signer = new MessageSigner(algorithm, KEY);
    assertThat(signer.verify(bytes.slice(0, 88))).isTrue();
    assertThat(signer.verify(bytes.slice(88, 68))).isTrue();
    assertThat(signer.verify(bytes.slice(0, 82))).isFalse();
    assertThat(Smb2Header.read(WireReader.of(bytes)).isSigned()).isTrue();
    assertThat(shown).containsExactly(156);
    bytes.release();
  }

  @Test
  void leavesUnsignedChainsAlone() {
    Stage stage =
        stage(SigningAlgorithm.HMAC_SHA256, new CompoundEncoder((sent, header, size) -> {}));
    stage.channel.writeOutbound(new OutboundChain(
        List.of(new OutboundMessage(header(Command.ECHO, 6), new EchoRequest())),
        Protection.NONE,
        OutboundChain.UNSEEN));

    ByteBuf bytes = stage.channel.readOutbound();
    Smb2Header header = Smb2Header.read(WireReader.of(bytes));
    assertThat(header.isSigned()).isFalse();
    assertThat(header.signature()).isEqualTo(Signature.NONE);
    bytes.release();
  }

  @Test
  void doesNotSendUnsignedWhatIsToBeSigned() {
    Stage stage = new Stage(
        new SignatureHandler(sessionId -> null), new CompoundEncoder((sent, header, size) -> {}));
    stages.add(stage);
    OutboundChain chain = new OutboundChain(
        List.of(new OutboundMessage(header(Command.ECHO, 6), new EchoRequest())),
        Protection.SIGNED,
        OutboundChain.UNSEEN);

    assertThat(stage.channel.writeOneOutbound(chain).cause())
        .isInstanceOf(SmbIntegrityException.class)
        .hasMessageContaining("0x1234");
    assertThat(stage.channel.outboundMessages()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aRightSignatureIsVerified(SigningAlgorithm algorithm) {
    Stage stage = stage(algorithm);
    stage.receive(inbound(signed(algorithm, header(Command.ECHO, 6))));

    assertThat(only(stage).protection()).isEqualTo(Protection.SIGNED);
    assertThat(stage.failures).isEmpty();
  }

  @ParameterizedTest
  @EnumSource
  void aWrongSignatureIsFatal(SigningAlgorithm algorithm) {
    for (int at : new int[] {Smb2Header.SIGNATURE_OFFSET, 63, 64, 67, 24}) {
      Stage stage = stage(algorithm);
      ByteBuf bytes = signed(algorithm, header(Command.ECHO, 6));
      bytes.setByte(at, bytes.getByte(at) ^ 1);
      stage.receive(inbound(bytes));

      assertThat(stage.messages()).isEmpty();
      assertThat(stage.failures)
          .singleElement()
          .isInstanceOf(SmbIntegrityException.class)
          .extracting(Throwable::getMessage)
          .asString()
          .contains("ECHO");
    }
  }

  @Test
  void unsignedMessagesPassUnverified() {
    Stage stage = stage(SigningAlgorithm.AES_CMAC);
    stage.receive(inbound(unsigned(header(Command.ECHO, 6))));

    assertThat(only(stage).protection()).isEqualTo(Protection.NONE);
    assertThat(stage.failures).isEmpty();
  }

  @Test
  void aSessionWithoutKeyPassesUnverified() {
    Stage stage = new Stage(new SignatureHandler(sessionId -> null));
    stages.add(stage);
    stage.receive(inbound(signed(SigningAlgorithm.AES_CMAC, header(Command.ECHO, 6))));

    assertThat(only(stage).protection()).isEqualTo(Protection.NONE);
  }

  @Test
  void theKeyIsThatOfTheMessagesOwnSession() {
    Stage stage = new Stage(new SignatureHandler(sessionId ->
        sessionId == SESSION ? null : ciphers(new MessageSigner(SigningAlgorithm.AES_CMAC, KEY))));
    stages.add(stage);
    stage.receive(inbound(signed(SigningAlgorithm.AES_CMAC, header(Command.ECHO, 6))));

    assertThat(only(stage).protection()).isEqualTo(Protection.NONE);
  }

  @Test
  void whatWasEncryptedIsNotVerifiedAgain() {
    Stage stage = stage(SigningAlgorithm.AES_CMAC);
    ByteBuf bytes = unsigned(header(Command.ECHO, 6).withFlags(HeaderFlags.SIGNED));
    stage.receive(
        new InboundMessage(Smb2Header.read(WireReader.of(bytes)), bytes, Protection.ENCRYPTED));

    assertThat(only(stage).protection()).isEqualTo(Protection.ENCRYPTED);
    assertThat(stage.failures).isEmpty();
  }

  @Test
  void unsolicitedMessagesAreNotVerified() {
    Stage stage = stage(SigningAlgorithm.AES_CMAC);
    Smb2Header header = header(Command.OPLOCK_BREAK, Smb2Header.UNSOLICITED);
    stage.receive(inbound(unsigned(header.withFlags(HeaderFlags.SIGNED))));

    assertThat(only(stage).protection()).isEqualTo(Protection.NONE);
    assertThat(stage.failures).isEmpty();
  }

  /** 3.2.5.1.3: whatever a server puts there, it is neither required nor believed. */
  @Test
  void interimResponsesAreNotVerified() {
    Stage stage = stage(SigningAlgorithm.AES_GMAC);
    Smb2Header interim = new Smb2Header(
        0,
        NtStatus.PENDING,
        Command.IOCTL,
        1,
        HeaderFlags.SERVER_TO_REDIR.with(HeaderFlags.ASYNC_COMMAND).with(HeaderFlags.SIGNED),
        0,
        6,
        0,
        6,
        SESSION,
        new Signature(1, 2));
    stage.receive(inbound(unsigned(interim)));

    assertThat(only(stage).protection()).isEqualTo(Protection.NONE);
    assertThat(stage.failures).isEmpty();
  }

  @Test
  void verifiesEveryMessageOfACapturedSession() {
    Capture capture = Capture.compound();
    MessageSigner signer = new MessageSigner(SigningAlgorithm.AES_CMAC, capture.signingKey());
    Stage stage = new Stage(
        new TransformCodec(sessionId -> null),
        new CompoundDecoder(() -> 8),
        new SignatureHandler(
            sessionId -> sessionId == capture.sessionId() ? ciphers(signer) : null));
    stages.add(stage);
    capture.frames().subList(5, capture.frames().size()).forEach(stage::receiveBytes);

    assertThat(stage.failures).isEmpty();
    List<InboundMessage> messages = stage.messages();
    assertThat(messages)
        .hasSizeGreaterThan(10)
        .allMatch(message -> message.protection() == Protection.SIGNED);
    messages.forEach(InboundMessage::release);
  }

  private Stage stage(SigningAlgorithm algorithm, CompoundEncoder... encoder) {
    MessageSigner signer = new MessageSigner(algorithm, KEY);
    SignatureHandler handler =
        new SignatureHandler(sessionId -> sessionId == SESSION ? ciphers(signer) : null);
    Stage stage = encoder.length == 0
        ? new Stage(handler)
        : new Stage(new TransformCodec(sessionId -> null), handler, encoder[0]);
    stages.add(stage);
    return stage;
  }

  private static SessionCiphers ciphers(MessageSigner signer) {
    return new SessionCiphers(signer, null, null);
  }

  private static InboundMessage only(Stage stage) {
    List<InboundMessage> messages = stage.messages();
    assertThat(messages).hasSize(1);
    messages.get(0).release();
    return messages.get(0);
  }

  private static Smb2Header header(Command command, long messageId) {
    return Smb2Header.request(command, messageId, SESSION, 0);
  }

  private static ByteBuf unsigned(Smb2Header header) {
    byte[] bytes = WireWriter.toBytes(out -> {
      header.write(out);
      new EchoRequest().writeBody(out);
    });
    return Unpooled.directBuffer(bytes.length).writeBytes(bytes);
  }

  private static ByteBuf signed(SigningAlgorithm algorithm, Smb2Header header) {
    ByteBuf bytes = unsigned(header);
    new MessageSigner(algorithm, KEY).sign(bytes);
    return bytes;
  }

  private static InboundMessage inbound(ByteBuf bytes) {
    return new InboundMessage(Smb2Header.read(WireReader.of(bytes)), bytes, Protection.NONE);
  }
}
