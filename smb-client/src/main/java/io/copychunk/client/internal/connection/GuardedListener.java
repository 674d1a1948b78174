package io.copychunk.client.internal.connection;

import io.copychunk.client.config.WireListener;
import io.copychunk.wire.Smb2Header;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a user's listener from harming the connection that it listens to: one that throws is not
 * called again. Confined to the event loop.
 */
final class GuardedListener implements WireListener {
  private static final Logger logger = LoggerFactory.getLogger(GuardedListener.class);

  private final String connection;
  private @Nullable WireListener listener;

  GuardedListener(String connection, WireListener listener) {
    this.connection = connection;
    this.listener = listener;
  }

  @Override
  public void onMessage(boolean sent, Smb2Header header, int size) {
    if (listener == null) {
      return;
    }
    try {
      listener.onMessage(sent, header, size);
    } catch (RuntimeException e) {
      logger.warn("{}: a listener has failed, and is not called any more", connection, e);
      listener = null;
    }
  }
}
