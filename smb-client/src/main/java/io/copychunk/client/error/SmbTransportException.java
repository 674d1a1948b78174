package io.copychunk.client.error;

/** The connection could not be made, or was cut. */
public final class SmbTransportException extends SmbException {
  private static final long serialVersionUID = 1L;

  private final String reason;

  /**
   * Creates the exception.
   *
   * @param message what failed and where
   */
  public SmbTransportException(String message) {
    super(message);
    this.reason = message;
  }

  /**
   * Creates the exception with its cause.
   *
   * @param message what failed and where
   * @param cause what made it fail
   */
  public SmbTransportException(String message, Throwable cause) {
    this(message, message, cause);
  }

  private SmbTransportException(String message, String reason, Throwable cause) {
    super(message, cause);
    this.reason = reason;
  }

  /**
   * The exception for a connection that could not be made.
   *
   * @param server where to
   * @param reason such as "Connection refused"
   * @param cause what made it fail
   * @return the exception
   */
  public static SmbTransportException noConnection(String server, String reason, Throwable cause) {
    return new SmbTransportException("cannot connect to " + server + ": " + reason, reason, cause);
  }

  /**
   * Why, without where.
   *
   * @return such as "Connection refused"; the whole message when that is not known
   */
  public String reason() {
    return reason;
  }

  @Override
  public Scope scope() {
    return Scope.CONNECTION;
  }

  @Override
  public SmbTransportException withCallersStack() {
    return new SmbTransportException(getMessage(), reason, this);
  }
}
