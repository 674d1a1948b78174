package io.copychunk.client.internal.session;

import io.copychunk.auth.Authenticator;
import io.copychunk.client.error.SmbException;
import io.copychunk.wire.Octets;

/** Can prove who a user is, once for each login. Called on the connection's event loop. */
@FunctionalInterface
public interface Authentication {
  /**
   * Begins a login.
   *
   * @param serverHint what the server said of mechanisms in its NEGOTIATE response
   * @return destroyed by the caller
   * @throws SmbException when there is nothing left to prove it with
   */
  Authenticator begin(Octets serverHint) throws SmbException;
}
