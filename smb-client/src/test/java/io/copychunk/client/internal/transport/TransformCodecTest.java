package io.copychunk.client.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.client.error.SmbIntegrityException;
import io.copychunk.client.error.SmbProtocolException;
import io.copychunk.crypto.CipherAlgorithm;
import io.copychunk.crypto.MessageDecryptor;
import io.copychunk.crypto.MessageEncryptor;
import io.copychunk.crypto.MessageSigner;
import io.copychunk.crypto.SigningAlgorithm;
import io.copychunk.message.EchoRequest;
import io.copychunk.wire.Command;
import io.copychunk.wire.Smb2Header;
import io.copychunk.wire.TransformHeader;
import io.copychunk.wire.WireReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(10)
class TransformCodecTest {
  private static final long SESSION = 0x1234;
  private static final long SESSION_WITHOUT_CIPHER = 0x5678;

  private CipherAlgorithm algorithm = CipherAlgorithm.AES_128_GCM;
  private Stage stage = stage();

  private Stage stage() {
    MessageSigner signer = new MessageSigner(SigningAlgorithm.AES_CMAC, new byte[16]);
    SessionCiphers ciphers = new SessionCiphers(signer, encryptor(SESSION), decryptor(SESSION));
    SessionCiphers signing = new SessionCiphers(signer, null, null);
    return new Stage(
        new TransformCodec(sessionId ->
            sessionId == SESSION ? ciphers : sessionId == SESSION_WITHOUT_CIPHER ? signing : null),
        new SignatureHandler(sessionId -> null),
        new CompoundEncoder((sent, header, size) -> {}));
  }

  @AfterEach
  void everythingIsReleased() {
    stage.finish();
  }

  @Test
  void plainMessagesPass() {
    Stage alone = new Stage(new TransformCodec(sessionId -> null));
    byte[] first = frame(0xFE);
    byte[] second = Arrays.copyOf(first, 4);
    alone.receiveBytes(first).receiveBytes(second);

    assertThat(alone.inbound).allMatch(frame -> ((PlainFrame) frame).encryptedFor() == null);
    assertThat(alone.frames()).containsExactly(first, second);
    assertThat(alone.failures).isEmpty();
    alone.finish();
  }

