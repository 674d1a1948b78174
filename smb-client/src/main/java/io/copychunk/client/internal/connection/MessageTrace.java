package io.copychunk.client.internal.connection;

import io.copychunk.client.config.WireListener;
import io.copychunk.wire.Smb2Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs one line a message at level TRACE, never a body. */
final class MessageTrace implements WireListener {
  private static final Logger logger = LoggerFactory.getLogger(MessageTrace.class);

  private final String connection;
  private final WireListener next;

  private MessageTrace(String connection, WireListener next) {
    this.connection = connection;
    this.next = next;
  }

  /**
   * Puts the log in front of a listener, if anybody reads it.
   *
   * @param connection opens each line
   * @param next is told of every message too
   * @return the listener to use
   */
  static WireListener before(String connection, WireListener next) {
    return logger.isTraceEnabled() ? new MessageTrace(connection, next) : next;
  }

  @Override
  public void onMessage(boolean sent, Smb2Header header, int size) {
    logger.trace(
        "{} {} {} {} id={} session=0x{} tree=0x{} credits={}/{} flags={} {} bytes{}",
        connection,
        sent ? ">" : "<",
        header.command(),
        sent ? "" : header.status(),
        header.messageId(),
        Long.toHexString(header.sessionId()),
        Integer.toHexString(header.treeId()),
        header.creditCharge(),
        header.credits(),
        header.flags(),
        size,
        header.nextCommand() == 0 ? "" : ", more in this frame");
    next.onMessage(sent, header, size);
  }
}
