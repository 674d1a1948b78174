package io.copychunk.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.copychunk.wire.Command;
import io.copychunk.wire.Smb2Header;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MessageSignerTest {
  private static final byte[] KEY = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

  @ParameterizedTest
  @EnumSource
  void allKindsOfBuffersAreSignedAlike(SigningAlgorithm algorithm) {
    for (int bodySize : new int[] {0, 1, 64, 8192, 20_000}) {
      byte[] bytes = message(1, bodySize);
      ByteBuf heap = Unpooled.buffer().writeZero(3).writeBytes(bytes).skipBytes(3);
      ByteBuf direct = Unpooled.directBuffer().writeZero(5).writeBytes(bytes).skipBytes(5);
      ByteBuf composite = Unpooled.wrappedBuffer(
          Unpooled.copiedBuffer(bytes, 0, 50), Unpooled.copiedBuffer(bytes, 50, bytes.length - 50));
      for (ByteBuf message : new ByteBuf[] {heap, direct, composite}) {
        new MessageSigner(algorithm, KEY).sign(message);
      }
      assertThat(ByteBufUtil.getBytes(direct)).isEqualTo(ByteBufUtil.getBytes(heap));
      assertThat(ByteBufUtil.getBytes(composite)).isEqualTo(ByteBufUtil.getBytes(heap));
      MessageSigner verifier = new MessageSigner(algorithm, KEY);
      for (ByteBuf message : new ByteBuf[] {heap, direct, composite}) {
        byte[] before = ByteBufUtil.getBytes(message);
        assertThat(verifier.verify(message)).isTrue();
        assertThat(ByteBufUtil.getBytes(message)).isEqualTo(before);
        message.release();
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void theSameMessageMayComeAnyNumberOfTimes(SigningAlgorithm algorithm) {
    ByteBuf message = Unpooled.wrappedBuffer(message(7, 100));
    ByteBuf other = Unpooled.wrappedBuffer(message(8, 100));
    MessageSigner signer = new MessageSigner(algorithm, KEY);
    signer.sign(message);
    signer.sign(other);
    for (int i = 0; i < 3; i++) {
      assertThat(signer.verify(message)).isTrue();
      assertThat(signer.verify(message)).isTrue();
      assertThat(signer.verify(other)).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource
  void signingAgainReplacesTheSignature(SigningAlgorithm algorithm) {
    ByteBuf message = Unpooled.wrappedBuffer(message(7, 100));
    MessageSigner signer = new MessageSigner(algorithm, KEY);
    signer.sign(message);
    byte[] once = ByteBufUtil.getBytes(message);
    signer.sign(message);
    assertThat(ByteBufUtil.getBytes(message)).isEqualTo(once);
    assertThat(Smb2Header.read(WireReader.of(once)).isSigned()).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void theSignatureOfAMessageThatIsNotMarkedAsSignedDoesNotCount(SigningAlgorithm algorithm) {
    ByteBuf message = Unpooled.wrappedBuffer(message(7, 100));
    MessageSigner signer = new MessageSigner(algorithm, KEY);
    signer.sign(message);
    message.setByte(Smb2Header.FLAGS_OFFSET, 0);
    assertThat(signer.verify(message)).isFalse();
  }

  @ParameterizedTest
  @EnumSource
  void whatIsTooShortIsNotVerified(SigningAlgorithm algorithm) {
    MessageSigner signer = new MessageSigner(algorithm, KEY);
    ByteBuf message = Unpooled.wrappedBuffer(message(7, 0));
    signer.sign(message);
    for (int length = 0; length < Smb2Header.SIZE; length++) {
      assertThat(signer.verify(message.slice(0, length))).isFalse();
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> signer.sign(message.slice(0, Smb2Header.SIZE - 1)));
  }

  @Test
  void onlyKeysOf16BytesAreTaken() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MessageSigner(SigningAlgorithm.AES_CMAC, new byte[32]));
  }

  private static byte[] message(long messageId, int bodySize) {
    return WireWriter.toBytes(out -> {
      Smb2Header.request(Command.ECHO, messageId, 5, 6).write(out);
      for (int i = 0; i < bodySize; i++) {
        out.u8(i);
      }
    });
  }
}
