package io.copychunk.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.client.config.SmbConfig;
import io.copychunk.client.error.SmbAuthenticationException;
import io.copychunk.client.error.SmbClosedException;
import io.copychunk.client.error.SmbIntegrityException;
import io.copychunk.client.error.SmbProtocolException;
import io.copychunk.client.error.SmbSessionExpiredException;
import io.copychunk.client.error.SmbStatusException;
import io.copychunk.client.error.SmbTimeoutException;
import io.copychunk.client.error.SmbTransportException;
import io.copychunk.crypto.CipherAlgorithm;
import io.copychunk.message.CancelRequest;
import io.copychunk.message.CloseRequest;
import io.copychunk.message.CreateRequest;
import io.copychunk.message.IoctlRequest;
import io.copychunk.message.SessionFlags;
import io.copychunk.message.SessionSetupRequest;
import io.copychunk.message.TreeConnectRequest;
import io.copychunk.testing.Received;
import io.copychunk.testing.Responses;
import io.copychunk.testing.ScriptedServer;
import io.copychunk.wire.Dialect;
import io.copychunk.wire.FileId;
import io.copychunk.wire.NtStatus;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What happens when the server says that a session has expired (3.2.5.1.6). */
@Timeout(20)
class RenewalTest {
  private Flow flow = new Flow();

  @AfterEach
  void end() {
    flow.close();
  }

  @Test
  void theUserIsAuthenticatedAnewAndTheRequestSentOnceMoreWithTheSameKeys() {
    AsyncSmbFile file = flow.file();
    CompletableFuture<ResumeKey> key = file.requestResumeKey();
    expired(flow.peer.expect(IoctlRequest.class));
    renew();

    Received<IoctlRequest> again = flow.peer.expect(IoctlRequest.class);
    assertThat(again.header().isSigned()).isTrue(); // the peer has verified it with the first key
    again.answer(Responses.key(again.body(), Flow.FILE_ID, 5)).send();
    assertThat(Flow.result(key).isUsable()).isTrue();
    assertThat(flow.firstSession().isOpen()).isTrue();
  }

  @Test
  void anEncryptedSessionIsRenewedEncrypted() {
    flow.connected(
        ScriptedServer.negotiateResponse(Dialect.SMB_3_1_1, CipherAlgorithm.AES_256_GCM));
    CompletableFuture<AsyncSmbSession> login = flow.connection.login(Flow.credentials());
    flow.server.accepted(flow.server.challenge(), SessionFlags.ENCRYPT_DATA).send();
    AsyncSmbSession session = Flow.result(login);
    CompletableFuture<AsyncSmbShare> connecting = session.share("share");
    expired(flow.peer.expect(TreeConnectRequest.class));
    Received<SessionSetupRequest> last = flow.server.challenge();
    assertThat(last.encrypted()).isTrue();
    flow.server.accepted(last).send();
    Received<TreeConnectRequest> again = flow.peer.expect(TreeConnectRequest.class);
    assertThat(again.encrypted()).isTrue();
    again.answer(Responses.disk()).treeId(Flow.TREE_ID).send();

    assertThat(Flow.result(connecting).security().encryption())
        .isEqualTo(CipherAlgorithm.AES_256_GCM);
  }

  @Test
  void aCompoundIsSentAgainAsAWhole() {
    AsyncSmbShare share = flow.share();
    CompletableFuture<KeyedOpen> opening = share.openWithResumeKey("a.bin");
    Received<CreateRequest> create = flow.peer.expect(CreateRequest.class);
    Received<IoctlRequest> ioctl = flow.peer.expect(IoctlRequest.class);
    create.refusal(NtStatus.NETWORK_SESSION_EXPIRED).send();
    ioctl.refusal(NtStatus.NETWORK_SESSION_EXPIRED).send();
    renew();
    Received<CreateRequest> createAgain = flow.peer.expect(CreateRequest.class);
    Received<IoctlRequest> ioctlAgain = flow.peer.expect(IoctlRequest.class);
    flow.peer.sendTogether(
        createAgain.answer(Responses.opened(Flow.FILE_ID)),
        ioctlAgain.answer(Responses.key(ioctlAgain.body(), Flow.FILE_ID, 5)));

    assertThat(Flow.result(opening).key().isUsable()).isTrue();
  }

