package io.copychunk.client.internal.connection;

import io.copychunk.wire.NtStatus;
import io.copychunk.wire.Smb2Header;

/**
 * The response to a request.
 *
 * @param header its header
 * @param body its body, of the command's own form; the status may be a failing one for commands that
 *     send a body all the same
 * @param <R> the response
 */
public record Reply<R>(Smb2Header header, R body) {
  /**
   * The outcome.
   *
   * @return the header's status
   */
  public NtStatus status() {
    return header.status();
  }
}
