package io.copychunk.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.testing.Capture;
import io.copychunk.testing.Vectors.Frame;
import io.copychunk.wire.TransformHeader;
import io.copychunk.wire.WireReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Every encrypted frame that was captured from Samba; the captures list the plaintext besides. */
class SambaEncryptionTest {
  static final List<String> ENCRYPTED =
      Capture.KEYED.stream().filter(file -> file.contains("-enc-")).toList();

  @Test
  void noCaptureIsLeftOut() {
    assertThat(ENCRYPTED).hasSize(5);
  }

  @ParameterizedTest
  @FieldSource("ENCRYPTED")
  void everyFrameOfBothDirectionsIsDecrypted(String file) {
    Capture capture = Capture.of(file);
    int decrypted = 0;
    List<Frame> frames = capture.frames();
    for (int i = 0; i < frames.size(); i++) {
      Frame frame = frames.get(i);
      if (Capture.isTransformed(frame)) {
        // The plaintext stands in front of a request, and behind a response.
        Frame plain = frames.get(frame.fromClient() ? i - 1 : i + 1);
        assertThat(capture.decrypted(frame)).as(frame.toString()).isEqualTo(plain.bytes());
        decrypted++;
      }
    }
    assertThat(decrypted).isEqualTo(34);
  }

  @ParameterizedTest
  @FieldSource("ENCRYPTED")
  void ourEncryptorWritesWhatTheClientWrote(String file) {
    Capture capture = Capture.of(file);
    MessageEncryptor encryptor = new MessageEncryptor(
        capture.cipherAlgorithm(), capture.key("encryption_key_c2s"), capture.sessionId());
    int compared = 0;
    List<Frame> frames = capture.frames();
    for (int i = 0; i < frames.size(); i++) {
      Frame frame = frames.get(i);
      if (Capture.isTransformed(frame) && frame.fromClient()) {
        ByteBuf ours = encryptor.encrypt(
            Unpooled.wrappedBuffer(frames.get(i - 1).bytes()), UnpooledByteBufAllocator.DEFAULT);
        assertThat(ByteBufUtil.getBytes(ours)).as(frame.toString()).isEqualTo(frame.bytes());
        compared++;
      }
    }
    assertThat(compared).isEqualTo(17);
  }

  @ParameterizedTest
  @FieldSource("ENCRYPTED")
  void ourEncryptorWritesWhatTheServerWrote(String file) {
    Capture capture = Capture.of(file);
    MessageEncryptor encryptor = new MessageEncryptor(
        capture.cipherAlgorithm(), capture.key("decryption_key_s2c"), capture.sessionId());
    int compared = 0;
    List<Frame> frames = capture.frames();
    for (int i = 0; i < frames.size(); i++) {
      Frame frame = frames.get(i);
      if (Capture.isTransformed(frame) && !frame.fromClient()) {
        ByteBuf ours = encryptor.encrypt(
            Unpooled.wrappedBuffer(frames.get(i + 1).bytes()),
            UnpooledByteBufAllocator.DEFAULT,
            TransformHeader.read(WireReader.of(frame.bytes())).nonce());
        assertThat(ByteBufUtil.getBytes(ours)).as(frame.toString()).isEqualTo(frame.bytes());
        compared++;
      }
    }
    assertThat(compared).isEqualTo(17);
  }

  @ParameterizedTest
  @FieldSource("ENCRYPTED")
  void aKeyOfTheOtherDirectionDecryptsNothing(String file) {
    Capture capture = Capture.of(file);
    MessageDecryptor decryptor = new MessageDecryptor(
        capture.cipherAlgorithm(), capture.key("encryption_key_c2s"), capture.sessionId());
    Frame response = capture.frames().stream()
        .filter(frame -> Capture.isTransformed(frame) && !frame.fromClient())
        .findFirst()
        .orElseThrow();
    assertThat(decryptor.decrypt(
            Unpooled.wrappedBuffer(response.bytes()), UnpooledByteBufAllocator.DEFAULT))
        .isNull();
  }

  @ParameterizedTest
  @FieldSource("ENCRYPTED")
  void theKeysFollowFromTheSessionKey(String file) {
    Capture capture = Capture.of(file);
    byte[] sessionKey = capture.key("session_key");
    int bits = capture.cipherAlgorithm().keyBits();
    SessionKeys keys = SessionKeys.derive(
        capture.dialect(), sessionKey, sessionKey, capture.preauthHash().bytes(), bits);
    assertThat(keys.clientToServerKey())
        .hasSize(bits / 8)
        .isEqualTo(capture.key("encryption_key_c2s"));
    assertThat(keys.serverToClientKey())
        .hasSize(bits / 8)
        .isEqualTo(capture.key("decryption_key_s2c"));
  }
}
