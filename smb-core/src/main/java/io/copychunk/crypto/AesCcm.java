package io.copychunk.crypto;

import io.copychunk.wire.TransformHeader;
import io.netty.buffer.ByteBuf;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-CCM (RFC 3610, NIST SP 800-38C) with a nonce of 11 bytes, a length field of 4 and a tag of
 * 16, composed from the JDK's AES in CTR mode, which encrypts, and in CBC mode, whose last block
 * authenticates.
 *
 * <p>Both run over one piece after the other, so that each piece is in the processor's cache when
 * the second comes to it.
 */
final class AesCcm implements MessageCipher {
  private static final int BLOCK = 16;
  private static final int NONCE_SIZE = 11;

  /** A multiple of the block size: only the last piece ends within a block. */
  private static final int CHUNK = 8192;

  /** B_0: authenticated data (0x40), a tag of 16 bytes (7, shifted by 3), a length field of 4 (3). */
  private static final byte AUTHENTICATING_FLAGS = 0x40 | 7 << 3 | 3;

  /** A_0: a counter of 4 bytes. */
  private static final byte COUNTING_FLAGS = 3;

  private static final byte[] ZEROS = new byte[BLOCK];

  private final Cipher ctr;
  private final Cipher cbc;
  private final SecretKeySpec key;

  /** A_0, the first block that CTR encrypts: flags, nonce, counter 0. */
  private final byte[] a0 = new byte[BLOCK];

  /** B_0 (flags, nonce, length), then the authenticated data behind its length, padded. */
  private final byte[] prefix = new byte[BLOCK + 48];

  private final byte[] chunk = new byte[CHUNK];
  private final byte[] padded = new byte[BLOCK];
  private final byte[] mask = new byte[BLOCK];
  private final byte[] tag = new byte[TAG_SIZE];
  private final byte[] received = new byte[TAG_SIZE];

  /** What CBC made of the latest piece, and where its last block ends. */
  private final byte[] cbcOutput = new byte[CHUNK];

  private int cbcEnd;

  AesCcm(byte[] key) {
    this.key = new SecretKeySpec(key, "AES");
    a0[0] = COUNTING_FLAGS;
    prefix[0] = AUTHENTICATING_FLAGS;
    prefix[BLOCK + 1] = AUTHENTICATED_SIZE;
    try {
      ctr = Cipher.getInstance("AES/CTR/NoPadding");
      cbc = Cipher.getInstance("AES/CBC/NoPadding");
      cbc.init(Cipher.ENCRYPT_MODE, this.key, new IvParameterSpec(new byte[BLOCK]));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES/CTR or AES/CBC is not available", e);
    }
  }

  @Override
  public void encrypt(byte[] header, ByteBuf message, int from, int length, byte[] out, int to) {
    try {
      begin(header, length);
      for (int done = 0; done < length; done += CHUNK) {
        int count = Math.min(CHUNK, length - done);
        byte[] bytes = array(message, from + done, count);
        int offset = arrayOffset(message, from + done);
        authenticate(bytes, offset, count);
        ctr.update(bytes, offset, count, out, to + done);
      }
      finish();
      System.arraycopy(tag, 0, header, TransformHeader.SIGNATURE_OFFSET, TAG_SIZE);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public boolean decrypt(byte[] header, ByteBuf message, int from, int length, byte[] out, int to) {
    try {
      begin(header, length);
      for (int done = 0; done < length; done += CHUNK) {
        int count = Math.min(CHUNK, length - done);
        byte[] bytes = array(message, from + done, count);
        ctr.update(bytes, arrayOffset(message, from + done), count, out, to + done);
        authenticate(out, to + done, count);
      }
      finish();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
    System.arraycopy(header, TransformHeader.SIGNATURE_OFFSET, received, 0, TAG_SIZE);
    boolean right = MessageDigest.isEqual(tag, received);
    if (!right) {
      Arrays.fill(out, to, to + length, (byte) 0);
    }
    return right;
  }

  /** An array that holds bytes of the message, from {@link #arrayOffset} on. */
  private byte[] array(ByteBuf message, int from, int count) {
    if (message.hasArray()) {
      return message.array();
    }
    message.getBytes(from, chunk, 0, count);
    return chunk;
  }

  private static int arrayOffset(ByteBuf message, int from) {
    return message.hasArray() ? message.arrayOffset() + from : 0;
  }

  private void begin(byte[] header, int length) throws GeneralSecurityException {
    int nonce = TransformHeader.NONCE_OFFSET;
    System.arraycopy(header, nonce, a0, 1, NONCE_SIZE);
    ctr.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(a0));
    ctr.update(ZEROS, 0, BLOCK, mask, 0);
    System.arraycopy(header, nonce, prefix, 1, NONCE_SIZE);
    for (int i = 0; i < Integer.BYTES; i++) {
      prefix[BLOCK - 1 - i] = (byte) (length >>> Byte.SIZE * i);
    }
    System.arraycopy(header, nonce, prefix, BLOCK + 2, AUTHENTICATED_SIZE);
    authenticate(prefix, 0, prefix.length);
  }

  /** Runs CBC over a piece; the last one is padded with zeros. */
  private void authenticate(byte[] bytes, int offset, int count) throws GeneralSecurityException {
    int partial = count % BLOCK;
    if (count > partial) {
      cbcEnd = cbc.update(bytes, offset, count - partial, cbcOutput, 0);
    }
    if (partial > 0) {
      Arrays.fill(padded, (byte) 0);
      System.arraycopy(bytes, offset + count - partial, padded, 0, partial);
      cbcEnd = cbc.update(padded, 0, BLOCK, cbcOutput, 0);
    }
  }

  private void finish() throws GeneralSecurityException {
    for (int i = 0; i < TAG_SIZE; i++) {
      tag[i] = (byte) (cbcOutput[cbcEnd - BLOCK + i] ^ mask[i]);
    }
    // Takes CBC back to its start, at a fraction of what init would cost.
    cbc.doFinal(cbcOutput, 0);
  }
}
