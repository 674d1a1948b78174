package io.copychunk.crypto;

import io.netty.buffer.ByteBuf;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The hash over every message that led to a session (3.1.5.2): a changed message anywhere makes the
 * two sides derive different keys. It is SHA-512 of the hash before and the message, from the first
 * byte of its header to the last byte received.
 *
 * <p>Immutable: the hash of a connection is where the hash of each of its sessions starts.
 */
public final class PreauthIntegrityHash {
  /** The size of the hash in bytes. */
  public static final int SIZE = 64;

  /** Where every connection starts: 64 zero bytes. */
  public static final PreauthIntegrityHash ZERO = new PreauthIntegrityHash(new byte[SIZE]);

  private final byte[] bytes;

  private PreauthIntegrityHash(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * The hash after a further message.
   *
   * @param message its readable bytes, as they are on the wire; its indices do not move
   * @return the new hash
   */
  public PreauthIntegrityHash update(ByteBuf message) {
    MessageDigest digest = started();
    for (var part : message.nioBuffers()) {
      digest.update(part);
    }
    return new PreauthIntegrityHash(digest.digest());
  }

  /**
   * The hash after a further message.
   *
   * @param message as it is on the wire
   * @return the new hash
   */
  public PreauthIntegrityHash update(byte[] message) {
    return new PreauthIntegrityHash(started().digest(message));
  }

  /**
   * The hash.
   *
   * @return a new array of 64 bytes
   */
  public byte[] bytes() {
    return bytes.clone();
  }

  private MessageDigest started() {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-512");
      digest.update(bytes);
      return digest;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("SHA-512 is not available", e);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PreauthIntegrityHash that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  /** The first eight bytes, which suffice to tell two hashes apart in a log. */
  @Override
  public String toString() {
    return HexFormat.of().formatHex(bytes, 0, 8) + "...";
  }
}
