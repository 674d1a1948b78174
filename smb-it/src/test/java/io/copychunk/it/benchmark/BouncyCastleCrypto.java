package io.copychunk.it.benchmark;

import io.copychunk.crypto.CipherAlgorithm;
import io.copychunk.crypto.SigningAlgorithm;
import io.copychunk.it.benchmark.ProtectedMessage.ThereAndBack;
import java.nio.ByteBuffer;
import java.util.Objects;
import org.bouncycastle.crypto.CipherParameters;
import org.bouncycastle.crypto.Mac;
import org.bouncycastle.crypto.digests.SHA256Digest;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.macs.CMac;
import org.bouncycastle.crypto.macs.GMac;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.modes.AEADCipher;
import org.bouncycastle.crypto.modes.CCMBlockCipher;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.bouncycastle.crypto.params.ParametersWithIV;
import org.jspecify.annotations.Nullable;

/** Bouncy Castle's own implementations, which most other clients use. */
final class BouncyCastleCrypto {
  private static final int TAG = 16;
  private static final byte[] AUTHENTICATED = new byte[32];

  private BouncyCastleCrypto() {}

  static ThereAndBack of(
      @Nullable SigningAlgorithm signing, @Nullable CipherAlgorithm cipher, int size) {
    if (signing == null) {
      return encrypted(Objects.requireNonNull(cipher), size);
    }
    KeyParameter key = new KeyParameter(new byte[16]);
    ByteBuffer nonce = ByteBuffer.allocate(12);
    return switch (signing) {
      case HMAC_SHA256 -> signed(new HMac(new SHA256Digest()), key, null, size);
      case AES_CMAC -> signed(new CMac(AESEngine.newInstance()), key, null, size);
      case AES_GMAC ->
        signed(new GMac(GCMBlockCipher.newInstance(AESEngine.newInstance())), key, nonce, size);
    };
  }

  private static ThereAndBack signed(
      Mac mac, KeyParameter key, @Nullable ByteBuffer nonce, int size) {
    mac.init(nonce == null ? key : new ParametersWithIV(key, nonce.array()));
    byte[] message = new byte[size];
    byte[] code = new byte[mac.getMacSize()];
    return () -> {
      for (int i = 0; i < 2; i++) {
        if (nonce != null) {
          nonce.putLong(0, nonce.getLong(0) + 1);
          mac.init(new ParametersWithIV(key, nonce.array()));
        }
        mac.update(message, 0, size);
        mac.doFinal(code, 0);
      }
      return code[0];
    };
  }

  private static ThereAndBack encrypted(CipherAlgorithm algorithm, int size) {
    AEADCipher cipher = switch (algorithm) {
      case AES_128_CCM, AES_256_CCM -> CCMBlockCipher.newInstance(AESEngine.newInstance());
      case AES_128_GCM, AES_256_GCM -> GCMBlockCipher.newInstance(AESEngine.newInstance());
    };
    KeyParameter key = new KeyParameter(new byte[algorithm.keyBits() / Byte.SIZE]);
    byte[] message = new byte[size];
    byte[] encrypted = new byte[size + TAG];
    byte[] decrypted = new byte[size];
    ByteBuffer nonce = ByteBuffer.allocate(algorithm.nonceSize());
    return () -> {
      nonce.putLong(0, nonce.getLong(0) + 1);
      CipherParameters parameters =
          new AEADParameters(key, 8 * TAG, nonce.array().clone(), AUTHENTICATED);
      cipher.init(true, parameters);
      int written = cipher.processBytes(message, 0, size, encrypted, 0);
      cipher.doFinal(encrypted, written);
      cipher.init(false, parameters);
      written = cipher.processBytes(encrypted, 0, size + TAG, decrypted, 0);
      cipher.doFinal(decrypted, written);
      return decrypted[size - 1];
    };
  }
}
