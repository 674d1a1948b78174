package io.copychunk.client.error;

import io.copychunk.wire.Command;
import io.copychunk.wire.NtStatus;
import io.copychunk.wire.Octets;

/** The server answered a request with a failing status (MS-ERREF 2.3). */
public sealed class SmbStatusException extends SmbException
    permits SmbNotSupportedException, SmbBufferTooSmallException, SmbPartialCopyException {
  private static final long serialVersionUID = 1L;

  private final transient NtStatus status;
  private final Command command;
  private final String path;
  private final transient Octets output;

  /**
   * Creates the exception.
   *
   * @param status what the server said
   * @param command the command that failed
   * @param path what it was about, such as a share or a file's path; empty when it was about
   *     neither
   * @param output what the server sent along in spite of the failure, such as the counters of a
   *     partial COPYCHUNK; mostly empty
   */
  public SmbStatusException(NtStatus status, Command command, String path, Octets output) {
    this(message(status, command, path), status, command, path, output);
  }

  SmbStatusException(String message, NtStatus status, Command command, String path, Octets output) {
    super(message);
    this.status = status;
    this.command = command;
    this.path = path;
    this.output = output;
  }

  /**
   * What the server said.
   *
   * @return a failing status
   */
  public NtStatus status() {
    return status;
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
   * What the command was about.
   *
   * @return a path, or an empty string
   */
  public String path() {
    return path;
  }

  /**
   * What the server sent along in spite of the failure.
   *
   * @return the output of a failed IOCTL, mostly empty
   */
  public Octets output() {
    return output;
  }

  @Override
  public final Scope scope() {
    return Scope.REQUEST;
  }

  @Override
  public SmbStatusException withCallersStack() {
    SmbStatusException copy = new SmbStatusException(status, command, path, output);
    copy.initCause(this);
    return copy;
  }

  static String message(NtStatus status, Command command, String path) {
    String what = path.isEmpty() ? command.toString() : command + " " + path;
    return what + ": " + status.meaning() + " [" + status + "]";
  }
}
