package io.copychunk.client.internal.connection;

import io.copychunk.client.error.SmbProtocolException;
import io.copychunk.wire.Smb2Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Counts what answers no request. A few are dropped; a server that keeps sending them ends the
 * connection. Answers that fit make good for them by and by, or a connection that lives for months
 * would end of what adds up. Confined to the event loop.
 */
final class StrayAnswers {
  private static final Logger logger = LoggerFactory.getLogger(StrayAnswers.class);

  /** How many are tolerated. */
  static final int MAX = 16;

  /** How many answers that fit make good for one that does not. */
  static final int ANSWERS_PER_STRAY = 1024;

  private final Object connection;
  private int strays;
  private int fitting;
  private boolean warned;

  /** Counts for a connection, which is named in the log. */
  StrayAnswers(Object connection) {
    this.connection = connection;
  }

  /** Notes an answer that fits. */
  void fits() {
    if (strays > 0 && ++fitting == ANSWERS_PER_STRAY) {
      strays--;
      fitting = 0;
    }
  }

  /**
   * Drops an answer. Warns once only, for the server decides how often this happens.
   *
   * @param header its header
   * @throws SmbProtocolException when it is one too many
   */
  void drop(Smb2Header header) throws SmbProtocolException {
    strays++;
    logger
        .atLevel(warned ? Level.DEBUG : Level.WARN)
        .log(
            "{}: dropped a {} response to no request, MessageId {}",
            connection,
            header.command(),
            header.messageId());
    warned = true;
    if (strays > MAX) {
      throw new SmbProtocolException(
          strays + " responses to no request (expected: <= " + MAX + ")");
    }
  }
}
