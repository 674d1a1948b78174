package io.copychunk.it.attack;

import static io.copychunk.testing.Awaited.failure;
import static io.copychunk.testing.Awaited.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.auth.AuthenticateMessage;
import io.copychunk.auth.AvPairs;
import io.copychunk.auth.MechType;
import io.copychunk.auth.NegState;
import io.copychunk.auth.NegTokenInit2;
import io.copychunk.auth.NegTokenResp;
import io.copychunk.auth.NtlmV2;
import io.copychunk.client.AsyncSmbConnection;
import io.copychunk.client.AsyncSmbSession;
import io.copychunk.client.AsyncSmbShare;
import io.copychunk.client.OpenOptions;
import io.copychunk.client.error.SmbAuthenticationException;
import io.copychunk.client.error.SmbIntegrityException;
import io.copychunk.client.error.SmbProtocolException;
import io.copychunk.message.CreateRequest;
import io.copychunk.message.IoctlRequest;
import io.copychunk.message.NegotiateRequest;
import io.copychunk.message.NegotiateResponse;
import io.copychunk.message.SessionFlags;
import io.copychunk.message.SessionSetupRequest;
import io.copychunk.message.SessionSetupResponse;
import io.copychunk.message.TreeConnectRequest;
import io.copychunk.testing.Received;
import io.copychunk.testing.Responses;
import io.copychunk.testing.ScriptedServer;
import io.copychunk.wire.Capabilities;
import io.copychunk.wire.Dialect;
import io.copychunk.wire.Guid;
import io.copychunk.wire.NtStatus;
import io.copychunk.wire.Octets;
import io.copychunk.wire.SecurityMode;
import io.copychunk.wire.Smb2Header;
import io.copychunk.wire.WireWriter;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Section 3, first half: less is agreed on than both sides could, or somebody else is logged in. */
@Timeout(30)
class DowngradeAttacksTest extends ScriptedAttacks {
  /** Four bytes of the header that nobody reads. */
  private static final int RESERVED = 32;

  @ParameterizedTest
  @EnumSource(names = {"SMB_2_0_2", "SMB_2_1", "SMB_3_0", "SMB_3_0_2"})
  @DisplayName("#40 the server chooses a dialect below what the policy accepts")
  void attack40_dialectBelowTheMinimum(Dialect dialect) {
    policy(policy -> policy.minDialect(Dialect.SMB_3_1_1));
    CompletableFuture<AsyncSmbConnection> connecting = connecting();
    peer.accept()
        .expect(NegotiateRequest.class)
        .answer(ScriptedServer.negotiateResponse(dialect))
        .send();

    fatal(SmbProtocolException.class, connecting);
  }

  @ParameterizedTest
  @ValueSource(ints = {0x02FF, 0x0000, 0x0312, 0x0201})
  @DisplayName("#40 the multi-protocol wildcard, and dialects that do not exist")
  void attack40_dialectThatIsNone(int dialect) {
    CompletableFuture<AsyncSmbConnection> connecting = connecting();
    peer.accept()
        .expect(NegotiateRequest.class)
        .answer(ScriptedServer.negotiateResponse(Dialect.SMB_2_1))
        .tampered(bytes -> {
          bytes[Smb2Header.SIZE + 4] = (byte) dialect;
          bytes[Smb2Header.SIZE + 5] = (byte) (dialect >>> 8);
        })
        .send();

    assertThat(fatal(SmbProtocolException.class, connecting))
        .hasMessageContaining("Dialect: 0x%04x", dialect);
  }

  @ParameterizedTest
  @EnumSource(names = {"SMB_2_1", "SMB_3_0", "SMB_3_0_2"})
  @DisplayName(
      "#40 somebody made the server choose less than it would have: VALIDATE_NEGOTIATE_INFO")
  void attack40_dialectLoweredOnThePath(Dialect dialect) {
    CompletableFuture<AsyncSmbShare> connecting = treeConnected(loggedIn(dialect));
    NegotiateResponse told = ScriptedServer.negotiateResponse(dialect);
    validated(told.capabilities(), told.serverGuid(), told.securityMode(), Dialect.SMB_3_1_1);

    fatal(SmbIntegrityException.class, connecting);
  }

