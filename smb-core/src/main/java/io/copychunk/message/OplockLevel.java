package io.copychunk.message;

/**
 * What an open may cache (2.2.13, 2.2.14). Values that have no constant here survive as they are.
 *
 * @param code as on the wire
 */
public record OplockLevel(int code) {
  /** Nothing. */
  public static final OplockLevel NONE = new OplockLevel(0x00);

  /** Reads, together with others. */
  public static final OplockLevel II = new OplockLevel(0x01);

  /** Reads and writes. */
  public static final OplockLevel EXCLUSIVE = new OplockLevel(0x08);

  /** Reads, writes and the open itself. */
  public static final OplockLevel BATCH = new OplockLevel(0x09);

  /** What the lease in the create contexts says. */
  public static final OplockLevel LEASE = new OplockLevel(0xFF);

  @Override
  public String toString() {
    return "0x" + Integer.toHexString(code);
  }
}
