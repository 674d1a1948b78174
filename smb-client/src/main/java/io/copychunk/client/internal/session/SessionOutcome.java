package io.copychunk.client.internal.session;

import io.copychunk.auth.Authenticator;
import io.copychunk.client.config.SecurityPolicy;
import io.copychunk.client.error.SmbAuthenticationException;
import io.copychunk.client.error.SmbAuthenticationException.Reason;
import io.copychunk.client.error.SmbEncryptionException;
import io.copychunk.client.error.SmbException;
import io.copychunk.client.internal.connection.NegotiatedProtocol;
import io.copychunk.client.internal.session.Session.Identity;
import io.copychunk.client.internal.transport.Protection;
import io.copychunk.message.SessionFlags;

/**
 * What a login has come to, held against the policy (3.2.5.3.1).
 *
 * @param identity what the server has taken the user for
 * @param protection how the messages of the session are protected
 */
record SessionOutcome(Identity identity, Protection protection) {
  /**
   * What the flags of the final response mean.
   *
   * @param flags of the final response
   * @param authenticator who logged in and how
   * @param protocol what was negotiated
   * @param policy what is acceptable
   * @param who who logs in where, for messages
   * @return what is acceptable
   * @throws SmbException when it is not
   */
  static SessionOutcome of(
      SessionFlags flags,
      Authenticator authenticator,
      NegotiatedProtocol protocol,
      SecurityPolicy policy,
      String who)
      throws SmbException {
    Identity identity = identity(flags, authenticator.anonymous(), who);
    requireAcceptable(policy, identity, authenticator.mechanism(), who);
    if (identity == Identity.GUEST && protocol.serverRequiresSigning()) {
      throw new SmbAuthenticationException(
          who + ": the user was made a guest, who can not sign,"
              + " by a server that requires signing: somebody on the path may have done so",
          Reason.POLICY);
    }
    return new SessionOutcome(identity, protection(flags, identity, protocol, policy, who));
  }

  private static Identity identity(SessionFlags flags, boolean anonymousAsked, String who)
      throws SmbAuthenticationException {
    if (anonymousAsked) { // Samba sets no flag for an anonymous session
      return Identity.ANONYMOUS;
    }
    if (flags.has(SessionFlags.IS_NULL)) {
      throw new SmbAuthenticationException(
          who + ": the server made the session anonymous, which was not asked for",
          Reason.CREDENTIALS);
    }
    return flags.has(SessionFlags.IS_GUEST) ? Identity.GUEST : Identity.USER;
  }

  /**
   * Holds what a user is taken for, or is going to be, against the policy.
   *
   * @param policy what is acceptable
   * @param identity what the user is taken for
   * @param mechanism how it is proved
   * @param who who logs in where, for messages
   * @throws SmbAuthenticationException when the policy does not allow it
   */
  static void requireAcceptable(
      SecurityPolicy policy, Identity identity, String mechanism, String who)
      throws SmbAuthenticationException {
    if (identity == Identity.GUEST && !policy.guestAllowed()) {
      throw new SmbAuthenticationException(
          who + ": the server did not accept the credentials and made the user a guest",
          Reason.GUEST);
    }
    if (identity != Identity.USER && policy.encryptionRequired()) {
      throw new SmbAuthenticationException(
          who + ": a session of nobody can not be encrypted,"
              + " which the security policy requires",
          Reason.POLICY);
    }
    if (!policy.ntlmAllowed()) {
      throw new SmbAuthenticationException(
          who + ": the security policy does not allow " + mechanism
              + ", and there is no other way to log in",
          Reason.POLICY);
    }
  }

  private static Protection protection(
      SessionFlags flags,
      Identity identity,
      NegotiatedProtocol protocol,
      SecurityPolicy policy,
      String who)
      throws SmbEncryptionException {
    boolean demanded = flags.has(SessionFlags.ENCRYPT_DATA);
    if (demanded && (identity != Identity.USER || protocol.cipher() == null)) {
      throw new SmbEncryptionException(
          who + ": the server demands encryption, and there is no "
              + (identity == Identity.USER ? "cipher" : "key") + " for it",
          SmbException.Scope.SESSION);
    }
    if (identity != Identity.USER) {
      return Protection.NONE;
    }
    if (demanded || policy.encryptionRequired()) {
      return Protection.ENCRYPTED;
    }
    boolean signed = policy.signingRequired() || protocol.serverRequiresSigning();
    return signed ? Protection.SIGNED : Protection.NONE;
  }
}
