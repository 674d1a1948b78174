package io.copychunk.client.internal.connection;

import java.util.concurrent.CompletableFuture;

/** Authenticates a session anew that the server says has expired (3.2.5.1.6). */
@FunctionalInterface
public interface SessionRenewal {
  /**
   * Begins. Called on the event loop.
   *
   * @return completes on the event loop when the session is valid again; fails with an {@code
   *     SmbException}
   */
  CompletableFuture<?> renew();
}
