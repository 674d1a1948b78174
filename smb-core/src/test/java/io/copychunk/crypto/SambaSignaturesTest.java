package io.copychunk.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.auth.SambaLogin;
import io.copychunk.testing.Capture;
import io.copychunk.wire.Smb2Header;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Every signed message that was captured from Samba, in both directions. */
class SambaSignaturesTest {
  static final List<String> KEYED = Capture.KEYED;

  @Test
  void everySignatureVerifiesAndComesOutTheSame() {
    int verified = 0;
    for (String file : Capture.KEYED) {
      Capture capture = Capture.of(file);
      verified += verifyAll(capture, capture.key("signing_key"));
    }
    assertThat(verified).isEqualTo(354);
  }

  @Test
  void everySignatureOfSmbclientVerifiesWithTheKeyFromThePassword() {
    int verified = 0;
    for (String file : Capture.SMBCLIENT) {
      Capture capture = Capture.of(file);
      byte[] sessionKey = SambaLogin.of(capture).sessionKey();
      byte[] hash = capture.preauthHash().bytes();
      SessionKeys keys = SessionKeys.derive(capture.dialect(), sessionKey, sessionKey, hash, 128);
      verified += verifyAll(capture, keys.signingKey());
    }
    assertThat(verified).isEqualTo(14);
  }

  private static int verifyAll(Capture capture, byte[] key) {
    MessageSigner verifier = new MessageSigner(capture.signingAlgorithm(), key);
    MessageSigner signer = new MessageSigner(capture.signingAlgorithm(), key);
    int verified = 0;
    for (byte[] element : signedElements(capture)) {
      ByteBuf message = Unpooled.wrappedBuffer(element.clone());
      assertThat(verifier.verify(message)).as("%s %s", capture, header(element)).isTrue();
      assertThat(message.array()).isEqualTo(element);
      message.setZero(Smb2Header.SIGNATURE_OFFSET, MessageSigner.SIZE);
      message.setByte(16, message.getByte(16) & ~8);
      signer.sign(message);
      assertThat(message.array()).isEqualTo(element);
      verified++;
    }
    return verified;
  }

  @ParameterizedTest
  @FieldSource("KEYED")
  void anyFlippedBitIsNoticed(String file) {
    Capture capture = Capture.of(file);
    MessageSigner signer =
        new MessageSigner(capture.signingAlgorithm(), capture.key("signing_key"));
    List<byte[]> elements = signedElements(capture);
    byte[] whole = elements.get(new Random(file.hashCode()).nextInt(elements.size()));
    byte[] element = whole.length > 1024 ? elements.get(0) : whole;
    for (int bit = 0; bit < 8 * element.length; bit++) {
      byte[] flipped = element.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      assertThat(signer.verify(Unpooled.wrappedBuffer(flipped)))
          .as("bit %d", bit)
          .isFalse();
    }
    assertThat(signer.verify(Unpooled.wrappedBuffer(element))).isTrue();
  }

  private static List<byte[]> signedElements(Capture capture) {
    return capture.elements().stream()
        .filter(element -> header(element).isSigned())
        .toList();
  }

  private static Smb2Header header(byte[] element) {
    return Capture.header(element, 0);
  }
}
