package io.copychunk.crypto;

import io.copychunk.wire.Command;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES-128-GMAC (NIST SP 800-38D) with the nonce of 3.1.4.1: the MessageId, then 32 bits of which
 * bit 0 says that a server sent the message and bit 1 that it is a CANCEL.
 */
final class AesGmac implements MessageMac {
  private static final int TAG_BITS = 128;
  private static final int NONCE_SIZE = 12;
  private static final int COMMAND_OFFSET = 12;
  private static final int FLAGS_OFFSET = 16;
  private static final int MESSAGE_ID_OFFSET = 24;

  private final Cipher cipher;
  private final SecretKeySpec key;
  private final byte[] nonce = new byte[NONCE_SIZE];
  private byte[] previousNonce = new byte[0];

  AesGmac(byte[] key) {
    this.key = new SecretKeySpec(key, "AES");
    try {
      cipher = Cipher.getInstance("AES/GCM/NoPadding");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("AES/GCM is not available", e);
    }
  }

  @Override
  public void begin(byte[] header) {
    System.arraycopy(header, MESSAGE_ID_OFFSET, nonce, 0, 8);
    int fromServer = header[FLAGS_OFFSET] & 1;
    boolean cancel =
        header[COMMAND_OFFSET] == Command.CANCEL.code() && header[COMMAND_OFFSET + 1] == 0;
    nonce[8] = (byte) (fromServer | (cancel ? 2 : 0));
    begin();
  }

  /** Starts a message under {@link #nonce}. */
  private void begin() {
    try {
      if (Arrays.equals(nonce, previousNonce)) {
        // The JDK refuses the nonce of the message before, which a peer may well repeat.
        byte[] other = nonce.clone();
        other[NONCE_SIZE - 1] ^= 1;
        cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, other));
      }
      cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
      previousNonce = nonce.clone();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void update(byte[] bytes, int offset, int length) {
    cipher.updateAAD(bytes, offset, length);
  }

  @Override
  public void finish(byte[] code) {
    try {
      cipher.doFinal(code, 0);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }
}
