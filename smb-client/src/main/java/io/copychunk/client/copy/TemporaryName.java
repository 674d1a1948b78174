package io.copychunk.client.copy;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Names for what is there for the time of a copy alone. */
public final class TemporaryName {
  private static final SecureRandom RANDOM = new SecureRandom();
  private static final int BYTES = 8;

  private TemporaryName() {}

  /**
   * A name that nobody else has.
   *
   * @return {@code copychunk-*.tmp}; without a dot in front, for Samba would make it hidden, and hidden
   *     it would stay
   */
  public static String random() {
    byte[] name = new byte[BYTES];
    RANDOM.nextBytes(name);
    return "copychunk-" + HexFormat.of().formatHex(name) + ".tmp";
  }
}
