package io.copychunk.client.internal.session;

import io.copychunk.auth.AuthenticationException;
import io.copychunk.auth.Authenticator;
import io.copychunk.client.config.SecurityPolicy;
import io.copychunk.client.error.SmbAuthenticationException;
import io.copychunk.client.error.SmbAuthenticationException.Reason;
import io.copychunk.client.error.SmbException;
import io.copychunk.client.error.SmbIntegrityException;
import io.copychunk.client.error.SmbProtocolException;
import io.copychunk.client.error.SmbTimeoutException;
import io.copychunk.client.internal.connection.Connection;
import io.copychunk.client.internal.connection.FailedRequestException;
import io.copychunk.client.internal.connection.NegotiatedProtocol;
import io.copychunk.client.internal.connection.PendingRequest;
import io.copychunk.client.internal.connection.Reply;
import io.copychunk.client.internal.connection.RequestScope;
import io.copychunk.client.internal.session.Session.Identity;
import io.copychunk.client.internal.transport.Protection;
import io.copychunk.client.internal.transport.SessionCiphers;
import io.copychunk.crypto.MessageSigner;
import io.copychunk.crypto.PreauthIntegrityHash;
import io.copychunk.message.SessionSetupRequest;
import io.copychunk.message.SessionSetupResponse;
import io.copychunk.wire.Capabilities;
import io.copychunk.wire.Dialect;
import io.copychunk.wire.MalformedMessageException;
import io.copychunk.wire.NtStatus;
import io.copychunk.wire.Octets;
import io.copychunk.wire.Smb2Header;
import io.copychunk.wire.WireReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The legs of one authentication, of a new session or of one that goes on (3.2.4.2.3, 3.2.5.3).
 * Confined to the connection's event loop, but for {@link #start} and {@link #renew}.
 */
public final class SessionSetup {
  private static final int MAX_LEGS = 10;

  private final Connection connection;
  private final NegotiatedProtocol protocol;
  private final Login login;
  private final SecurityPolicy policy;
  private final String who;
  private final @Nullable Session renewed;
  private final CompletableFuture<Session> result;
  private @Nullable Authenticator authenticator;
  private @Nullable PendingRequest<SessionSetupResponse> underWay;
  private PreauthIntegrityHash preauthHash;
  private long sessionId;
  private int legs;
  private Octets lastResponse = Octets.EMPTY;

  private SessionSetup(
      Connection connection,
      Login login,
      @Nullable Session renewed,
      CompletableFuture<Session> result) {
    this.result = result;
    this.connection = connection;
    this.protocol = connection.protocol();
    this.login = login;
    this.policy = login.policy();
    this.who = login.who();
    this.renewed = renewed;
    this.preauthHash = protocol.preauthHash();
    this.sessionId = renewed == null ? 0 : renewed.sessionId();
  }

  /**
   * Authenticates. An exchange that was begun runs to its end or its deadline, so that there is a key
   * to log off with should nobody want the session any more.
   *
   * @param connection established
   * @param login how, now and when the session has expired
   * @param timeout how long it may take this time
   * @return the session, or an {@code SmbException}
   */
  public static CompletableFuture<Session> start(
      Connection connection, Login login, Duration timeout) {
    CompletableFuture<Session> result = new CompletableFuture<>();
    SessionSetup setup = new SessionSetup(connection, login, null, result);
    connection.execute(() -> setup.run(timeout));
    return result;
  }

  /**
   * Authenticates a session anew; its keys stay (3.2.4.2.3). A session whose user is not let in again
   * has ended. Waits for a renewal that is under way: the server could not tell the legs of two apart.
   *
   * @param session has a key
   * @param login how, now and when the session has expired again
   * @return the same session, or an {@code SmbException}
   */
  public static CompletableFuture<Session> renew(Session session, Login login) {
    CompletableFuture<Session> result = new CompletableFuture<>();
    session
        .connection()
        .execute(() -> session
            .succeededBy(result)
            .whenComplete((before, failure) -> renewNow(session, login, result)));
    return result;
  }

