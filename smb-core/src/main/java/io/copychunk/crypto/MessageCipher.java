package io.copychunk.crypto;

import io.netty.buffer.ByteBuf;

/**
 * An authenticated cipher with one key, for one message after the other. What a header holds is
 * where {@link io.copychunk.wire.TransformHeader} says: the nonce, and behind its start the 32 bytes
 * that are authenticated with the message.
 *
 * <p>Input is the bytes {@code from} to {@code from + length} of a buffer, which do not change;
 * output goes to an array behind {@code to}.
 */
sealed interface MessageCipher permits AesCcm, AesGcm {
  /** The size of an authentication tag in bytes. */
  int TAG_SIZE = 16;

  /** How many bytes of the header are authenticated: from its nonce on, all. */
  int AUTHENTICATED_SIZE = 32;

  /**
   * A cipher for messages.
   *
   * @param key as long as the algorithm wants it; may be wiped afterwards
   * @throws IllegalArgumentException when the key has another length
   */
  static MessageCipher of(CipherAlgorithm algorithm, byte[] key) {
    if (key.length * Byte.SIZE != algorithm.keyBits()) {
      throw new IllegalArgumentException("key: " + key.length + " bytes (expected: "
          + algorithm.keyBits() / Byte.SIZE + " for " + algorithm + ")");
    }
    return switch (algorithm) {
      case AES_128_CCM, AES_256_CCM -> new AesCcm(key);
      case AES_128_GCM, AES_256_GCM -> new AesGcm(key);
    };
  }

  /**
   * Encrypts a message and puts the tag into the header's Signature.
   *
   * @param out has room for {@code length + TAG_SIZE} bytes, the last 16 of which are of no use
   */
  void encrypt(byte[] header, ByteBuf message, int from, int length, byte[] out, int to);

  /**
   * Decrypts a message whose tag is in the header's Signature.
   *
   * @param out has room for {@code length} bytes, which are zeros when the tag is wrong
   * @return whether the tag is right
   */
  boolean decrypt(byte[] header, ByteBuf message, int from, int length, byte[] out, int to);
}
