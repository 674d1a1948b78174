package io.copychunk.auth;

import io.copychunk.wire.Octets;

/**
 * One login, seen from the client: {@link #initialToken}, then {@link #next} for every
 * STATUS_MORE_PROCESSING_REQUIRED, then {@link #complete} for STATUS_SUCCESS. Whatever order does
 * not fit is an {@link IllegalStateException}.
 *
 * <p>What the server sends is judged: {@link AuthenticationException} when the login must not go
 * on, {@link io.copychunk.wire.MalformedMessageException} when a token is not what it should be.
 * After either, the login is over. It is confined to one thread.
 */
public sealed interface Authenticator permits NtlmAuthenticator, SpnegoAuthenticator {
  /**
   * Starts the login.
   *
   * @return the token for the first SESSION_SETUP
   */
  Octets initialToken();

  /**
   * Answers a server that wants to go on.
   *
   * @param serverToken from a response with STATUS_MORE_PROCESSING_REQUIRED
   * @return the token for the next SESSION_SETUP
   */
  Octets next(Octets serverToken);

  /**
   * Judges the last token of a server that is content.
   *
   * @param serverToken from the response with STATUS_SUCCESS
   */
  void complete(Octets serverToken);

  /**
   * The key that both sides have now. It is known as soon as the last token to the server is made.
   *
   * @return a copy of the 16 bytes
   * @throws IllegalStateException when it is not known yet, or wiped, or when the login is
   *     anonymous and so has no key
   */
  byte[] sessionKey();

  /**
   * Whether nobody logs in.
   *
   * @return whether there is no session key, and so neither signing nor encryption
   */
  boolean anonymous();

  /**
   * The mechanism that proves who we are.
   *
   * @return such as "NTLMv2"
   */
  String mechanism();

  /** Overwrites all keys, those of the identity too. */
  void destroy();
}
