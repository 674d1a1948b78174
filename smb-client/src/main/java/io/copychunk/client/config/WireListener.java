package io.copychunk.client.config;

import io.copychunk.wire.Smb2Header;

/**
 * Is told of every message that is sent or received, without its body. Runs on the connection's
 * event loop: it must not block. One that throws is logged (WARN) and not called again for that
 * connection, which goes on.
 */
@FunctionalInterface
public interface WireListener {
  /**
   * Called for one message; the messages of a compound come one by one.
   *
   * @param sent true for a request, false for a response
   * @param header the header; NextCommand is not 0 when the next message is in the same compound
   * @param size the message's size in bytes, with its header and padding
   */
  void onMessage(boolean sent, Smb2Header header, int size);
}
