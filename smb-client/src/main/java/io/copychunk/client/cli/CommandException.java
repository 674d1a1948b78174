package io.copychunk.client.cli;

/** A failure that the command itself found. */
final class CommandException extends Exception {
  private static final long serialVersionUID = 1L;

  private final transient Failure failure;

  CommandException(Failure failure) {
    super(failure.line());
    this.failure = failure;
  }

  CommandException(Failure failure, Throwable cause) {
    super(failure.line(), cause);
    this.failure = failure;
  }

  Failure failure() {
    return failure;
  }
}
