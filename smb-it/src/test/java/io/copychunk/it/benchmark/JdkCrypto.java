package io.copychunk.it.benchmark;

import io.copychunk.crypto.CipherAlgorithm;
import io.copychunk.crypto.SigningAlgorithm;
import io.copychunk.it.benchmark.ProtectedMessage.ThereAndBack;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Objects;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/** The JDK's ciphers over arrays, with as few calls as possible: what no code on top can beat. */
final class JdkCrypto {
  private static final int TAG = 16;
  private static final byte[] AUTHENTICATED = new byte[32];

  private JdkCrypto() {}

  static ThereAndBack of(
      @Nullable SigningAlgorithm signing, @Nullable CipherAlgorithm cipher, int size)
      throws GeneralSecurityException {
    if (signing != null) {
      return switch (signing) {
        case HMAC_SHA256 -> hmac(size);
        case AES_CMAC -> cbc(size);
        case AES_GMAC -> gmac(size);
      };
    }
    SecretKeySpec key = key(Objects.requireNonNull(cipher).keyBits());
    return switch (cipher) {
      case AES_128_CCM, AES_256_CCM -> ctrAndCbc(key, size);
      case AES_128_GCM, AES_256_GCM -> gcm(key, size);
    };
  }

  private static ThereAndBack hmac(int size) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(new byte[16], "HmacSHA256"));
    byte[] message = new byte[size];
    byte[] code = new byte[32];
    return () -> {
      for (int i = 0; i < 2; i++) {
        mac.update(message, 0, size);
        mac.doFinal(code, 0);
      }
      return code[0];
    };
  }

  private static ThereAndBack cbc(int size) throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/CBC/NoPadding");
    cipher.init(Cipher.ENCRYPT_MODE, key(128), new IvParameterSpec(new byte[16]));
    byte[] message = new byte[size];
    byte[] out = new byte[size];
    return () -> {
      cipher.doFinal(message, 0, size, out, 0);
      cipher.doFinal(message, 0, size, out, 0);
      return out[size - 1];
    };
  }

  private static ThereAndBack gmac(int size) throws GeneralSecurityException {
    Cipher signer = Cipher.getInstance("AES/GCM/NoPadding");
    Cipher verifier = Cipher.getInstance("AES/GCM/NoPadding");
    SecretKeySpec key = key(128);
    byte[] message = new byte[size];
    byte[] code = new byte[TAG];
    ByteBuffer nonce = ByteBuffer.allocate(12);
    return () -> {
      nonce.putLong(0, nonce.getLong(0) + 1);
      for (Cipher cipher : new Cipher[] {signer, verifier}) {
        cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(128, nonce.array()));
        cipher.updateAAD(message, 0, size);
        cipher.doFinal(code, 0);
      }
      return code[0];
    };
  }

  private static ThereAndBack ctrAndCbc(SecretKeySpec key, int size)
      throws GeneralSecurityException {
    Cipher ctr = Cipher.getInstance("AES/CTR/NoPadding");
    Cipher cbc = Cipher.getInstance("AES/CBC/NoPadding");
    cbc.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(new byte[16]));
    byte[] message = new byte[size];
    byte[] encrypted = new byte[size];
    byte[] decrypted = new byte[size];
    byte[] discarded = new byte[size];
    ByteBuffer counter = ByteBuffer.allocate(16);
    return () -> {
      counter.putLong(0, counter.getLong(0) + 1);
      ctr.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(counter.array()));
      cbc.doFinal(message, 0, size, discarded, 0);
      ctr.doFinal(message, 0, size, encrypted, 0);
      ctr.init(Cipher.ENCRYPT_MODE, key, new IvParameterSpec(counter.array()));
      ctr.doFinal(encrypted, 0, size, decrypted, 0);
      cbc.doFinal(decrypted, 0, size, discarded, 0);
      return discarded[size - 1];
    };
  }

  private static ThereAndBack gcm(SecretKeySpec key, int size) throws GeneralSecurityException {
    Cipher encryptor = Cipher.getInstance("AES/GCM/NoPadding");
    Cipher decryptor = Cipher.getInstance("AES/GCM/NoPadding");
    byte[] message = new byte[size];
    byte[] encrypted = new byte[size + TAG];
    byte[] decrypted = new byte[size];
    ByteBuffer nonce = ByteBuffer.allocate(12);
    return () -> {
      nonce.putLong(0, nonce.getLong(0) + 1);
      encryptor.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(128, nonce.array()));
      encryptor.updateAAD(AUTHENTICATED);
      encryptor.doFinal(message, 0, size, encrypted, 0);
      decryptor.init(Cipher.DECRYPT_MODE, key, new GCMParameterSpec(128, nonce.array()));
      decryptor.updateAAD(AUTHENTICATED);
      decryptor.doFinal(encrypted, 0, size + TAG, decrypted, 0);
      return decrypted[size - 1];
    };
  }

  private static SecretKeySpec key(int bits) {
    return new SecretKeySpec(new byte[bits / Byte.SIZE], "AES");
  }
}
