package io.copychunk.crypto;

import io.copychunk.wire.MalformedMessageException;

/** The ciphers (2.2.3.1.2), in the order of their ids. */
public enum CipherAlgorithm {
  /** 1: AES-128-CCM (RFC 3610), the only one of 3.0 and 3.0.2. */
  AES_128_CCM("AES-128-CCM", 128, 11),
  /** 2: AES-128-GCM (NIST SP 800-38D). */
  AES_128_GCM("AES-128-GCM", 128, 12),
  /** 3: AES-256-CCM. */
  AES_256_CCM("AES-256-CCM", 256, 11),
  /** 4: AES-256-GCM. */
  AES_256_GCM("AES-256-GCM", 256, 12);

  private static final CipherAlgorithm[] BY_ORDINAL = values();

  private final String label;
  private final int keyBits;
  private final int nonceSize;

  CipherAlgorithm(String label, int keyBits, int nonceSize) {
    this.label = label;
    this.keyBits = keyBits;
    this.nonceSize = nonceSize;
  }

  /**
   * The cipher with an id.
   *
   * @param id 1 to 4
   * @return the cipher
   * @throws MalformedMessageException for any other id; 0, too, which says that there is none
   */
  public static CipherAlgorithm of(int id) {
    if (id < 1 || id > BY_ORDINAL.length) {
      throw new MalformedMessageException("Cipher: " + id + " (expected: 1..4)");
    }
    return BY_ORDINAL[id - 1];
  }

  /**
   * The cipher's id in SMB2_ENCRYPTION_CAPABILITIES.
   *
   * @return 1 to 4
   */
  public int id() {
    return ordinal() + 1;
  }

  /**
   * The length of its keys in bits.
   *
   * @return 128 or 256
   */
  public int keyBits() {
    return keyBits;
  }

  /**
   * How many bytes of the Nonce field it uses.
   *
   * @return 11 for CCM, 12 for GCM
   */
  public int nonceSize() {
    return nonceSize;
  }

  /** The cipher as people write it, such as "AES-128-GCM". */
  @Override
  public String toString() {
    return label;
  }
}