  @Test
  void theRestOfACompoundThatIsNeverAnsweredDoesNotHoldItUp() throws Exception {
    flow.close();
    flow = new Flow(SmbConfig.builder()
        .transport(transport -> transport.requestTimeout(Duration.ofMillis(600)))
        .build());
    AsyncSmbShare share = flow.share();
    CompletableFuture<KeyedOpen> opening = share.openWithResumeKey("a.bin");
    Received<CreateRequest> create = flow.peer.expect(CreateRequest.class);
    flow.peer.expect(IoctlRequest.class);
    expired(create);
    flow.peer.expect(CancelRequest.class);
    flow.server.challenged(flow.expectAfterEchoes(SessionSetupRequest.class, 1)).send();
    flow.server.accepted(flow.expectAfterEchoes(SessionSetupRequest.class, 1)).send();
    flow.peer.expect(CreateRequest.class).answer(Responses.opened(Flow.FILE_ID)).send();

    assertThat(Flow.failure(opening)).isInstanceOf(SmbTimeoutException.class);
    flow.peer.expect(CloseRequest.class);
  }

  @Test
  void theRestOfACompoundMayBeRefusedFirst() {
    AsyncSmbShare share = flow.share();
    CompletableFuture<KeyedOpen> opening = share.openWithResumeKey("a.bin");
    Received<CreateRequest> create = flow.peer.expect(CreateRequest.class);
    flow.peer.expect(IoctlRequest.class).refusal(NtStatus.FILE_CLOSED).send();
    flow.settle();
    expired(create);
    renew();
    flow.peer.expect(CreateRequest.class).answer(Responses.opened(Flow.FILE_ID)).send();

    assertThat(Flow.failure(opening)).isInstanceOf(SmbStatusException.class);
    flow.peer.expect(CloseRequest.class);
  }

  @Test
  void theRestOfACompoundMaySucceedWithoutItsBeginning() {
    AsyncSmbShare share = flow.share();
    CompletableFuture<KeyedOpen> opening = share.openWithResumeKey("a.bin");
    Received<CreateRequest> create = flow.peer.expect(CreateRequest.class);
    Received<IoctlRequest> ioctl = flow.peer.expect(IoctlRequest.class);
    expired(create);
    ioctl.answer(Responses.key(ioctl.body(), new FileId(7, 7), 5)).send();
    renew();
    flow.peer.expect(CreateRequest.class).answer(Responses.opened(Flow.FILE_ID)).send();

    assertThat(Flow.failure(opening))
        .isInstanceOf(SmbProtocolException.class)
        .hasMessageContaining("FileId");
  }

  @Test
  void renewalsOfOneSessionFollowEachOther() throws Exception {
    AsyncSmbFile file = flow.file();
    CompletableFuture<ResumeKey> key = file.requestResumeKey();
    expired(flow.peer.expect(IoctlRequest.class));
    Received<SessionSetupRequest> last = flow.server.challenge();
    CompletableFuture<Void> onRequest = flow.firstSession().reauthenticate(Flow.credentials());
    flow.settle();
    flow.peer.expectNothingMore();
    flow.server.accepted(last).send();
    boolean challenged = false;
    for (int i = 0; i < 3; i++) { // the request again, and both legs of the next renewal
      Received<?> next = flow.peer.take();
      if (next.body() instanceof IoctlRequest) {
        Received<IoctlRequest> again = next.as(IoctlRequest.class);
        again.answer(Responses.key(again.body(), Flow.FILE_ID, 5)).send();
      } else if (challenged) {
        flow.server.accepted(next.as(SessionSetupRequest.class)).send();
      } else {
        flow.server.challenged(next.as(SessionSetupRequest.class)).send();
        challenged = true;
      }
    }

    Flow.result(key);
    Flow.result(onRequest);
  }

