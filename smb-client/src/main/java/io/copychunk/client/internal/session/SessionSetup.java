package io.copychunk.client.internal.session;

import io.copychunk.auth.AuthenticationException;
import io.copychunk.auth.Authenticator;
import io.copychunk.client.config.SecurityConfig;
import io.copychunk.client.error.SmbAuthenticationException;
import io.copychunk.client.error.SmbException;
import io.copychunk.client.error.SmbIntegrityException;
import io.copychunk.client.error.SmbNotSupportedException;
import io.copychunk.client.error.SmbProtocolException;
import io.copychunk.client.internal.connection.Connection;
import io.copychunk.client.internal.connection.FailedRequestException;
import io.copychunk.client.internal.connection.NegotiatedProtocol;
import io.copychunk.client.internal.connection.PendingRequest;
import io.copychunk.client.internal.connection.Reply;
import io.copychunk.client.internal.connection.RequestScope;
import io.copychunk.crypto.MessageSigner;
import io.copychunk.crypto.PreauthIntegrityHash;
import io.copychunk.crypto.SessionKeys;
import io.copychunk.message.SessionFlags;
import io.copychunk.message.SessionSetupRequest;
import io.copychunk.message.SessionSetupResponse;
import io.copychunk.wire.Capabilities;
import io.copychunk.wire.Command;
import io.copychunk.wire.Dialect;
import io.copychunk.wire.MalformedMessageException;
import io.copychunk.wire.NtStatus;
import io.copychunk.wire.Octets;
import io.copychunk.wire.Smb2Header;
import io.copychunk.wire.WireReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The legs of one authentication (3.2.4.2.3, 3.2.5.3). Confined to the connection's event loop, but
 * for {@link #start}.
 */
public final class SessionSetup {
  private static final int MAX_LEGS = 10;
  private static final int CIPHER_KEY_BITS = 128;

  private final Connection connection;
  private final NegotiatedProtocol protocol;
  private final SecurityConfig config;
  private final Function<Octets, Authenticator> authentication;
  private final String who;
  private final CompletableFuture<Session> result = new CompletableFuture<>();
  private @Nullable Authenticator authenticator;
  private PreauthIntegrityHash preauthHash;
  private long sessionId;
  private int legs;
  private Octets lastResponse = Octets.EMPTY;

  private SessionSetup(
      Connection connection,
      SecurityConfig config,
      Function<Octets, Authenticator> authentication,
      String who) {
    this.connection = connection;
    this.protocol = connection.protocol();
    this.config = config;
    this.authentication = authentication;
    this.who = who;
    this.preauthHash = protocol.preauthHash();
  }

  /**
   * Authenticates. An exchange that was begun runs to its end, so that there is a key to log off with
   * should nobody want the session any more.
   *
   * @param connection established
   * @param config what is acceptable
   * @param authentication makes the authenticator from what the server said of mechanisms in its
   *     NEGOTIATE response
   * @param who who logs in where, for messages
   * @return the session, or an {@code SmbException}
   */
  public static CompletableFuture<Session> start(
      Connection connection,
      SecurityConfig config,
      Function<Octets, Authenticator> authentication,
      String who) {
    SessionSetup setup = new SessionSetup(connection, config, authentication, who);
    connection.eventLoop().execute(() -> setup.attempt(setup::begin));
    return setup.result;
  }

  private void begin() {
    Authenticator created = authentication.apply(protocol.response().securityBuffer());
    authenticator = created;
    result.whenComplete((session, failure) -> created.destroy());
    leg(created.initialToken());
  }

  private void leg(Octets token) {
    legs++;
    SessionSetupRequest request = new SessionSetupRequest(
        false, protocol.offer().securityMode(), Capabilities.NONE, 0, token);
    PendingRequest<SessionSetupResponse> sent = new PendingRequest<>(
            new RequestScope(sessionId, 0, false), request)
        .showBytes(this::hash, bytes -> lastResponse = bytes);
    sent.whenComplete((reply, failure) -> {
      if (failure != null) {
        fail(explain(failure));
      } else {
        attempt(() -> answered(reply));
      }
    });
    connection.send(sent);
  }

  private void answered(Reply<SessionSetupResponse> reply) throws SmbException {
    if (sessionId == 0) {
      sessionId = reply.header().sessionId();
      if (sessionId == 0) {
        throw new SmbProtocolException("SESSION_SETUP: SessionId: 0 (expected: a session)");
      }
    }
    if (!reply.status().equals(NtStatus.MORE_PROCESSING_REQUIRED)) {
      finish(reply.body());
    } else if (legs == MAX_LEGS) {
      throw new SmbProtocolException(
          "SESSION_SETUP: " + legs + " legs and no end (expected: <= " + MAX_LEGS + ")");
    } else {
      hash(lastResponse);
      leg(authenticator().next(reply.body().securityBuffer()));
    }
  }

  /** 3.2.5.3.1: derives the keys, then verifies the very response that ended the exchange. */
  private void finish(SessionSetupResponse response) throws SmbException {
    authenticator().complete(response.securityBuffer());
    SessionFlags flags = response.flags();
    boolean asGuest = flags.has(SessionFlags.IS_GUEST);
    boolean asNobody = flags.has(SessionFlags.IS_NULL);
    boolean asked = authenticator().anonymous();
    if (asNobody && !asked) {
      throw new SmbAuthenticationException(
          who + ": the server made the session anonymous, which was not asked for");
    }
    if (asGuest && !asked && (!config.guestAllowed() || config.signingRequired())) {
      throw new SmbAuthenticationException(
          who + ": the server did not accept the credentials and made the user a guest");
    }
    if (flags.has(SessionFlags.ENCRYPT_DATA)) {
      throw new SmbNotSupportedException(
          "encryption, which the server demands,",
          NtStatus.NOT_SUPPORTED,
          Command.SESSION_SETUP,
          who);
    }
    if (asGuest || asked) { // Samba sets no flag for an anonymous session
      result.complete(new Session(connection, protocol, sessionId, false, false));
      return;
    }
    MessageSigner signer = signer();
    verifyLastResponse(signer);
    connection.addSigner(sessionId, signer);
    boolean signed = config.signingRequired() || protocol.serverRequiresSigning();
    result.complete(new Session(connection, protocol, sessionId, true, signed));
  }

  /** Derives the keys and wipes them again: all that is needed of them is in the signer. */
  private MessageSigner signer() {
    byte[] sessionKey = authenticator().sessionKey();
    byte @Nullable [] hash = protocol.dialect() == Dialect.SMB_3_1_1 ? preauthHash.bytes() : null;
    SessionKeys keys =
        SessionKeys.derive(protocol.dialect(), sessionKey, sessionKey, hash, CIPHER_KEY_BITS);
    byte[] signingKey = keys.signingKey();
    try {
      return new MessageSigner(protocol.signingAlgorithm(), signingKey);
    } finally {
      Arrays.fill(signingKey, (byte) 0);
      Arrays.fill(sessionKey, (byte) 0);
      keys.destroy();
    }
  }

  /** On 3.1.1 it must be signed; before that, it must be when signing is required. */
  private void verifyLastResponse(MessageSigner signer) throws SmbException {
    ByteBuf bytes = Unpooled.wrappedBuffer(lastResponse.toByteArray());
    boolean signed = Smb2Header.read(WireReader.of(bytes)).isSigned();
    boolean mustBeSigned = protocol.dialect() == Dialect.SMB_3_1_1 || config.signingRequired();
    if (signed ? !signer.verify(bytes) : mustBeSigned) {
      throw new SmbIntegrityException(who
          + ": the final SESSION_SETUP response is "
          + (signed ? "wrongly signed" : "not signed")
          + ": somebody on the path may be altering messages");
    }
  }

  private Authenticator authenticator() {
    return Objects.requireNonNull(authenticator);
  }

  private void hash(Octets message) {
    preauthHash = preauthHash.update(message.toByteArray());
  }

  private SmbException explain(Throwable failure) {
    if (failure instanceof FailedRequestException failed) {
      return new SmbAuthenticationException(who, failed.status());
    }
    return failure instanceof SmbException e
        ? e
        : new SmbProtocolException(who + ": unexpected failure: " + failure, failure);
  }

  private interface Step {
    void run() throws SmbException;
  }

  private void attempt(Step step) {
    if (result.isDone()) {
      return;
    }
    try {
      step.run();
    } catch (AuthenticationException e) {
      fail(new SmbAuthenticationException(who + ": " + e.getMessage()));
    } catch (MalformedMessageException e) {
      fail(new SmbProtocolException(who + ": malformed security token: " + e.getMessage(), e));
    } catch (SmbException e) {
      fail(e);
    } catch (RuntimeException e) {
      fail(new SmbProtocolException(who + ": unexpected failure: " + e, e));
    }
  }

  /** What casts doubt on the connection ends it, for the sessions that share it too. */
  private void fail(SmbException cause) {
    if (cause.scope() == SmbException.Scope.CONNECTION) {
      connection.close(cause);
    }
    result.completeExceptionally(cause);
  }
}
