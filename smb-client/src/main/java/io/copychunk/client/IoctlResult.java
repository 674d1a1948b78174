package io.copychunk.client;

import io.copychunk.wire.NtStatus;
import io.copychunk.wire.Octets;

/**
 * What an FSCTL returned.
 *
 * @param status a success, or {@link NtStatus#BUFFER_OVERFLOW} when the output was cut to the size
 *     that was allowed
 * @param output the output, 0 to the allowed number of bytes
 */
public record IoctlResult(NtStatus status, Octets output) {
  /**
   * Whether the output is whole.
   *
   * @return false when it was cut
   */
  public boolean isComplete() {
    return !status.equals(NtStatus.BUFFER_OVERFLOW);
  }
}
