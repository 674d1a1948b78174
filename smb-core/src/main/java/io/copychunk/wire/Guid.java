package io.copychunk.wire;

import java.util.UUID;

/**
 * A GUID as it is laid out on the wire (MS-DTYP 2.3.4.2).
 *
 * @param low bytes 0 to 7, little-endian
 * @param high bytes 8 to 15, little-endian
 */
public record Guid(long low, long high) {
  /** Sixteen zero bytes. */
  public static final Guid ZERO = new Guid(0, 0);

  /**
   * The wire form of a UUID: its first three fields are little-endian there.
   *
   * @param uuid any
   * @return the GUID with the same textual form
   */
  public static Guid of(UUID uuid) {
    long msb = uuid.getMostSignificantBits();
    long low = (msb >>> 32) | (msb << 16 & 0xFFFF_0000_0000L) | (msb << 48);
    return new Guid(low, Long.reverseBytes(uuid.getLeastSignificantBits()));
  }

  /**
   * The UUID with the same textual form.
   *
   * @return the UUID
   */
  public UUID toUuid() {
    long msb = (low << 32) | (low >>> 16 & 0xFFFF_0000L) | (low >>> 48);
    return new UUID(msb, Long.reverseBytes(high));
  }

  @Override
  public String toString() {
    return toUuid().toString();
  }
}
