package io.copychunk.crypto;

import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;

/** The first 16 bytes of HMAC-SHA256 (RFC 2104). */
final class HmacSha256 implements MessageMac {
  private static final String NAME = "HmacSHA256";

  private final Mac mac;
  private final byte[] full = new byte[32];

  HmacSha256(byte[] key) {
    try {
      mac = Mac.getInstance(NAME);
      mac.init(new SecretKeySpec(key, NAME));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(NAME + " is not available", e);
    }
  }

  @Override
  public void begin(byte[] header) {
    mac.reset();
  }

  @Override
  public void update(byte[] bytes, int offset, int length) {
    mac.update(bytes, offset, length);
  }

  @Override
  public void finish(byte[] code) {
    try {
      mac.doFinal(full, 0);
    } catch (ShortBufferException e) {
      throw new IllegalStateException(e);
    }
    System.arraycopy(full, 0, code, 0, SIZE);
  }
}
