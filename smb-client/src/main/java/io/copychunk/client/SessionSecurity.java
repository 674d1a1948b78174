package io.copychunk.client;

import io.copychunk.client.internal.connection.NegotiatedProtocol;
import io.copychunk.client.internal.session.Session;
import io.copychunk.client.internal.transport.Protection;
import io.copychunk.crypto.CipherAlgorithm;
import io.copychunk.crypto.SigningAlgorithm;
import io.copychunk.wire.Dialect;
import org.jspecify.annotations.Nullable;

/**
 * How a session, or a share of it, is protected, and who was logged in how.
 *
 * @param dialect the dialect that was agreed on
 * @param signing how every message is signed that is not encrypted, or null when such messages are
 *     not signed
 * @param encryption how every message is encrypted, or null when messages are not encrypted
 * @param user who is logged in, as domain and name
 * @param identity what the server has taken the user for
 * @param mechanism what proved who the user is, such as "NTLMv2"
 */
public record SessionSecurity(
    Dialect dialect,
    @Nullable SigningAlgorithm signing,
    @Nullable CipherAlgorithm encryption,
    String user,
    Identity identity,
    String mechanism) {
  /** What a server has taken a user for. */
  public enum Identity {
    /** The user whose credentials were given. */
    USER,
    /** A guest, since it did not accept the credentials; only where the policy allows it. */
    GUEST,
    /** Nobody, as was asked for. */
    ANONYMOUS
  }

  static SessionSecurity of(Session session, Protection protection) {
    NegotiatedProtocol protocol = session.protocol();
    return new SessionSecurity(
        protocol.dialect(),
        protection.isAtLeast(Protection.SIGNED) ? protocol.signingAlgorithm() : null,
        protection == Protection.ENCRYPTED ? protocol.cipher() : null,
        session.user(),
        switch (session.identity()) {
          case USER -> Identity.USER;
          case GUEST -> Identity.GUEST;
          case ANONYMOUS -> Identity.ANONYMOUS;
        },
        session.mechanism());
  }
}
