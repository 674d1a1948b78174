package io.copychunk.client.error;

import io.copychunk.wire.Command;
import io.copychunk.wire.NtStatus;
import io.copychunk.wire.Octets;

/**
 * The server, or the file system behind the share, does not offer this operation: nothing is wrong
 * with the request, and another way has to be taken.
 */
public final class SmbNotSupportedException extends SmbStatusException {
  private static final long serialVersionUID = 1L;

  /**
   * Creates the exception.
   *
   * @param operation the operation, such as "FSCTL_SRV_REQUEST_RESUME_KEY"
   * @param status what the server said
   * @param command the command that was refused
   * @param path what it was about
   */
  public SmbNotSupportedException(String operation, NtStatus status, Command command, String path) {
    this(
        operation + " is not supported here: " + path + " [" + status + "]",
        status,
        command,
        path,
        Octets.EMPTY);
  }

  private SmbNotSupportedException(
      String message, NtStatus status, Command command, String path, Octets output) {
    super(message, status, command, path, output);
  }

  @Override
  public SmbNotSupportedException withCallersStack() {
    SmbNotSupportedException copy =
        new SmbNotSupportedException(getMessage(), status(), command(), path(), output());
    copy.initCause(this);
    return copy;
  }
}