  private static void renewNow(Session session, Login login, CompletableFuture<Session> result) {
    SmbException ended = session.ended();
    if (ended != null) {
      result.completeExceptionally(ended);
    } else if (session.identity() != Identity.USER) {
      result.completeExceptionally(new SmbAuthenticationException(
          login.who() + ": a session without a key can not be authenticated anew", Reason.POLICY));
    } else {
      new SessionSetup(session.connection(), login, session, result).run(login.timeout());
    }
  }

  private void run(Duration timeout) {
    attempt(this::begin);
    Future<?> deadline = connection
        .eventLoop()
        .schedule(() -> expire(timeout), timeout.toNanos(), TimeUnit.NANOSECONDS);
    result.whenComplete((session, failure) -> deadline.cancel(false));
  }

  private void expire(Duration timeout) {
    SmbTimeoutException late =
        new SmbTimeoutException(who + ": not done within " + timeout.toMillis() + " ms");
    if (underWay != null) {
      connection.abandon(underWay, late);
    }
    fail(late);
  }

  private void begin() throws SmbException {
    Authenticator created = login.authentication().begin(protocol.response().securityBuffer());
    authenticator = created;
    result.whenComplete((session, failure) -> created.destroy());
    SessionOutcome.requireAcceptable(
        policy, created.anonymous() ? Identity.ANONYMOUS : Identity.USER, created.mechanism(), who);
    leg(created.initialToken());
  }

  private void leg(Octets token) {
    legs++;
    SessionSetupRequest request = new SessionSetupRequest(
        false, protocol.offer().securityMode(), Capabilities.NONE, 0, token);
    RequestScope scope =
        renewed == null ? new RequestScope(sessionId, 0, Protection.NONE) : renewed.provingScope(0);
    PendingRequest<SessionSetupResponse> sent = new PendingRequest<>(scope, request)
        .urgent()
        .showBytes(this::hash, bytes -> lastResponse = bytes);
    underWay = sent;
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

  private void finish(SessionSetupResponse response) throws SmbException {
    authenticator().complete(response.securityBuffer());
    SessionOutcome outcome =
        SessionOutcome.of(response.flags(), authenticator(), protocol, policy, who);
    if (renewed != null) {
      if (outcome.identity() != Identity.USER) {
        throw new SmbAuthenticationException(
            who + ": the server has made the user's session one of " + outcome.identity(),
            Reason.CREDENTIALS);
      }
      renewed.renewed(login, authenticator().mechanism(), outcome.protection());
      result.complete(renewed);
      return;
    }
    Session session = new Session(
        connection,
        login,
        sessionId,
        outcome.identity(),
        authenticator().mechanism(),
        outcome.protection());
    if (outcome.identity() == Identity.USER) {
      SessionCiphers ciphers = SessionCipherFactory.create(
          protocol, authenticator(), preauthHash, sessionId, connection.keyLog());
      verifyLastResponse(ciphers.signer());
      connection.addSession(sessionId, ciphers, () -> renew(session, session.login()));
    }
    result.complete(session);
  }

  /** From 3.0 on servers sign it for every user; before that, it must be when anything has to be. */
  private void verifyLastResponse(MessageSigner signer) throws SmbException {
    ByteBuf bytes = Unpooled.wrappedBuffer(lastResponse.toByteArray());
    boolean signed = Smb2Header.read(WireReader.of(bytes)).isSigned();
    boolean mustBeSigned = protocol.dialect().isAtLeast(Dialect.SMB_3_0)
        || policy.signingRequired()
        || policy.encryptionRequired();
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
      fail(new SmbAuthenticationException(who + ": " + e.getMessage(), Reason.SERVER));
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
    if (renewed != null && !result.isDone()) {
      renewed.end();
    }
    result.completeExceptionally(cause);
  }
}
