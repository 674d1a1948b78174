package io.copychunk.client.internal.transport;

import io.copychunk.crypto.MessageSigner;
import org.jspecify.annotations.Nullable;

/** Knows the signing keys of the sessions of one connection. Asked on its event loop. */
@FunctionalInterface
public interface SessionKeyLookup {
  /**
   * The signer of a session.
   *
   * @param sessionId the SessionId of a header
   * @return the signer, or null when the session is unknown, not authenticated yet, or has no key
   */
  @Nullable
  MessageSigner signer(long sessionId);
}
