package io.copychunk.client.internal.connection;

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

  FailedRequestException(Command command, NtStatus status) {
    super(command + ": " + status, null, false, false);
    this.command = command;
    this.status = status;
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
}
