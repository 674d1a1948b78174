package io.copychunk.client.error;

import io.copychunk.wire.Command;
import io.copychunk.wire.NtStatus;
import io.copychunk.wire.Octets;

/** The output buffer that the caller allowed is too small; nothing was returned. */
public final class SmbBufferTooSmallException extends SmbStatusException {
  private static final long serialVersionUID = 1L;

  private final long allowed;

  /**
   * Creates the exception.
   *
   * @param allowed the size of the output buffer that the caller allowed, in bytes
   * @param status what the server said
   * @param command the command that failed
   * @param path what it was about
   */
  public SmbBufferTooSmallException(long allowed, NtStatus status, Command command, String path) {
    super(
        command + " " + path + ": an output buffer of " + allowed + " bytes is too small [" + status
            + "]",
        status,
        command,
        path,
        Octets.EMPTY);
    this.allowed = allowed;
  }

  /**
   * The size of the output buffer that the caller allowed.
   *
   * @return bytes
   */
  public long allowed() {
    return allowed;
  }

  @Override
  public SmbBufferTooSmallException withCallersStack() {
    SmbBufferTooSmallException copy =
        new SmbBufferTooSmallException(allowed, status(), command(), path());
    copy.initCause(this);
    return copy;
  }
}
