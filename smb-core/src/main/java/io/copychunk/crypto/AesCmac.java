package io.copychunk.crypto;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-128-CMAC (RFC 4493), composed from the JDK's AES in CBC mode: the code is the last block of
 * the cipher text when the last block of the message was first mixed with a subkey. CBC runs over
 * thousands of bytes in one call, which is several times faster than block by block.
 */
final class AesCmac implements MessageMac {
  private static final int BLOCK = 16;
  private static final int CHUNK = 8192;

  private final Cipher cipher;
  private final SecretKeySpec key;
  private final byte[] k1;
  private final byte[] k2;

  /** Cipher text that nobody looks at; a partial block may be waiting inside the cipher. */
  private final byte[] discarded = new byte[CHUNK + BLOCK];

  /** The latest bytes, at most one block, kept back since the message may end with them. */
  private final byte[] tail = new byte[BLOCK];

  private final byte[] last = new byte[BLOCK];
  private int tailLength;
  private long length;
  private boolean fresh = true;

  AesCmac(byte[] key) {
    this.key = new SecretKeySpec(key, "AES");
    try {
      cipher = Cipher.getInstance("AES/CBC/NoPadding");
      reset();
      k1 = doubled(cipher.doFinal(new byte[BLOCK]));
      k2 = doubled(k1);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES/CBC is not available", e);
    }
  }

  @Override
  public void begin(byte[] header) {
    if (!fresh) {
      try {
        reset();
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException(e);
      }
    }
    fresh = false;
    tailLength = 0;
    length = 0;
  }

  @Override
  public void update(byte[] bytes, int offset, int count) {
    length += count;
    if (tailLength + count <= BLOCK) {
      System.arraycopy(bytes, offset, tail, tailLength, count);
      tailLength += count;
      return;
    }
    int kept = Math.min(count, BLOCK);
    int released = tailLength + kept - BLOCK;
    encrypt(tail, 0, released);
    System.arraycopy(tail, released, tail, 0, tailLength - released);
    tailLength -= released;
    encryptAll(bytes, offset, count - kept);
    System.arraycopy(bytes, offset + count - kept, tail, tailLength, kept);
    tailLength += kept;
  }

  @Override
  public void finish(byte[] code) {
    int partial = (int) (length % BLOCK);
    boolean whole = partial == 0 && length > 0;
    int released = whole || length < BLOCK ? 0 : BLOCK - partial;
    encrypt(tail, 0, released);
    byte[] subkey = whole ? k1 : k2;
    for (int i = 0; i < BLOCK; i++) {
      int at = released + i;
      int octet = at < tailLength ? tail[at] : at == tailLength ? 0x80 : 0;
      last[i] = (byte) (octet ^ subkey[i]);
    }
    try {
      cipher.doFinal(last, 0, BLOCK, code, 0);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    fresh = true;
  }

  private void reset() throws GeneralSecurityException {
    cipher.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(new byte[BLOCK]));
  }

  private void encryptAll(byte[] bytes, int offset, int count) {
    int end = offset + count;
    for (int from = offset; from < end; from += CHUNK) {
      encrypt(bytes, from, Math.min(CHUNK, end - from));
    }
  }

  private void encrypt(byte[] bytes, int offset, int count) {
    if (count == 0) {
      return;
    }
    try {
      cipher.update(bytes, offset, count, discarded, 0);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Multiplies by x in GF(2^128), without a branch on key bits (RFC 4493 2.3). */
  private static byte[] doubled(byte[] block) {
    byte[] result = new byte[BLOCK];
    for (int i = 0; i < BLOCK; i++) {
      int next = i + 1 < BLOCK ? (block[i + 1] & 0xFF) >>> 7 : 0;
      result[i] = (byte) (block[i] << 1 | next);
    }
    result[BLOCK - 1] ^= (byte) (0x87 & block[0] >> 7);
    return result;
  }
}