  @ParameterizedTest
  @EnumSource
  void encryptedFramesAreDecryptedAndNameTheirSession(CipherAlgorithm cipher) {
    algorithm = cipher;
    Stage alone = aloneStage();
    byte[] message = frame(0xFE);
    alone.receiveBytes(encrypted(SESSION, message));

    assertThat(alone.failures).isEmpty();
    assertThat(alone.inbound)
        .singleElement()
        .extracting(frame -> ((PlainFrame) frame).encryptedFor())
        .isEqualTo(SESSION);
    assertThat(alone.frames()).containsExactly(message);
    alone.finish();
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 20, 52, 131})
  void anAlteredFrameIsFatal(int at) {
    byte[] frame = encrypted(SESSION, frame(0xFE));
    frame[at] ^= 0x10;
    stage.receiveBytes(frame);

    assertFatal(SmbIntegrityException.class, "not genuine");
  }

  @ParameterizedTest
  @ValueSource(longs = {SESSION_WITHOUT_CIPHER, 0, 1, -1})
  void aSessionThatHasNoCipherOrIsUnknownIsFatal(long sessionId) {
    stage.receiveBytes(encrypted(sessionId, frame(0xFE)));

    assertFatal(SmbProtocolException.class, "expected: a session with a cipher");
  }

  @ParameterizedTest
  @ValueSource(ints = {0xFD, 0xFC, 0xFF})
  void nothingButSmb2MayBeInsideAnEncryptedFrame(int first) {
    stage.receiveBytes(encrypted(SESSION, frame(first)));

    assertFatal(SmbProtocolException.class, "0x424d53%02x".formatted(first));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void lessThanAProtocolIdInsideAnEncryptedFrameIsFatal(int size) {
    stage.receiveBytes(encrypted(SESSION, Arrays.copyOf(frame(0xFE), size)));

    assertFatal(SmbProtocolException.class, "0x00000000");
  }

  @ParameterizedTest
  @ValueSource(ints = {0xFC, 0xFF, 0x00, 0x7E})
  void compressedOldAndUnknownFramesAreFatal(int first) {
    stage.receiveBytes(frame(first));

    assertFatal(SmbProtocolException.class, "0x424d53%02x".formatted(first));
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 51, 52, 80})
  void whatIsTooShortOrMalformedIsFatal(int size) {
    stage.receiveBytes(Arrays.copyOf(frame(0xFD), size));

    assertFatal(SmbProtocolException.class, "");
  }

  @Test
  void everyByteOfTheProtocolIdCounts() {
    byte[] frame = frame(0xFE);
    frame[3] = 'C';
    stage.receiveBytes(frame);

    assertFatal(SmbProtocolException.class, "ProtocolId");
  }

  @ParameterizedTest
  @EnumSource
  void whatIsToBeEncryptedIsOneFrameUnsignedInside(CipherAlgorithm cipher) {
    stage.finish();
    algorithm = cipher;
    stage = stage();
    List<byte[]> shown = new ArrayList<>();
    stage.channel.writeOutbound(new OutboundChain(
        List.of(echo(SESSION, 5), echo(SESSION, 6)),
        Protection.ENCRYPTED,
        bytes -> shown.add(Stage.bytes(bytes))));

    ByteBuf frame = stage.channel.readOutbound();
    assertThat(TransformHeader.read(WireReader.of(frame)).sessionId()).isEqualTo(SESSION);
    ByteBuf plain = decryptor(SESSION).decrypt(frame, UnpooledByteBufAllocator.DEFAULT);
    assertThat(shown).containsExactly(Stage.bytes(plain));
    assertThat(plain.readableBytes()).isEqualTo(72 + 68);
    assertThat(Smb2Header.read(WireReader.of(plain)).isSigned()).isFalse();
    frame.release();
    plain.release();
  }

  @ParameterizedTest
  @ValueSource(longs = {SESSION_WITHOUT_CIPHER, 7})
  void doesNotSendInClearWhatIsToBeEncrypted(long sessionId) {
    OutboundChain chain =
        new OutboundChain(List.of(echo(sessionId, 6)), Protection.ENCRYPTED, OutboundChain.UNSEEN);

    assertThat(stage.channel.writeOneOutbound(chain).cause())
        .isInstanceOf(SmbIntegrityException.class)
        .hasMessageContaining("0x" + Long.toHexString(sessionId));
    assertThat(stage.channel.outboundMessages()).isEmpty();
  }

  private Stage aloneStage() {
    SessionCiphers ciphers = new SessionCiphers(
        new MessageSigner(SigningAlgorithm.AES_CMAC, new byte[16]), null, decryptor(SESSION));
    return new Stage(new TransformCodec(sessionId -> ciphers));
  }

  private void assertFatal(Class<? extends Throwable> type, String message) {
    assertThat(stage.inbound).isEmpty();
    assertThat(stage.failures)
        .singleElement()
        .isInstanceOf(type)
        .extracting(Throwable::getMessage)
        .asString()
        .contains(message);
  }

  private byte[] encrypted(long sessionId, byte[] message) {
    ByteBuf frame = encryptor(sessionId)
        .encrypt(Unpooled.wrappedBuffer(message), UnpooledByteBufAllocator.DEFAULT);
    byte[] bytes = Stage.bytes(frame);
    frame.release();
    return bytes;
  }

  private MessageEncryptor encryptor(long sessionId) {
    return new MessageEncryptor(algorithm, new byte[algorithm.keyBits() / 8], sessionId);
  }

  private MessageDecryptor decryptor(long sessionId) {
    return new MessageDecryptor(algorithm, new byte[algorithm.keyBits() / 8], sessionId);
  }

  private static OutboundMessage echo(long sessionId, long messageId) {
    return new OutboundMessage(
        Smb2Header.request(Command.ECHO, messageId, sessionId, 0), new EchoRequest());
  }

  private static byte[] frame(int first) {
    byte[] frame = new byte[80];
    frame[0] = (byte) first;
    frame[1] = 'S';
    frame[2] = 'M';
    frame[3] = 'B';
    return frame;
  }
}
