package io.copychunk.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.client.config.SecurityPolicy.Signing;
import io.copychunk.client.config.SmbConfig;
import io.copychunk.client.error.SmbClosedException;
import io.copychunk.client.error.SmbEncryptionException;
import io.copychunk.client.error.SmbException;
import io.copychunk.client.error.SmbIntegrityException;
import io.copychunk.client.error.SmbStatusException;
import io.copychunk.client.error.SmbTimeoutException;
import io.copychunk.message.CancelRequest;
import io.copychunk.message.CreateRequest;
import io.copychunk.message.IoctlRequest;
import io.copychunk.message.LogoffRequest;
import io.copychunk.message.LogoffResponse;
import io.copychunk.message.NegotiateResponse;
import io.copychunk.message.ShareFlags;
import io.copychunk.message.TreeConnectRequest;
import io.copychunk.message.TreeDisconnectRequest;
import io.copychunk.message.TreeDisconnectResponse;
import io.copychunk.message.fsctl.ValidateNegotiateInfoResponse;
import io.copychunk.testing.Received;
import io.copychunk.testing.Responses;
import io.copychunk.testing.ScriptedServer;
import io.copychunk.wire.Capabilities;
import io.copychunk.wire.Dialect;
import io.copychunk.wire.Guid;
import io.copychunk.wire.NtStatus;
import io.copychunk.wire.Octets;
import io.copychunk.wire.SecurityMode;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(20)
class ShareFlowTest {
  private Flow flow = new Flow();
  private CompletableFuture<AsyncSmbShare> connecting;

  @AfterEach
  void end() {
    flow.close();
  }

  private Received<IoctlRequest> validating(Dialect dialect) {
    connecting = flow.loggedIn(dialect).share("share");
    flow.treeConnected();
    return Validation.expect(flow);
  }

  @Test
  void namesTheShareAsTheUserDid() {
    connecting = flow.loggedIn(Dialect.SMB_3_1_1).share("projects");
    Received<TreeConnectRequest> request = flow.peer.expect(TreeConnectRequest.class);

    assertThat(request.body().path()).isEqualTo("\\\\" + flow.peer.host() + "\\projects");
    assertThat(request.header().isSigned()).isTrue();
  }

  @Test
  void aShareThatDoesNotExist() {
    connecting = flow.loggedIn(Dialect.SMB_3_1_1).share("nowhere");
    flow.peer
        .expect(TreeConnectRequest.class)
        .refusal(NtStatus.BAD_NETWORK_NAME)
        .send();

    assertThat(Flow.failure(connecting))
        .isInstanceOfSatisfying(
            SmbStatusException.class,
            e -> assertThat(e.status()).isEqualTo(NtStatus.BAD_NETWORK_NAME));
    assertThat(flow.connection.isOpen()).isTrue();
  }

  @Test
  void aShareThatDemandsEncryptionIsLeftAgain() {
    connecting = flow.loggedIn(Dialect.SMB_3_1_1).share("secret");
    flow.peer
        .expect(TreeConnectRequest.class)
        .answer(Responses.disk(ShareFlags.ENCRYPT_DATA))
        .treeId(Flow.TREE_ID)
        .send();

    assertThat(Flow.failure(connecting)).isInstanceOf(SmbEncryptionException.class);
    assertThat(flow.peer.expect(TreeDisconnectRequest.class).header().treeId())
        .isEqualTo(Flow.TREE_ID);
  }

