package io.copychunk.wire;

/**
 * The 16 bytes of a header's Signature field.
 *
 * @param low bytes 0 to 7, little-endian
 * @param high bytes 8 to 15, little-endian
 */
public record Signature(long low, long high) {
  /** Sixteen zero bytes: not signed. */
  public static final Signature NONE = new Signature(0, 0);

  @Override
  public String toString() {
    return "0x%016x%016x".formatted(Long.reverseBytes(low), Long.reverseBytes(high));
  }
}