  @Test
  @DisplayName("#40 somebody changed capabilities, security mode or the server's GUID")
  void attack40_negotiationChangedOnThePath() {
    NegotiateResponse told = ScriptedServer.negotiateResponse(Dialect.SMB_3_0_2);
    List<Runnable> lies = List.of(
        () -> validated(
            told.capabilities().with(Capabilities.ENCRYPTION),
            told.serverGuid(),
            told.securityMode(),
            told.dialect()),
        () -> validated(told.capabilities(), new Guid(6, 6), told.securityMode(), told.dialect()),
        () -> validated(
            told.capabilities(),
            told.serverGuid(),
            told.securityMode().with(SecurityMode.SIGNING_REQUIRED),
            told.dialect()));
    for (Runnable lie : lies) {
      CompletableFuture<AsyncSmbShare> connecting = treeConnected(loggedIn(Dialect.SMB_3_0_2));
      lie.run();
      fatal(SmbIntegrityException.class, connecting);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0xC000_00BB, 0xC000_0010, 0xC000_0128, 0xC000_0022})
  @DisplayName("#40 a 3.x server that refuses VALIDATE_NEGOTIATE_INFO")
  void attack40_validationRefused(int status) {
    for (Dialect dialect : List.of(Dialect.SMB_3_0, Dialect.SMB_3_0_2)) {
      CompletableFuture<AsyncSmbShare> connecting = treeConnected(loggedIn(dialect));
      peer.expect(IoctlRequest.class).refusal(NtStatus.of(status)).send();

      fatal(SmbIntegrityException.class, connecting);
    }
  }

