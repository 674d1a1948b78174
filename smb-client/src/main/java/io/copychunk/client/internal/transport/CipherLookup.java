package io.copychunk.client.internal.transport;

import org.jspecify.annotations.Nullable;

/** Knows what signs and encrypts in the sessions of one connection. Asked on its event loop. */
@FunctionalInterface
public interface CipherLookup {
  /**
   * The ciphers of a session.
   *
   * @param sessionId the SessionId of a header
   * @return null when the session is unknown, not authenticated yet, or has no key
   */
  @Nullable
  SessionCiphers find(long sessionId);
}