  @Test
  void theNegotiationIsValidatedOnceASession() {
    AsyncSmbSession session = flow.loggedIn(Dialect.SMB_3_0_2);
    connecting = session.share("share");
    flow.treeConnected();
    Validation.genuine(flow);
    Flow.result(connecting);

    connecting = session.share("share");
    flow.treeConnected();

    assertThat(Flow.result(connecting).isOpen()).isTrue();
    flow.peer.expectNothingMore();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void aNegotiationThatTheServerRemembersOtherwiseIsFatal(int field) {
    Received<IoctlRequest> request = validating(Dialect.SMB_3_0);
    NegotiateResponse told = ScriptedServer.negotiateResponse(Dialect.SMB_3_0);
    Validation.answer(
            request,
            new ValidateNegotiateInfoResponse(
                field == 0 ? Capabilities.NONE : told.capabilities(),
                field == 1 ? Guid.ZERO : told.serverGuid(),
                field == 2 ? SecurityMode.SIGNING_REQUIRED : told.securityMode(),
                field == 3 ? Dialect.SMB_3_0_2 : told.dialect()))
        .send();

    tampered();
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.EXCLUDE,
      names = {"SMB_2_0_2", "SMB_3_1_1"})
  void aRefusalToValidateIsFatal(Dialect dialect) {
    validating(dialect).refusal(NtStatus.ACCESS_DENIED).send();

    tampered();
  }

  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.INCLUDE,
      names = {"SMB_3_0", "SMB_3_0_2"})
  void aServerOf3xKnowsHowToValidate(Dialect dialect) {
    validating(dialect).refusal(NtStatus.NOT_SUPPORTED).send();

    tampered();
  }

  @ParameterizedTest
  @ValueSource(ints = {0xC000_00BB, 0xC000_0010, 0xC000_0128})
  void aServerOf2xNeedNotKnowIfItSaysSoUnderItsSignature(int status) {
    validating(Dialect.SMB_2_1).refusal(NtStatus.of(status)).send();

    assertThat(Flow.result(connecting).isOpen()).isTrue();
  }

  @Test
  void aRefusalToValidateThatIsNotSignedIsFatal() {
    validating(Dialect.SMB_2_1).refusal(NtStatus.NOT_SUPPORTED).unsigned().send();

    tampered();
  }

  @Test
  void aConnectionThatIsCutOnValidationWasTamperedWith() {
    validating(Dialect.SMB_3_0);
    flow.peer.cut();

    assertThat(Flow.failure(connecting)).isInstanceOf(SmbIntegrityException.class);
  }

  @Test
  void aValidationThatIsTooShortIsFatal() {
    Received<IoctlRequest> request = validating(Dialect.SMB_3_0);
    request
        .answer(Responses.output(
            request.body(), io.copychunk.wire.FileId.PREVIOUS, Octets.copyOf(new byte[23])))
        .send();

    tampered();
  }

  @Test
  void nothingIsValidatedWhereNo3xWasOffered() {
    flow.close();
    flow = new Flow(SmbConfig.builder()
        .security(security -> security.maxDialect(Dialect.SMB_2_1))
        .build());
    connecting = flow.loggedIn(Dialect.SMB_2_1).share("share");
    flow.treeConnected();

    Flow.result(connecting);
    flow.peer.expectNothingMore();
  }

  /** 3.2.4.1.1 and 3.2.5.5: what protects the session itself is signed in any case. */
  @ParameterizedTest
  @EnumSource(
      mode = EnumSource.Mode.INCLUDE,
      names = {"SMB_3_0", "SMB_3_1_1"})
  void whereSigningIsNotRequiredTheDowngradeDefenceIsSignedAllTheSame(Dialect dialect) {
    flow.close();
    flow = new Flow(SmbConfig.builder()
        .security(security -> security.signing(Signing.IF_OFFERED))
        .build());
    connecting = flow.loggedIn(dialect).share("share");
    Received<TreeConnectRequest> request = flow.peer.expect(TreeConnectRequest.class);
    assertThat(request.header().isSigned()).isTrue();
    request.answer(Responses.disk()).treeId(Flow.TREE_ID).send();
    if (dialect == Dialect.SMB_3_0) {
      Validation.genuine(flow);
    }

    AsyncSmbShare share = Flow.result(connecting);
    share.open("a.bin", OpenOptions.read());
    assertThat(flow.peer.expect(CreateRequest.class).header().isSigned()).isFalse();
  }

  @Test
  void aSessionThatIsClosedMeanwhileValidatesNothing() {
    AsyncSmbSession session = flow.loggedIn(Dialect.SMB_3_0);
    AsyncSmbSession other = flow.loggedInAgain();
    connecting = session.share("share");
    Received<TreeConnectRequest> request = flow.peer.expect(TreeConnectRequest.class);
    session.close();
    Received<LogoffRequest> logoff = flow.peer.expect(LogoffRequest.class);
    request.answer(Responses.disk()).treeId(Flow.TREE_ID).send();

    assertThat(Flow.failure(connecting)).isInstanceOf(SmbClosedException.class);
    logoff.answer(new LogoffResponse()).send();
    flow.settle();
    flow.peer.expectNothingMore();
    assertThat(other.isOpen()).isTrue();
  }

