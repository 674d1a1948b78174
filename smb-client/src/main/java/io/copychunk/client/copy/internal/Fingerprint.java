package io.copychunk.client.copy.internal;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;

/**
 * Names, and what they stand for, as 64 bits: the first of a SHA-256 that begins with a secret of its
 * own, so that nobody can make two names that have the same. Thread-safe.
 */
public final class Fingerprint {
  /** The secret's bytes. */
  public static final int KEY_BYTES = 16;

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int INITIAL = 1024;

  private final MessageDigest digest;
  private final byte[] key;
  private ByteBuffer input = ByteBuffer.allocate(INITIAL);

  /**
   * Creates one with a secret that is known, so that what was computed before can be found again.
   *
   * @param key {@value #KEY_BYTES} bytes
   */
  public Fingerprint(byte[] key) {
    this.key = key.clone();
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Creates one with a secret that nobody knows. */
  public static Fingerprint random() {
    return new Fingerprint(randomKey());
  }

  /** A secret that nobody knows. */
  public static byte[] randomKey() {
    byte[] key = new byte[KEY_BYTES];
    RANDOM.nextBytes(key);
    return key;
  }

  /** Of a name and numbers, all of which count. */
  public synchronized long of(String name, long... numbers) {
    begin(name.length() * Character.BYTES + numbers.length * Long.BYTES);
    for (int i = 0; i < name.length(); i++) {
      input.putChar(name.charAt(i));
    }
    for (long number : numbers) {
      input.putLong(number);
    }
    return end();
  }

  /** Of a name whose case does not count, character by character as on servers. */
  public synchronized long ofAnyCase(String name) {
    begin(name.length() * Character.BYTES);
    for (int i = 0; i < name.length(); i++) {
      input.putChar(Character.toUpperCase(name.charAt(i)));
    }
    return end();
  }

  private void begin(int bytes) {
    if (input.capacity() < key.length + bytes) {
      input = ByteBuffer.allocate(key.length + bytes);
    }
    input.clear().put(key);
  }

  private long end() {
    digest.update(input.array(), 0, input.position());
    return ByteBuffer.wrap(digest.digest()).getLong();
  }
}