  @Test
  void whatCanNotProveTheUserIsRefusedBeforeItHarmsTheSession() {
    AsyncSmbFile file = flow.file();
    Credentials wiped = Flow.credentials();
    wiped.close();

    assertThat(Flow.failure(flow.firstSession().reauthenticate(wiped)))
        .isInstanceOf(SmbClosedException.class);
    assertThat(Flow.failure(flow.firstSession().reauthenticate(Credentials.anonymous())))
        .isInstanceOf(SmbAuthenticationException.class);
    assertThat(file.isOpen()).isTrue();
    flow.peer.expectNothingMore();
  }

  @Test
  void oneRenewalIsEnoughForAllThatWait() {
    AsyncSmbFile file = flow.file();
    CompletableFuture<ResumeKey> first = file.requestResumeKey();
    CompletableFuture<ResumeKey> second = file.requestResumeKey();
    Received<IoctlRequest> one = flow.peer.expect(IoctlRequest.class);
    Received<IoctlRequest> two = flow.peer.expect(IoctlRequest.class);
    expired(one);
    expired(two);
    renew();
    for (int i = 0; i < 2; i++) {
      Received<IoctlRequest> again = flow.peer.expect(IoctlRequest.class);
      again.answer(Responses.key(again.body(), Flow.FILE_ID, 5)).send();
    }

    Flow.result(first);
    Flow.result(second);
    flow.peer.expectNothingMore();
  }

  @Test
  void aServerThatSaysSoAgainDoesNotKeepUsLoggingIn() {
    AsyncSmbFile file = flow.file();
    CompletableFuture<ResumeKey> key = file.requestResumeKey();
    expired(flow.peer.expect(IoctlRequest.class));
    renew();
    expired(flow.peer.expect(IoctlRequest.class));
    assertThat(Flow.failure(key)).isInstanceOf(SmbSessionExpiredException.class);

    CompletableFuture<ResumeKey> next = file.requestResumeKey();
    expired(flow.peer.expect(IoctlRequest.class));
    assertThat(Flow.failure(next)).isInstanceOf(SmbSessionExpiredException.class);
    flow.peer.expectNothingMore();
  }

  @Test
  void aUserWhoIsNotLetInAgainHasLostTheSession() {
    AsyncSmbFile file = flow.file();
    CompletableFuture<ResumeKey> key = file.requestResumeKey();
    expired(flow.peer.expect(IoctlRequest.class));
    flow.server.challenge().refusal(NtStatus.LOGON_FAILURE).send();

    assertThat(Flow.failure(key))
        .isInstanceOf(SmbSessionExpiredException.class)
        .hasMessageContaining("LOGON_FAILURE");
    assertThat(flow.firstSession().isOpen()).isFalse();
    assertThat(flow.connection.isOpen()).isTrue();
    assertThat(Flow.failure(file.requestResumeKey())).isInstanceOf(SmbClosedException.class);
  }

  @Test
  void aRenewalThatIsNotSignedIsFatal() {
    CompletableFuture<ResumeKey> key = flow.file().requestResumeKey();
    expired(flow.peer.expect(IoctlRequest.class));
    flow.server.accepted(flow.server.challenge()).unsigned().send();

    assertThat(Flow.failure(key)).isInstanceOf(SmbIntegrityException.class);
    flow.peer.expectEnd();
  }

  @Test
  void anUnsignedWordThatTheSessionHasExpiredIsNotBelieved() {
    CompletableFuture<ResumeKey> key = flow.file().requestResumeKey();
    flow.peer
        .expect(IoctlRequest.class)
        .refusal(NtStatus.NETWORK_SESSION_EXPIRED)
        .unsigned()
        .send();

    assertThat(Flow.failure(key)).isInstanceOf(SmbIntegrityException.class);
    flow.peer.expectEnd();
  }

  @Test
  void aRenewalDoesNotMakeTheUserAGuest() {
    CompletableFuture<ResumeKey> key = flow.file().requestResumeKey();
    expired(flow.peer.expect(IoctlRequest.class));
    flow.server.accepted(flow.server.challenge(), SessionFlags.IS_GUEST).send();

    assertThat(Flow.failure(key))
        .isInstanceOf(SmbSessionExpiredException.class)
        .hasMessageContaining("guest");
    assertThat(flow.firstSession().isOpen()).isFalse();
  }

