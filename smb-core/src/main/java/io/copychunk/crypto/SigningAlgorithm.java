package io.copychunk.crypto;

import io.copychunk.wire.Dialect;
import io.copychunk.wire.MalformedMessageException;

/** The signing algorithms (2.2.3.1.7), in the order of their ids. */
public enum SigningAlgorithm {
  /** 0: HMAC-SHA256, of which the first 16 bytes count. */
  HMAC_SHA256("HMAC-SHA256"),
  /** 1: AES-128-CMAC (RFC 4493). */
  AES_CMAC("AES-CMAC"),
  /** 2: AES-128-GMAC (NIST SP 800-38D). */
  AES_GMAC("AES-GMAC");

  private static final SigningAlgorithm[] BY_ID = values();

  private final String label;

  SigningAlgorithm(String label) {
    this.label = label;
  }

  /**
   * The algorithm with an id.
   *
   * @param id 0 to 2
   * @return the algorithm
   * @throws MalformedMessageException for any other id
   */
  public static SigningAlgorithm of(int id) {
    if (id < 0 || id >= BY_ID.length) {
      throw new MalformedMessageException("SigningAlgorithmId: " + id + " (expected: 0..2)");
    }
    return BY_ID[id];
  }

  /**
   * The algorithm that a dialect prescribes when none was negotiated (3.1.4.1).
   *
   * @param dialect the negotiated dialect
   * @return HMAC-SHA256 for 2.0.2 and 2.1, AES-CMAC from 3.0 on
   */
  public static SigningAlgorithm fixedFor(Dialect dialect) {
    return dialect.isAtLeast(Dialect.SMB_3_0) ? AES_CMAC : HMAC_SHA256;
  }

  /**
   * The algorithm's id in SMB2_SIGNING_CAPABILITIES.
   *
   * @return 0 to 2
   */
  public int id() {
    return ordinal();
  }

  /** The algorithm as people write it, such as "AES-GMAC". */
  @Override
  public String toString() {
    return label;
  }
}
