package io.copychunk.client;

import io.copychunk.message.fsctl.OffloadReadOutput;
import io.copychunk.message.fsctl.StorageOffloadToken;

/**
 * Data that the storage can copy: what FSCTL_OFFLOAD_READ gave (MS-FSCC 2.3.42). The token stands for
 * the data itself, so whoever has it can have that; {@link #toString} does not show it. It expires,
 * mostly after half a minute. Immutable.
 */
public final class OffloadedRange {
  private final OffloadReadOutput output;

  OffloadedRange(OffloadReadOutput output) {
    this.output = output;
  }

  /**
   * How much of what was asked for the token stands for, from its start.
   *
   * @return bytes, 0 to what was asked for
   */
  public long length() {
    return output.transferLength();
  }

  /**
   * Whether all that is behind the range in the file is zero.
   *
   * @return the server's ALL_ZERO_BEYOND_CURRENT_RANGE
   */
  public boolean isZeroBeyond() {
    return output.allZeroBeyond();
  }

  StorageOffloadToken token() {
    return output.token();
  }

  /** The length, and not the token. */
  @Override
  public String toString() {
    return "OffloadedRange[" + length() + " bytes]";
  }
}