  @Test
  @DisplayName("#40 NEGOTIATE was altered on 3.1.1: the keys differ")
  void attack40_negotiateAlteredOn311() {
    CompletableFuture<AsyncSmbConnection> connecting = connecting();
    server.negotiateAltered(
        ScriptedServer.negotiateResponse(Dialect.SMB_3_1_1), bytes -> bytes[RESERVED] = 0x5A);
    connection = result(connecting);
    CompletableFuture<AsyncSmbSession> login = login();
    server.accepted(server.challenge()).send();

    assertThat(fatal(SmbIntegrityException.class, login)).hasMessageContaining("wrongly signed");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  @DisplayName("#42 GUEST or NULL set to turn signing off")
  void attack42_guestOrNull(int flags) {
    connected(ScriptedServer.negotiateResponse(Dialect.SMB_3_1_1));
    CompletableFuture<AsyncSmbSession> login = login();
    server.acceptedUnchecked(server.challenge(), new SessionFlags(flags)).send();

    assertThat(failure(login)).isInstanceOf(SmbAuthenticationException.class);
    peer.expectEnd();
  }

  @ParameterizedTest
  @EnumSource
  @DisplayName("#43 the final SESSION_SETUP response is not signed")
  void attack43_finalResponseUnsigned(Dialect dialect) {
    anyDialect();
    connected(ScriptedServer.negotiateResponse(dialect));
    CompletableFuture<AsyncSmbSession> login = login();
    server.accepted(server.challenge()).unsigned().send();

    fatal(SmbIntegrityException.class, login);
  }

  @Test
  @DisplayName("#48 the hint lists no mechanism that the policy allows")
  void attack48_hint() {
    NegotiateResponse plain = ScriptedServer.negotiateResponse(Dialect.SMB_3_1_1);
    Octets hint = new NegTokenInit2(List.of(MechType.KERBEROS), Octets.EMPTY, Octets.EMPTY).write();
    connected(ScriptedServer.withToken(plain, hint));

    assertThat(failure(login())).isInstanceOf(SmbAuthenticationException.class);
  }

  @Test
  @DisplayName("#48 the server picks a mechanism that was not offered")
  void attack48_otherMechanism() {
    connected(ScriptedServer.negotiateResponse(Dialect.SMB_3_1_1));
    CompletableFuture<AsyncSmbSession> login = login();
    Received<SessionSetupRequest> first = peer.expect(SessionSetupRequest.class);
    first
        .answer(new SessionSetupResponse(
            SessionFlags.NONE,
            new NegTokenResp(
                    NegState.ACCEPT_INCOMPLETE, MechType.KERBEROS, Octets.EMPTY, Octets.EMPTY)
                .write()))
        .status(NtStatus.MORE_PROCESSING_REQUIRED)
        .sessionId(5)
        .send();

    assertThat(failure(login)).isInstanceOf(SmbAuthenticationException.class);
  }

  @Test
  @DisplayName("#48 a wrong mechListMIC")
  void attack48_mechListMic() {
    connected(ScriptedServer.negotiateResponse(Dialect.SMB_3_1_1));
    CompletableFuture<AsyncSmbSession> login = login();
    Received<SessionSetupRequest> last = server.challenge();
    server.accepted(last); // derives the keys, and is not sent
    Octets wrong = new NegTokenResp(
            NegState.ACCEPT_COMPLETED, null, Octets.EMPTY, Octets.copyOf(new byte[] {
              1, 0, 0, 0, 9, 9, 9, 9, 9, 9, 9, 9, 0, 0, 0, 0
            }))
        .write();
    last.answer(new SessionSetupResponse(SessionFlags.NONE, wrong)).signed().send();

    assertThat(failure(login)).isInstanceOf(SmbAuthenticationException.class);
  }

  @Test
  @DisplayName(
      "#49 what is proved is bound to the server that the user named, by MIC and target name")
  void attack49_relay() {
    connected(ScriptedServer.negotiateResponse(Dialect.SMB_3_1_1));
    login();
    Received<SessionSetupRequest> last = server.challenge();
    AuthenticateMessage message =
        AuthenticateMessage.read(NegTokenResp.read(last.body().securityBuffer()).responseToken());
    byte[] response = message.ntResponse().toByteArray();
    int fixed = NtlmV2.KEY_SIZE + 28;
    AvPairs info =
        AvPairs.read(Octets.copyOf(Arrays.copyOfRange(response, fixed, response.length - 4)));

    assertThat(message.mic()).isNotNull().isNotEqualTo(AuthenticateMessage.ZERO_MIC);
    assertThat(info.value(AvPairs.TARGET_NAME))
        .isEqualTo(Octets.copyOf(WireWriter.toBytes(out -> out.utf16("cifs/" + peer.host()))));
    assertThat(info.value(AvPairs.CHANNEL_BINDINGS)).isEqualTo(Octets.copyOf(new byte[16]));
    assertThat(info.value(AvPairs.FLAGS)).isEqualTo(Octets.ofHex("02000000"));
    server.accepted(last).send(); // which checks the MIC over all three messages
  }

  @Test
  @DisplayName("#50 a policy without NTLM is not talked into it")
  void attack50_fallback() {
    policy(policy -> policy.ntlmAllowed(false));
    connected(ScriptedServer.negotiateResponse(Dialect.SMB_3_1_1));

    fatal(SmbAuthenticationException.class, login());
    peer.expectNothingMore();
  }

  @Test
  @DisplayName("#51 IPC$ is signed and verified as any other share")
  void attack51_ipc() {
    AsyncSmbSession session = loggedIn(Dialect.SMB_3_1_1);
    CompletableFuture<AsyncSmbShare> connecting = session.share("IPC$");
    Received<TreeConnectRequest> request = peer.expect(TreeConnectRequest.class);
    assertThat(request.header().isSigned()).isTrue();
    request.answer(Responses.disk()).treeId(TREE_ID).unsigned().send();

    fatal(SmbIntegrityException.class, connecting);
  }

  @Test
  @DisplayName("#52 the preauthentication hash is over the bytes received, whatever they look like")
  void attack52_preauthHash() {
    CompletableFuture<AsyncSmbConnection> connecting = connecting();
    // What no codec would write again: reserved fields that are not zero.
    server.negotiate(
        ScriptedServer.negotiateResponse(Dialect.SMB_3_1_1),
        answer -> answer.tampered(bytes -> {
          bytes[6] = 3; // CreditCharge, which means nothing in a response
          bytes[RESERVED] = 0x5A;
        }));
    connection = result(connecting);
    CompletableFuture<AsyncSmbSession> login = login();
    server.accepted(server.challenge()).send();

    assertThat(result(login).isOpen()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {RESERVED, RESERVED + 1, RESERVED + 2, RESERVED + 3})
  @DisplayName("#52 the same for the challenge")
  void attack52_preauthHashOfTheChallenge(int at) {
    connected(ScriptedServer.negotiateResponse(Dialect.SMB_3_1_1));
    CompletableFuture<AsyncSmbSession> login = login();
    server
        .accepted(server.challenge(answer -> answer.tampered(bytes -> bytes[at] = 0x5A)))
        .send();

    assertThat(result(login).isOpen()).isTrue();
  }

  @Test
  @DisplayName("#54 VALIDATE_NEGOTIATE_INFO is not sent on 3.1.1")
  void attack54_noValidationOn311() {
    AsyncSmbShare share = result(treeConnected(loggedIn(Dialect.SMB_3_1_1)));
    share.open("a.bin", OpenOptions.read());

    peer.expect(CreateRequest.class);
  }
}
