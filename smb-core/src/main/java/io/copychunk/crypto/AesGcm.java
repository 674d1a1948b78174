package io.copychunk.crypto;

import io.copychunk.wire.TransformHeader;
import io.netty.buffer.ByteBuf;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-GCM (NIST SP 800-38D) with a nonce of 12 bytes and a tag of 16, by the JDK. */
final class AesGcm implements MessageCipher {
  private static final int NONCE_SIZE = 12;
  private static final int CHUNK = 64 * 1024;

  /** A longer array is not kept: it is rare, and a connection may live long. */
  private static final int MAX_KEPT = 2 * 1024 * 1024;

  private final Cipher cipher;
  private final SecretKeySpec key;
  private byte[] scratch = new byte[0];

  AesGcm(byte[] key) {
    this.key = new SecretKeySpec(key, "AES");
    try {
      cipher = Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES/GCM is not available", e);
    }
  }

  /**
   * Copies the message to where it is encrypted. From one array to another the JDK is slower than that,
   * and where both are of one pool it allocates a third.
   */
  @Override
  public void encrypt(byte[] header, ByteBuf message, int from, int length, byte[] out, int to) {
    message.getBytes(from, out, to, length);
    try {
      begin(Cipher.ENCRYPT_MODE, header);
      int written = 0;
      int done = 0;
      // In pieces, so that the JDK's loops are compiled soon.
      while (length - done > CHUNK) {
        written += cipher.update(out, to + done, CHUNK, out, to + written);
        done += CHUNK;
      }
      written += cipher.doFinal(out, to + done, length - done, out, to + written);
      System.arraycopy(
          out, to + written - TAG_SIZE, header, TransformHeader.SIGNATURE_OFFSET, TAG_SIZE);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /**
   * The JDK wants the tag behind the message, and all of it at once: until it has seen the tag, it
   * would keep all pieces.
   */
  @Override
  public boolean decrypt(byte[] header, ByteBuf message, int from, int length, byte[] out, int to) {
    byte[] input = scratch(length + TAG_SIZE);
    message.getBytes(from, input, 0, length);
    System.arraycopy(header, TransformHeader.SIGNATURE_OFFSET, input, length, TAG_SIZE);
    try {
      begin(Cipher.DECRYPT_MODE, header);
      cipher.doFinal(input, 0, length + TAG_SIZE, out, to);
      return true;
    } catch (AEADBadTagException e) {
      // Not every version of the JDK leaves nothing behind.
      Arrays.fill(out, to, to + length, (byte) 0);
      return false;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private void begin(int mode, byte[] header) throws GeneralSecurityException {
    int nonce = TransformHeader.NONCE_OFFSET;
    cipher.init(mode, key, new GCMParameterSpec(TAG_SIZE * Byte.SIZE, header, nonce, NONCE_SIZE));
    cipher.updateAAD(header, nonce, AUTHENTICATED_SIZE);
  }

  private byte[] scratch(int size) {
    if (scratch.length >= size) {
      return scratch;
    }
    byte[] bytes = new byte[size];
    if (size <= MAX_KEPT) {
      scratch = bytes;
    }
    return bytes;
  }
}
