package io.copychunk.crypto;

import io.copychunk.wire.HeaderFlags;
import io.copychunk.wire.Smb2Header;
import io.netty.buffer.ByteBuf;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Signs and verifies messages with one key (3.1.4.1, 3.1.5.1). A message is what one header covers:
 * from the header's first byte to the end of the padding in front of the next header, or to the end
 * of the frame.
 *
 * <p>A signer reuses its cipher and its buffers, and so is confined to one thread.
 */
public final class MessageSigner {
  /** The size of a signing key and of a signature in bytes. */
  public static final int SIZE = MessageMac.SIZE;

  private static final int CHUNK = 65_536;

  private final SigningAlgorithm algorithm;
  private final MessageMac mac;
  private final byte[] header = new byte[Smb2Header.SIZE];
  private final byte[] computed = new byte[SIZE];
  private final byte[] received = new byte[SIZE];
  private byte[] chunk = new byte[0];

  /**
   * Creates a signer.
   *
   * @param algorithm the negotiated algorithm
   * @param key the signing key, 16 bytes; may be wiped afterwards
   */
  public MessageSigner(SigningAlgorithm algorithm, byte[] key) {
    if (key.length != SIZE) {
      throw new IllegalArgumentException("key: " + key.length + " bytes (expected: 16)");
    }
    this.algorithm = algorithm;
    this.mac = switch (algorithm) {
      case HMAC_SHA256 -> new HmacSha256(key);
      case AES_CMAC -> new AesCmac(key);
      case AES_GMAC -> new AesGmac(key);
    };
  }

  /**
   * Signs a message in place: sets SIGNED and fills Signature.
   *
   * <p>With AES-GMAC, signing two different messages that have the same MessageId, direction and
   * kind (CANCEL or not) gives the key away. Whoever numbers the messages has to prevent that: a
   * request is signed once, and cancelled once.
   *
   * @param message its readable bytes are the message; its indices do not move
   * @throws IllegalArgumentException when the message is shorter than a header
   */
  public void sign(ByteBuf message) {
    if (message.readableBytes() < Smb2Header.SIZE) {
      throw new IllegalArgumentException(
          "message: " + message.readableBytes() + " bytes (expected: >= 64)");
    }
    int start = message.readerIndex();
    int flags = message.getIntLE(start + Smb2Header.FLAGS_OFFSET);
    message.setIntLE(start + Smb2Header.FLAGS_OFFSET, flags | HeaderFlags.SIGNED.bits());
    compute(message);
    message.setBytes(start + Smb2Header.SIGNATURE_OFFSET, computed);
  }

  /**
   * Whether a message is signed with this key. The time this takes does not tell where a wrong
   * signature differs.
   *
   * @param message its readable bytes are the message; neither they nor its indices change
   * @return false also when SIGNED is not set or the message is shorter than a header
   */
  public boolean verify(ByteBuf message) {
    if (message.readableBytes() < Smb2Header.SIZE) {
      return false;
    }
    int start = message.readerIndex();
    int flags = message.getIntLE(start + Smb2Header.FLAGS_OFFSET);
    if (!new HeaderFlags(flags).has(HeaderFlags.SIGNED)) {
      return false;
    }
    compute(message);
    message.getBytes(start + Smb2Header.SIGNATURE_OFFSET, received);
    return MessageDigest.isEqual(computed, received);
  }

  /** Computes the signature over a copy of the header with Signature zeroed, and the body. */
  private void compute(ByteBuf message) {
    message.getBytes(message.readerIndex(), header);
    Arrays.fill(header, Smb2Header.SIGNATURE_OFFSET, Smb2Header.SIZE, (byte) 0);
    mac.begin(header);
    mac.update(header, 0, header.length);
    updateWithBody(message);
    mac.finish(computed);
  }

  private void updateWithBody(ByteBuf message) {
    int from = message.readerIndex() + Smb2Header.SIZE;
    int end = message.writerIndex();
    if (message.hasArray()) {
      mac.update(message.array(), message.arrayOffset() + from, end - from);
      return;
    }
    // The JDK's ciphers would copy a direct buffer too, and into a new array each time.
    while (from < end) {
      int length = Math.min(CHUNK, end - from);
      if (chunk.length < length) {
        chunk = new byte[length];
      }
      message.getBytes(from, chunk, 0, length);
      mac.update(chunk, 0, length);
      from += length;
    }
  }

  @Override
  public String toString() {
    return "MessageSigner[" + algorithm + "]";
  }
}
