package io.copychunk.message.fsctl;

import io.copychunk.wire.Octets;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

/**
 * STORAGE_OFFLOAD_TOKEN (MS-FSCC 2.1.11): 512 bytes that stand for data. Whoever has them can have the
 * data, so {@link #toString} does not show them.
 *
 * @param octets as on the wire
 */
public record StorageOffloadToken(Octets octets) {
  /** The size of a token in bytes. */
  public static final int SIZE = 512;

  /** Checks the size. */
  public StorageOffloadToken {
    if (octets.size() != SIZE) {
      throw new IllegalArgumentException("token: " + octets.size() + " (expected: 512 bytes)");
    }
  }

  static StorageOffloadToken read(WireReader in) {
    return new StorageOffloadToken(in.octets(SIZE));
  }

  void write(WireWriter out) {
    out.octets(octets);
  }
}