  @Test
  void wipedCredentialsCanNotRenewASession() {
    flow.connected(Dialect.SMB_3_1_1);
    Credentials credentials = Flow.credentials();
    CompletableFuture<AsyncSmbSession> login = flow.connection.login(credentials);
    flow.server.accepted(flow.server.challenge()).send();
    AsyncSmbFile file = flow.file(flow.share(Flow.result(login)));
    credentials.close();
    CompletableFuture<ResumeKey> key = file.requestResumeKey();
    expired(flow.peer.expect(IoctlRequest.class));

    assertThat(Flow.failure(key))
        .isInstanceOf(SmbSessionExpiredException.class)
        .hasMessageContaining("wiped");
  }

  @Test
  void whatWaitsForARenewalFailsWhenTheConnectionDoes() {
    CompletableFuture<ResumeKey> key = flow.file().requestResumeKey();
    expired(flow.peer.expect(IoctlRequest.class));
    flow.server.challenge();
    flow.peer.cut();

    assertThat(Flow.failure(key)).isInstanceOf(SmbTransportException.class);
  }

  @Test
  void whatWaitsForARenewalCanBeCancelled() {
    CompletableFuture<ResumeKey> key = flow.file().requestResumeKey();
    expired(flow.peer.expect(IoctlRequest.class));
    Received<SessionSetupRequest> last = flow.server.challenge();
    key.cancel(true);
    flow.settle();
    flow.server.accepted(last).send();
    AsyncSmbSession session = flow.firstSession();
    CompletableFuture<AsyncSmbShare> next = session.share("next");
    flow.treeConnected();

    assertThat(Flow.result(next).isOpen()).isTrue();
    flow.peer.expectNothingMore();
  }

  @Test
  void aRenewalThatIsNeverAnsweredEndsInATimeout() {
    flow.close();
    flow = new Flow(SmbConfig.builder()
        .transport(transport -> transport.connectTimeout(Duration.ofMillis(500)))
        .build());
    CompletableFuture<ResumeKey> key = flow.file().requestResumeKey();
    expired(flow.peer.expect(IoctlRequest.class));
    flow.server.challenge();

    assertThat(Flow.failure(key))
        .isInstanceOf(SmbSessionExpiredException.class)
        .hasCauseInstanceOf(SmbTimeoutException.class);
  }

  @Test
  void theUserCanBeAuthenticatedAnewOnRequest() {
    AsyncSmbFile file = flow.file();
    CompletableFuture<Void> renewal = flow.firstSession()
        .reauthenticate(Credentials.password(
            "ELSEWHERE", ScriptedServer.USER, ScriptedServer.PASSWORD.toCharArray()));
    renew();
    Flow.result(renewal);
    assertThat(flow.firstSession().security().user()).startsWith("ELSEWHERE");
    assertThat(flow.lastShare().security().user()).startsWith("ELSEWHERE");

    CompletableFuture<ResumeKey> key = file.requestResumeKey();
    Received<IoctlRequest> request = flow.peer.expect(IoctlRequest.class);
    request.answer(Responses.key(request.body(), Flow.FILE_ID, 5)).send();
    Flow.result(key);
  }

  @Test
  void wrongCredentialsOnRequestEndTheSession() {
    AsyncSmbFile file = flow.file();
    CompletableFuture<Void> renewal = flow.firstSession().reauthenticate(Flow.credentials());
    flow.server.challenge().refusal(NtStatus.LOGON_FAILURE).send();

    assertThat(Flow.failure(renewal)).isInstanceOf(SmbAuthenticationException.class);
    assertThat(file.isOpen()).isFalse();
    flow.settle();
    flow.peer.expectNothingMore();
    assertThat(flow.connection.isOpen()).isTrue();
  }

  private static void expired(Received<?> request) {
    request.refusal(NtStatus.NETWORK_SESSION_EXPIRED).send();
  }

  private void renew() {
    Received<SessionSetupRequest> last = flow.server.challenge();
    assertThat(last.header().isSigned()).isTrue();
    flow.server.accepted(last).send();
  }
}