  @Test
  void attack40_aValidationThatIsNeverAnsweredEndsTheConnection() {
    flow.close();
    flow = new Flow(SmbConfig.builder()
        .transport(transport -> transport.requestTimeout(Duration.ofMillis(600)))
        .build());
    connecting = flow.loggedIn(Dialect.SMB_3_0).share("share");
    flow.treeConnected();
    Validation.expect(flow);

    Throwable failure = Flow.failure(connecting);
    assertThat(failure).isInstanceOf(SmbTimeoutException.class);
    assertThat(((SmbTimeoutException) failure).scope()).isEqualTo(SmbException.Scope.CONNECTION);
    assertThat(flow.connection.isOpen()).isFalse();
  }

  @Test
  void aTreeThatNobodyWaitsForAnyMoreIsDisconnected() {
    connecting = flow.loggedIn(Dialect.SMB_3_1_1).share("share");
    Received<TreeConnectRequest> request = flow.peer.expect(TreeConnectRequest.class);
    connecting.cancel(false);
    flow.peer.expect(CancelRequest.class);
    request.answer(Responses.disk()).treeId(Flow.TREE_ID).send();

    assertThat(flow.peer.expect(TreeDisconnectRequest.class).header().treeId())
        .isEqualTo(Flow.TREE_ID);
  }

  @Test
  void closingAShareTwiceDisconnectsOnce() {
    AsyncSmbShare share = flow.share();
    CompletableFuture<Void> closing = share.close();
    flow.peer
        .expect(TreeDisconnectRequest.class)
        .answer(new TreeDisconnectResponse())
        .send();
    Flow.result(closing);
    Flow.result(share.close());

    assertThat(Flow.failure(share.open("a", OpenOptions.read())))
        .isInstanceOf(SmbClosedException.class);
    assertThat(Flow.failure(share.openWithResumeKey("a"))).isInstanceOf(SmbClosedException.class);
    flow.peer.expectNothingMore();
  }

  @Test
  void aSessionThatWasClosedDoesNotHarmTheOthersOfItsConnection() {
    AsyncSmbShare share = flow.share();
    AsyncSmbFile file = flow.file(share);
    AsyncSmbSession other = flow.loggedInAgain();
    CompletableFuture<Void> closing = flow.firstSession().close();
    flow.peer.expect(LogoffRequest.class).answer(new LogoffResponse()).send();
    Flow.result(closing);

    assertThat(Flow.failure(share.open("a", OpenOptions.read())))
        .isInstanceOf(SmbClosedException.class);
    assertThat(Flow.failure(share.openWithResumeKey("a"))).isInstanceOf(SmbClosedException.class);
    assertThat(Flow.failure(file.requestResumeKey())).isInstanceOf(SmbClosedException.class);
    assertThat(Flow.failure(flow.firstSession().share("b"))).isInstanceOf(SmbClosedException.class);
    Flow.result(file.close());
    Flow.result(share.close());
    assertThat(other.isOpen()).isTrue();
    flow.peer.expectNothingMore();
  }

  @Test
  void aLateAnswerOfALoggedOffSessionIsVerifiedAllTheSame() {
    AsyncSmbFile file = flow.file();
    AsyncSmbSession other = flow.loggedInAgain();
    CompletableFuture<ResumeKey> key = file.requestResumeKey();
    Received<IoctlRequest> request = flow.peer.expect(IoctlRequest.class);
    CompletableFuture<Void> closing = flow.firstSession().close();
    flow.peer.expect(LogoffRequest.class).answer(new LogoffResponse()).send();
    Flow.result(closing);
    request.refusal(NtStatus.CANCELLED).send();

    assertThat(Flow.failure(key)).isInstanceOf(SmbStatusException.class);
    assertThat(other.isOpen()).isTrue();
  }

  private void tampered() {
    assertThat(Flow.failure(connecting)).isInstanceOf(SmbIntegrityException.class);
    flow.peer.expectEnd();
    assertThat(flow.connection.isOpen()).isFalse();
  }
}
