package io.copychunk.client.internal.connection;

/** What a socket's failure is, in plain words. */
final class SocketErrors {
  private SocketErrors() {}

  /**
   * The reason of a failure. Netty's native transports put the name of a system call in front, which
   * helps nobody who reads the message.
   *
   * @param failure of a socket
   * @return such as "Connection refused: /127.0.0.1:445"
   */
  static String reason(Throwable failure) {
    String message = failure.getMessage();
    return message == null
        ? failure.toString()
        : message.replaceFirst("^.*failed with error\\(-?\\d+\\): ", "");
  }
}
