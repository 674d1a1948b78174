package io.copychunk.client.internal.connection;

import io.copychunk.message.ErrorResponse;
import io.copychunk.wire.Command;
import io.copychunk.wire.NtStatus;

/**
 * A request was answered by an ERROR response (2.2.2). Never reaches a user: the session, which knows
 * what the request was about, turns it into a typed exception.
 */
public final class FailedRequestException extends Exception {
  private static final long serialVersionUID = 1L;

  private final Command command;
  private final transient NtStatus status;
  private final transient ErrorResponse error;

  FailedRequestException(Command command, NtStatus status, ErrorResponse error) {
    super(command + ": " + status, null, false, false);
    this.command = command;
    this.status = status;
    this.error = error;
  }

  /**
   * The command that failed.
   *
   * @return the command
   */
  public Command command() {
    return command;
  }

  /**
   * The failing status.
   *
   * @return the header's status
   */
  public NtStatus status() {
    return status;
  }

  /**
   * The body.
   *
   * @return the error response
   */
  public ErrorResponse error() {
    return error;
  }
}
