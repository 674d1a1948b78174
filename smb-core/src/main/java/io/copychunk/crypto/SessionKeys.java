package io.copychunk.crypto;

import io.copychunk.wire.Dialect;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The keys of a session (3.2.5.3.1), or of a further channel of it, of which only {@link
 * #signingKey} counts (3.2.5.3.3).
 *
 * <p>All accessors return copies, and throw {@link IllegalStateException} after {@link #destroy}.
 */
public final class SessionKeys {
  /** The size of the session key, and of the keys derived for signing, in bytes. */
  public static final int SIZE = 16;

  private static final int BITS = 8 * SIZE;

  private final Dialect dialect;
  private final byte[] signingKey;
  private final byte[] applicationKey;
  private final byte[] clientToServerKey;
  private final byte[] serverToClientKey;
  private volatile boolean destroyed;

  private SessionKeys(
      Dialect dialect,
      byte[] signingKey,
      byte[] applicationKey,
      byte[] clientToServerKey,
      byte[] serverToClientKey) {
    this.dialect = dialect;
    this.signingKey = signingKey;
    this.applicationKey = applicationKey;
    this.clientToServerKey = clientToServerKey;
    this.serverToClientKey = serverToClientKey;
  }

  /**
   * Derives the keys. The arrays that are passed may be wiped afterwards.
   *
   * @param dialect the negotiated dialect
   * @param sessionKey the key that the authentication gave; the first 16 bytes count, and a shorter
   *     one is padded with zeros
   * @param fullSessionKey the same key in full length, from which cipher keys of 256 bits are
   *     derived
   * @param preauthHash the 64 bytes of the session's preauthentication integrity hash for 3.1.1;
   *     not looked at for other dialects
   * @param cipherKeyBits 128 or 256, the key length of the negotiated cipher; 128 when there is none
   * @return the keys
   */
  public static SessionKeys derive(
      Dialect dialect,
      byte[] sessionKey,
      byte[] fullSessionKey,
      byte @Nullable [] preauthHash,
      int cipherKeyBits) {
    if (cipherKeyBits != BITS && cipherKeyBits != 2 * BITS) {
      throw new IllegalArgumentException(
          "cipherKeyBits: " + cipherKeyBits + " (expected: 128 or 256)");
    }
    byte[] key = Arrays.copyOf(sessionKey, SIZE);
    if (!dialect.isAtLeast(Dialect.SMB_3_0)) {
      return new SessionKeys(dialect, key, key.clone(), new byte[0], new byte[0]);
    }
    byte[] cipherSource = cipherKeyBits == BITS ? key : fullSessionKey;
    try {
      return dialect.isAtLeast(Dialect.SMB_3_1_1)
          ? derive311(dialect, key, cipherSource, preauthHash, cipherKeyBits)
          : derive300(dialect, key, cipherSource, cipherKeyBits);
    } finally {
      Arrays.fill(key, (byte) 0);
    }
  }

  private static SessionKeys derive300(
      Dialect dialect, byte[] key, byte[] cipherSource, int cipherKeyBits) {
    return new SessionKeys(
        dialect,
        KeyDerivation.derive(key, ascii("SMB2AESCMAC\0"), ascii("SmbSign\0"), BITS),
        KeyDerivation.derive(key, ascii("SMB2APP\0"), ascii("SmbRpc\0"), BITS),
        KeyDerivation.derive(
            cipherSource, ascii("SMB2AESCCM\0"), ascii("ServerIn \0"), cipherKeyBits),
        KeyDerivation.derive(
            cipherSource, ascii("SMB2AESCCM\0"), ascii("ServerOut\0"), cipherKeyBits));
  }

  private static SessionKeys derive311(
      Dialect dialect,
      byte[] key,
      byte[] cipherSource,
      byte @Nullable [] preauthHash,
      int cipherKeyBits) {
    if (preauthHash == null || preauthHash.length != PreauthIntegrityHash.SIZE) {
      throw new IllegalArgumentException("preauthHash: missing (expected: 64 bytes for 3.1.1)");
    }
    return new SessionKeys(
        dialect,
        KeyDerivation.derive(key, ascii("SMBSigningKey\0"), preauthHash, BITS),
        KeyDerivation.derive(key, ascii("SMBAppKey\0"), preauthHash, BITS),
        KeyDerivation.derive(cipherSource, ascii("SMBC2SCipherKey\0"), preauthHash, cipherKeyBits),
        KeyDerivation.derive(cipherSource, ascii("SMBS2CCipherKey\0"), preauthHash, cipherKeyBits));
  }

  /**
   * The key that signs messages: for 2.0.2 and 2.1 the session key itself.
   *
   * @return 16 bytes
   */
  public byte[] signingKey() {
    return copyOf(signingKey);
  }

  /**
   * The key for what runs above the session: for 2.0.2 and 2.1 the session key itself.
   *
   * @return 16 bytes
   */
  public byte[] applicationKey() {
    return copyOf(applicationKey);
  }

  /**
   * The key that encrypts what the client sends.
   *
   * @return 16 or 32 bytes
   * @throws IllegalStateException also for 2.0.2 and 2.1, which have no encryption
   */
  public byte[] clientToServerKey() {
    return cipherKey(clientToServerKey);
  }

  /**
   * The key that decrypts what the server sends.
   *
   * @return 16 or 32 bytes
   * @throws IllegalStateException also for 2.0.2 and 2.1, which have no encryption
   */
  public byte[] serverToClientKey() {
    return cipherKey(serverToClientKey);
  }

  /** Overwrites all keys. */
  public void destroy() {
    destroyed = true;
    Arrays.fill(signingKey, (byte) 0);
    Arrays.fill(applicationKey, (byte) 0);
    Arrays.fill(clientToServerKey, (byte) 0);
    Arrays.fill(serverToClientKey, (byte) 0);
  }

  private byte[] cipherKey(byte[] key) {
    if (key.length == 0) {
      throw new IllegalStateException("SMB " + dialect + " has no cipher keys");
    }
    return copyOf(key);
  }

  private byte[] copyOf(byte[] key) {
    if (destroyed) {
      throw new IllegalStateException("The keys were destroyed");
    }
    return key.clone();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** Tells the dialect only. */
  @Override
  public String toString() {
    return "SessionKeys[" + dialect + "]";
  }
}
