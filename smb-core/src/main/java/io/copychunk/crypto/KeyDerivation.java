package io.copychunk.crypto;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Key derivation in counter mode with HMAC-SHA256 and a counter of 32 bits (3.1.4.2, NIST SP
 * 800-108 4.1).
 */
public final class KeyDerivation {
  private static final int HASH_BITS = 256;

  private KeyDerivation() {}

  /**
   * Derives a key.
   *
   * @param key the key to derive from, at least one byte
   * @param label what the new key is for, with its terminating zero byte
   * @param context what the new key is bound to, with its terminating zero byte where it has one
   * @param bits the length of the new key: a multiple of 8 from 8 to 256
   * @return a new array of {@code bits / 8} bytes
   */
  public static byte[] derive(byte[] key, byte[] label, byte[] context, int bits) {
    if (bits < Byte.SIZE || bits > HASH_BITS || bits % Byte.SIZE != 0) {
      throw new IllegalArgumentException("bits: " + bits + " (expected: 8, 16 .. 256)");
    }
    try {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(key, mac.getAlgorithm()));
      mac.update(bigEndian(1));
      mac.update(label);
      mac.update((byte) 0);
      mac.update(context);
      byte[] block = mac.doFinal(bigEndian(bits));
      byte[] derived = Arrays.copyOf(block, bits / Byte.SIZE);
      Arrays.fill(block, (byte) 0);
      return derived;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("HmacSHA256 is not available", e);
    }
  }

  private static byte[] bigEndian(int value) {
    return new byte[] {
      (byte) (value >>> 24), (byte) (value >>> 16), (byte) (value >>> 8), (byte) value
    };
  }
}
