package io.copychunk.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.auth.MechType;
import io.copychunk.auth.NegTokenInit2;
import io.copychunk.client.config.SecurityPolicy;
import io.copychunk.client.config.SecurityPolicy.Signing;
import io.copychunk.client.config.SmbConfig;
import io.copychunk.client.error.SmbAuthenticationException;
import io.copychunk.client.error.SmbClosedException;
import io.copychunk.client.error.SmbEncryptionException;
import io.copychunk.client.error.SmbIntegrityException;
import io.copychunk.client.error.SmbProtocolException;
import io.copychunk.client.error.SmbTransportException;
import io.copychunk.crypto.SigningAlgorithm;
import io.copychunk.message.CreateRequest;
import io.copychunk.message.IoctlRequest;
import io.copychunk.message.LogoffRequest;
import io.copychunk.message.LogoffResponse;
import io.copychunk.message.NegotiateResponse;
import io.copychunk.message.SessionFlags;
import io.copychunk.message.SessionSetupRequest;
import io.copychunk.message.SessionSetupResponse;
import io.copychunk.testing.Received;
import io.copychunk.testing.Responses;
import io.copychunk.testing.ScriptedServer;
import io.copychunk.wire.Dialect;
import io.copychunk.wire.NtStatus;
import io.copychunk.wire.Octets;
import io.copychunk.wire.SecurityMode;
import io.copychunk.wire.Smb2Header;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class LoginTest {
  private Flow flow = new Flow(SmbConfig.builder()
      .security(security -> security.minDialect(Dialect.SMB_2_0_2))
      .build());

  @AfterEach
  void end() {
    flow.close();
  }

  @ParameterizedTest
  @EnumSource
  void aKeyOnEveryDialect(Dialect dialect) {
    AsyncSmbSession session = flow.loggedIn(dialect);
    assertThat(session.security().dialect()).isEqualTo(dialect);
    assertThat(session.security().signing())
        .isEqualTo(
            dialect == Dialect.SMB_3_1_1
                ? SigningAlgorithm.AES_GMAC
                : SigningAlgorithm.fixedFor(dialect));
    CompletableFuture<AsyncSmbShare> connecting = session.share("share");
    flow.treeConnected();
    if (dialect != Dialect.SMB_3_1_1) {
      Validation.genuine(flow);
    }
    AsyncSmbShare share = Flow.result(connecting);

    CompletableFuture<KeyedOpen> opening = share.openWithResumeKey("dir/a.bin");
    Received<CreateRequest> create = flow.peer.expect(CreateRequest.class);
    Received<IoctlRequest> ioctl = flow.peer.expect(IoctlRequest.class);
    flow.peer.sendTogether(
        create.answer(Responses.opened(Flow.FILE_ID)),
        ioctl.answer(Responses.key(ioctl.body(), Flow.FILE_ID, 0x4B)));

    KeyedOpen keyed = Flow.result(opening);
    assertThat(create.body().name()).isEqualTo("dir\\a.bin");
    assertThat(create.header().isSigned()).isTrue();
    assertThat(keyed.roundTrips()).isEqualTo(1);
    assertThat(keyed.key().isUsable()).isTrue();
  }

  @Test
  void theHashOfTheWholeExchangeGoesIntoTheKeys() {
    CompletableFuture<AsyncSmbConnection> connecting = flow.connecting();
    flow.server.negotiateAltered(
        ScriptedServer.negotiateResponse(Dialect.SMB_3_1_1),
        bytes -> bytes[32] = 0x5A); // where nobody looks, but for the hash
    flow.connection = Flow.result(connecting);
    CompletableFuture<AsyncSmbSession> login = flow.connection.login(Flow.credentials());
    flow.server.accepted(flow.server.challenge()).send();

    assertThat(Flow.failure(login))
        .isInstanceOf(SmbIntegrityException.class)
        .hasMessageContaining("wrongly signed");
    flow.peer.expectEnd();
  }

  @ParameterizedTest
  @EnumSource
  void anUnsignedFinalResponseIsRefused(Dialect dialect) {
    flow.connected(dialect);
    CompletableFuture<AsyncSmbSession> login = flow.connection.login(Flow.credentials());
    flow.server.accepted(flow.server.challenge()).unsigned().send();

    assertThat(Flow.failure(login))
        .isInstanceOf(SmbIntegrityException.class)
        .hasMessageContaining("not signed");
    flow.peer.expectEnd();
  }

  @Test
  void anUnsignedFinalResponseIsRefusedOn311AlsoWhereSigningIsNotRequired() {
    reconfigure(security -> security.signing(Signing.IF_OFFERED));
    flow.connected(Dialect.SMB_3_1_1);
    CompletableFuture<AsyncSmbSession> login = flow.connection.login(Flow.credentials());
    flow.server.accepted(flow.server.challenge()).unsigned().send();

    assertThat(Flow.failure(login)).isInstanceOf(SmbIntegrityException.class);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void credentialsThatWereNotUsedAreARefusal(int flags) {
    flow.connected(Dialect.SMB_3_1_1);
    CompletableFuture<AsyncSmbSession> login = flow.connection.login(Flow.credentials());
    flow.server
        .accepted(flow.server.challenge(), new SessionFlags(flags))
        .unsigned()
        .send();

    assertThat(Flow.failure(login)).isInstanceOf(SmbAuthenticationException.class);
    flow.peer.expectEnd();
  }

  @Test
  void aGuestIsWelcomeWhereThatIsAllowed() {
    reconfigure(security -> security.guestAllowed(true).signing(Signing.IF_OFFERED));
    flow.connected(Dialect.SMB_3_1_1);
    CompletableFuture<AsyncSmbSession> login = flow.connection.login(Flow.credentials());
    flow.server
        .acceptedUnchecked(flow.server.challenge(), SessionFlags.IS_GUEST)
        .send();

    assertThat(Flow.result(login).security().signing()).isNull();
  }

  /** Also where guests are welcome: a forged flag would else take the signatures away. */
  @Test
  void attack42_aServerThatRequiresSigningHasNoGuests() {
    reconfigure(security -> security.guestAllowed(true).signing(Signing.IF_OFFERED));
    NegotiateResponse plain = ScriptedServer.negotiateResponse(Dialect.SMB_3_1_1);
    flow.connected(new NegotiateResponse(
        plain.securityMode().with(SecurityMode.SIGNING_REQUIRED),
        plain.dialect(),
        plain.serverGuid(),
        plain.capabilities(),
        plain.maxTransactSize(),
        plain.maxReadSize(),
        plain.maxWriteSize(),
        0,
        0,
        plain.securityBuffer(),
        plain.contexts()));
    CompletableFuture<AsyncSmbSession> login = flow.connection.login(Flow.credentials());
    flow.server
        .acceptedUnchecked(flow.server.challenge(), SessionFlags.IS_GUEST)
        .send();

    assertThat(Flow.failure(login))
        .isInstanceOf(SmbAuthenticationException.class)
        .hasMessageContaining("requires signing");
  }

  /** Whatever the policy: the flags of that response tell whether the session is encrypted. */
  @ParameterizedTest
  @EnumSource(names = {"SMB_3_0", "SMB_3_0_2", "SMB_3_1_1"})
  void attack43_theFinalResponseIsSignedFrom30On(Dialect dialect) {
    reconfigure(security -> security.signing(Signing.IF_OFFERED));
    flow.connected(dialect);
    CompletableFuture<AsyncSmbSession> login = flow.connection.login(Flow.credentials());
    flow.server.accepted(flow.server.challenge()).unsigned().send();

    assertThat(Flow.failure(login)).isInstanceOf(SmbIntegrityException.class);
    flow.peer.expectEnd();
  }

  @Test
  void attack22_aSessionIdThatAnotherSessionHas() {
    reconfigure(security -> security.maxDialect(Dialect.SMB_2_1).signing(Signing.IF_OFFERED));
    AsyncSmbFile file = flow.file(flow.share(Dialect.SMB_2_1));
    CompletableFuture<ResumeKey> key = file.requestResumeKey();
    long known = flow.peer.expect(IoctlRequest.class).header().sessionId();
    CompletableFuture<AsyncSmbSession> second = flow.connection.login(Flow.credentials());
    flow.peer.forget(known);
    flow.server
        .challenged(flow.peer.expect(SessionSetupRequest.class))
        .sessionId(known)
        .send();
    flow.server.accepted(flow.peer.expect(SessionSetupRequest.class)).unsigned().send();

    assertThat(Flow.failure(second))
        .isInstanceOf(SmbProtocolException.class)
        .hasMessageContaining("no other session");
    assertThat(Flow.failure(key)).isInstanceOf(SmbProtocolException.class);
    flow.peer.expectEnd();
  }

  @Test
  void wipedCredentialsNeverReachTheServer() {
    flow.connected(Dialect.SMB_3_1_1);
    Credentials wiped = Flow.credentials();
    wiped.close();

    assertThat(Flow.failure(flow.connection.login(wiped)))
        .isInstanceOf(SmbClosedException.class)
        .hasMessageContaining("wiped");
    assertThat(flow.connection.isOpen()).isTrue();
  }

  @Test
  void anonymousIsNeverSigned() {
    flow.connected(Dialect.SMB_3_1_1);
    CompletableFuture<AsyncSmbSession> login = flow.connection.login(Credentials.anonymous());
    flow.server.acceptedUnchecked(flow.server.challenge(), SessionFlags.IS_NULL).send();
    AsyncSmbSession session = Flow.result(login);
    assertThat(session.security().signing()).isNull();

    CompletableFuture<AsyncSmbShare> connecting = session.share("share");
    flow.treeConnected();
    assertThat(Flow.result(connecting).isOpen()).isTrue();
  }

  @Test
  void aServerThatDemandsEncryptionIsRefused() {
    flow.connected(Dialect.SMB_3_1_1);
    CompletableFuture<AsyncSmbSession> login = flow.connection.login(Flow.credentials());
    flow.server.accepted(flow.server.challenge(), SessionFlags.ENCRYPT_DATA).send();

    assertThat(Flow.failure(login))
        .isInstanceOf(SmbEncryptionException.class)
        .hasMessageContaining("encryption");
  }

  @Test
  void aWrongPasswordClosesTheConnection() {
    flow.connected(Dialect.SMB_3_1_1);
    CompletableFuture<AsyncSmbSession> login = flow.connection.login(Flow.credentials());
    flow.server.challenge().refusal(NtStatus.LOGON_FAILURE).send();

    assertThat(Flow.failure(login))
        .isInstanceOfSatisfying(
            SmbAuthenticationException.class,
            e -> assertThat(e.status()).isEqualTo(NtStatus.LOGON_FAILURE))
        .hasMessageContaining("DOM\\user")
        .hasMessageNotContaining("Secret");
    flow.peer.expectEnd();
    assertThat(Flow.failure(flow.connection.login(Flow.credentials())))
        .isInstanceOf(SmbClosedException.class);
  }

  @Test
  void aFailedLoginLeavesTheConnectionToTheOtherSession() {
    AsyncSmbSession session = flow.loggedIn(Dialect.SMB_3_1_1);
    CompletableFuture<AsyncSmbSession> login = flow.connection.login(Flow.credentials());
    flow.server.challenge().refusal(NtStatus.LOGON_FAILURE).send();

    assertThat(Flow.failure(login)).isInstanceOf(SmbAuthenticationException.class);
    assertThat(session.isOpen()).isTrue();
    assertThat(flow.connection.isOpen()).isTrue();
  }

  @Test
  void integrityFailuresEndTheConnectionForAllSessions() {
    AsyncSmbSession session = flow.loggedIn(Dialect.SMB_3_1_1);
    CompletableFuture<AsyncSmbSession> login = flow.connection.login(Flow.credentials());
    flow.server.accepted(flow.server.challenge()).unsigned().send();

    assertThat(Flow.failure(login)).isInstanceOf(SmbIntegrityException.class);
    flow.peer.expectEnd();
    assertThat(session.isOpen()).isFalse();
  }

  @Test
  void moreProcessingAfterTheLastLegIsRefused() {
    flow.connected(Dialect.SMB_3_1_1);
    CompletableFuture<AsyncSmbSession> login = flow.connection.login(Flow.credentials());
    flow.server
        .acceptedUnchecked(flow.server.challenge(), SessionFlags.NONE)
        .status(NtStatus.MORE_PROCESSING_REQUIRED)
        .send();

    assertThat(Flow.failure(login)).isInstanceOf(SmbAuthenticationException.class);
    flow.peer.expectEnd();
  }

  @Test
  void aFinalResponseOfAnotherSessionIsFatal() {
    flow.connected(Dialect.SMB_3_1_1);
    CompletableFuture<AsyncSmbSession> login = flow.connection.login(Flow.credentials());
    flow.server
        .acceptedUnchecked(flow.server.challenge(), SessionFlags.NONE)
        .sessionId(9)
        .send();

    assertThat(Flow.failure(login))
        .isInstanceOf(SmbProtocolException.class)
        .hasMessageContaining("SessionId: 0x9");
  }

  @Test
  void aSessionWithoutAnIdIsFatal() {
    flow.connected(Dialect.SMB_3_1_1);
    CompletableFuture<AsyncSmbSession> login = flow.connection.login(Flow.credentials());
    flow.server
        .acceptedUnchecked(flow.peer.expect(SessionSetupRequest.class), SessionFlags.NONE)
        .send();

    assertThat(Flow.failure(login))
        .isInstanceOf(SmbProtocolException.class)
        .hasMessageContaining("SessionId: 0");
    flow.peer.expectEnd();
  }

  @Test
  void garbageInPlaceOfATokenIsFatal() {
    flow.connected(Dialect.SMB_3_1_1);
    CompletableFuture<AsyncSmbSession> login = flow.connection.login(Flow.credentials());
    flow.peer
        .expect(SessionSetupRequest.class)
        .answer(new SessionSetupResponse(SessionFlags.NONE, Octets.ofHex("a1ff00")))
        .status(NtStatus.MORE_PROCESSING_REQUIRED)
        .sessionId(5)
        .send();

    assertThat(Flow.failure(login)).isInstanceOf(SmbProtocolException.class);
    flow.peer.expectEnd();
  }

  @Test
  void garbageInPlaceOfTheServersMechanismsFailsTheLogin() {
    NegotiateResponse told = ScriptedServer.negotiateResponse(Dialect.SMB_2_1);
    flow.connected(ScriptedServer.withToken(told, Octets.ofHex("60ff")));

    assertThat(Flow.failure(flow.connection.login(Flow.credentials())))
        .isInstanceOf(SmbProtocolException.class);
    flow.peer.expectEnd();
  }

  @Test
  void aServerWithoutNtlmIsNotBlamedOnTheCredentials() {
    NegotiateResponse told = ScriptedServer.negotiateResponse(Dialect.SMB_2_1);
    Octets kerberosAlone =
        new NegTokenInit2(List.of(MechType.KERBEROS), Octets.EMPTY, Octets.EMPTY).write();
    flow.connected(ScriptedServer.withToken(told, kerberosAlone));

    assertThat(Flow.failure(flow.connection.login(Flow.credentials())))
        .isInstanceOfSatisfying(
            SmbAuthenticationException.class,
            e -> assertThat(e.reason()).isEqualTo(SmbAuthenticationException.Reason.SERVER));
    flow.peer.expectEnd();
  }

  @Test
  void theConnectionIsCutBetweenTheLegs() {
    flow.connected(Dialect.SMB_3_1_1);
    CompletableFuture<AsyncSmbSession> login = flow.connection.login(Flow.credentials());
    flow.server.challenge();
    flow.peer.cut();

    assertThat(Flow.failure(login)).isInstanceOf(SmbTransportException.class);
  }

  @Test
  void aSessionThatNobodyWaitsForAnyMoreIsLoggedOff() {
    flow.loggedIn(Dialect.SMB_3_1_1);
    CompletableFuture<AsyncSmbSession> login = flow.connection.login(Flow.credentials());
    Received<SessionSetupRequest> last = flow.server.challenge();
    login.cancel(false);
    flow.server.accepted(last).send();

    Smb2Header logoff = flow.peer.expect(LogoffRequest.class).header();
    assertThat(logoff.sessionId()).isEqualTo(last.header().sessionId());
    assertThat(logoff.isSigned()).isTrue();
  }

  @Test
  void theLastSessionTakesTheConnectionWithIt() {
    AsyncSmbSession first = flow.loggedIn(Dialect.SMB_3_1_1);
    AsyncSmbSession second = flow.loggedInAgain();

    CompletableFuture<Void> closing = first.close();
    flow.peer.expect(LogoffRequest.class).answer(new LogoffResponse()).send();
    Flow.result(closing);
    assertThat(first.isOpen()).isFalse();
    assertThat(second.isOpen()).isTrue();

    closing = second.close();
    flow.peer.expect(LogoffRequest.class).answer(new LogoffResponse()).send();
    Flow.result(closing);
    flow.peer.expectEnd();
    assertThat(flow.connection.isOpen()).isFalse();
  }

  @Test
  void closingASessionTwiceSaysGoodByeOnce() {
    AsyncSmbSession session = flow.loggedIn(Dialect.SMB_3_1_1);
    flow.loggedInAgain();
    CompletableFuture<Void> first = session.close();
    CompletableFuture<Void> second = session.close();
    flow.peer.expect(LogoffRequest.class).answer(new LogoffResponse()).send();

    Flow.result(first);
    Flow.result(second);
    flow.peer.expectNothingMore();
    assertThat(flow.connection.isOpen()).isTrue();
  }

  private void reconfigure(UnaryOperator<SecurityPolicy.Builder> change) {
    flow.close();
    flow = new Flow(SmbConfig.builder().security(change).build());
  }
}
