package io.copychunk.it.attack;

import static io.copychunk.testing.Awaited.failure;
import static io.copychunk.testing.Awaited.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.client.AsyncSmbFile;
import io.copychunk.client.AsyncSmbSession;
import io.copychunk.client.AsyncSmbShare;
import io.copychunk.client.KeyedOpen;
import io.copychunk.client.OpenOptions;
import io.copychunk.client.ResumeKey;
import io.copychunk.client.config.SmbConfig;
import io.copychunk.client.error.SmbAuthenticationException;
import io.copychunk.client.error.SmbException;
import io.copychunk.client.error.SmbIntegrityException;
import io.copychunk.client.error.SmbNegotiationException;
import io.copychunk.client.error.SmbProtocolException;
import io.copychunk.client.error.SmbStatusException;
import io.copychunk.client.error.SmbTimeoutException;
import io.copychunk.it.fixture.hostile.Delivery;
import io.copychunk.it.fixture.hostile.HostileServer;
import io.copychunk.it.fixture.hostile.Mutation;
import io.copychunk.wire.Command;
import io.copychunk.wire.NtStatus;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Section 2: answers to something else, and states that no server should lead to. */
@Attack
class MatchingAttacksTest {
  private static final long NOBODYS = 0xBAD_0BAD;

  /** As many answers to nothing as end a connection, and not one more. */
  private static final int STRAYS = 17;

  private static final String TOO_MANY = STRAYS + " responses to no request";

  private final HostileServer server = HostileServer.listening();
  private final AttackedClient client = new AttackedClient(server);

  @AfterEach
  void end() {
    client.close();
  }

  @Test
  @DisplayName("#20 an answer that comes twice completes one request, and does no harm")
  void attack20_duplicate() {
    server.on(Command.IOCTL).nth(1).delivers(Delivery.times(2));
    AsyncSmbFile file = client.file();

    assertThat(result(file.requestResumeKey()).isUsable()).isTrue();
    assertThat(result(file.requestResumeKey()).isUsable()).isTrue();
    assertThat(client.connection().isOpen()).isTrue();
  }

  @Test
  @DisplayName("#20 answers to nothing, one after the other, end the connection")
  void attack20_flood() {
    server.on(Command.IOCTL).does((request, answer, out) -> {
      byte[] stray = Mutation.messageId(NOBODYS).apply(answer.unsigned().frame());
      Delivery.times(STRAYS).deliver(stray, out);
    });

    assertThat(client.fatal(SmbProtocolException.class, client.key()))
        .hasMessageContaining(TOO_MANY);
  }

  @Test
  @DisplayName("#20 strays of a long life do not add up to the end of the connection")
  void attack20_strayNowAndThen() {
    AsyncSmbFile file = client.file();
    for (int stray = 0; stray < 20; stray++) {
      server.on(Command.IOCTL).nth(1).delivers(Delivery.times(2));
      for (int i = 0; i < 1100; i += 100) {
        result(keys(file, 100));
      }
      server.behave();
    }

    assertThat(client.connection().isOpen()).isTrue();
  }

  @Test
  @DisplayName("#21 the right MessageId, another command")
  void attack21_otherCommand() {
    server.on(Command.IOCTL).forges(Mutation.command(Command.ECHO.code()));

    assertThat(client.fatal(SmbProtocolException.class, client.key()))
        .hasMessageContaining("Command: ECHO");
  }

  @Test
  @DisplayName("#22 another session")
  void attack22_otherSession() {
    server.on(Command.IOCTL).mutates(Mutation.stripSignature().then(Mutation.sessionId(NOBODYS)));

    assertThat(client.fatal(SmbProtocolException.class, client.key()))
        .hasMessageContaining("SessionId");
  }

  @Test
  @DisplayName("#22 another tree")
  void attack22_otherTree() {
    server.on(Command.IOCTL).forges(Mutation.treeId(0x99));

    assertThat(client.fatal(SmbProtocolException.class, client.key()))
        .hasMessageContaining("TreeId");
  }

  @Test
  @DisplayName("#22 another session of this very connection, under its own signature")
  void attack22_secondSession() {
    AsyncSmbFile file = client.file();
    List<Long> sessions = new CopyOnWriteArrayList<>();
    server.on(Command.TREE_CONNECT).does((request, answer, out) -> {
      sessions.add(request.header().sessionId());
      out.frame(answer.frame());
    });
    result(result(client.connection().login(AttackedClient.credentials())).share("share"));
    server.on(Command.IOCTL).lies(answer -> answer.sessionId(sessions.get(0)));

    assertThat(client.fatal(SmbProtocolException.class, file.requestResumeKey()))
        .hasMessageContaining("SessionId");
  }

  @Test
  @DisplayName("#22 another tree of this very session")
  void attack22_secondTree() {
    AsyncSmbSession session = client.session();
    AsyncSmbShare share = result(session.share("share"));
    result(session.share("other"));
    AsyncSmbFile file = result(share.open("a.bin", OpenOptions.read()));
    server.on(Command.IOCTL).lies(answer -> answer.treeId(HostileServer.TREE_ID + 1));

    assertThat(client.fatal(SmbProtocolException.class, file.requestResumeKey()))
        .hasMessageContaining("TreeId");
  }

  @Test
  @DisplayName("#22 an asynchronous answer to what was never said to be asynchronous")
  void attack22_asyncWithoutInterim() {
    server.on(Command.IOCTL).forges(Mutation.async(0xA5A5));

    assertThat(client.fatal(SmbProtocolException.class, client.key()))
        .hasMessageContaining("AsyncId: 0xa5a5");
  }

  @Test
  @DisplayName("#22 another AsyncId than that of the interim response")
  void attack22_otherAsyncId() {
    server.on(Command.IOCTL).does((request, answer, out) -> {
      out.frame(request.interim().async(1).frame());
      out.frame(answer.async(2).frame());
    });

    assertThat(client.fatal(SmbProtocolException.class, client.key()))
        .hasMessageContaining("AsyncId: 0x2");
  }

  @Test
  @DisplayName("#23 STATUS_PENDING once, and then nothing, ends in a deadline")
  void attack23_pendingOnce() {
    client.using(AttackedClient.impatient());
    server
        .on(Command.IOCTL)
        .does((request, answer, out) -> out.frame(request.interim().frame()));

    client.harmless(SmbTimeoutException.class, client.key());
  }

  @Test
  @DisplayName("#23 STATUS_PENDING for ever, at intervals, ends in the deadline of the first")
  void attack23_pendingForEver() {
    client.using(AttackedClient.impatient());
    server
        .on(Command.IOCTL)
        .does((request, answer, out) -> Delivery.repeated(1000, AttackedClient.SHORT.dividedBy(4))
            .deliver(request.interim().frame(), out));

    assertThat(failure(client.key()))
        .isInstanceOf(SmbTimeoutException.class)
        .hasMessageContaining("IOCTL: no answer for " + AttackedClient.SHORT.toMillis() + " ms");
  }

  @Test
  @DisplayName("#23 STATUS_PENDING again and again ends the connection")
  void attack23_pendingAgain() {
    server.on(Command.IOCTL).does((request, answer, out) -> {
      byte[] interim = request.interim().frame();
      Delivery.times(1 + STRAYS).deliver(interim, out); // the first is as it should be
    });

    assertThat(client.fatal(SmbProtocolException.class, client.key()))
        .hasMessageContaining(TOO_MANY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"NEGOTIATE", "SESSION_SETUP"})
  @DisplayName("#23 STATUS_PENDING for what is always answered at once is an answer to nothing")
  void attack23_pendingWhereNothingPends(Command command) {
    server
        .on(command)
        .does((request, answer, out) ->
            Delivery.times(STRAYS).deliver(request.interim().async(7).frame(), out));

    assertThat(client.fatal(SmbProtocolException.class, client.everything()))
        .hasMessageContaining(TOO_MANY);
  }

  @Test
  @DisplayName("#23 STATUS_PENDING for ECHO, by which a server proves that it is there, is none")
  void attack23_pendingEcho() {
    client.using(AttackedClient.impatient());
    AsyncSmbFile file = client.file();
    server.on(Command.IOCTL).isSilent();
    server
        .on(Command.ECHO)
        .does((request, answer, out) ->
            Delivery.times(STRAYS).deliver(request.interim().frame(), out));
    client.harmless(SmbTimeoutException.class, file.requestResumeKey());

    server.awaitEnd();
    assertThat(failure(file.requestResumeKey()))
        .isInstanceOf(SmbProtocolException.class)
        .hasMessageContaining(TOO_MANY);
  }

  @Test
  @DisplayName("#23 STATUS_PENDING without ASYNC is an answer to nothing")
  void attack23_pendingNotAsync() {
    server
        .on(Command.IOCTL)
        .does((request, answer, out) -> Delivery.times(STRAYS)
            .deliver(request.refusal(NtStatus.PENDING).unsigned().frame(), out));

    assertThat(client.fatal(SmbProtocolException.class, client.key()))
        .hasMessageContaining(TOO_MANY);
  }

  @Test
  @DisplayName("#23 STATUS_PENDING with AsyncId 0 is an answer to nothing")
  void attack23_pendingAsyncIdZero() {
    server
        .on(Command.IOCTL)
        .does((request, answer, out) ->
            Delivery.times(STRAYS).deliver(request.interim().async(0).frame(), out));

    assertThat(client.fatal(SmbProtocolException.class, client.key()))
        .hasMessageContaining(TOO_MANY);
  }

  @ParameterizedTest
  @CsvSource({"NEGOTIATE,ACCESS_DENIED", "NEGOTIATE,NOT_SUPPORTED", "NEGOTIATE,INVALID_PARAMETER"})
  @DisplayName("#24 a forged refusal of NEGOTIATE: nothing weaker is tried")
  void attack24_refusedNegotiate(Command command, String status) {
    server
        .on(command)
        .does(
            (request, answer, out) -> out.frame(request.refusal(status(status)).frame()));

    client.fatal(SmbNegotiationException.class, client.connecting());
    assertThat(server.connections()).isEqualTo(1);
    assertThat(server.requests(Command.NEGOTIATE)).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"1,ACCESS_DENIED", "1,NOT_SUPPORTED", "2,ACCESS_DENIED", "2,LOGON_FAILURE"})
  @DisplayName("#24 a forged refusal of SESSION_SETUP: nobody logs in as a guest instead")
  void attack24_refusedLogin(int leg, String status) {
    server
        .on(Command.SESSION_SETUP)
        .nth(leg)
        .does((request, answer, out) ->
            out.frame(request.refusal(status(status)).unsigned().frame()));

    assertThat(failure(client.loggingIn())).isInstanceOf(SmbAuthenticationException.class);
    server.awaitEnd();
    assertThat(server.connections()).isEqualTo(1);
    assertThat(server.requests(Command.SESSION_SETUP)).isEqualTo(leg);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"USER_SESSION_DELETED", "NETWORK_NAME_DELETED", "NETWORK_SESSION_EXPIRED"})
  @DisplayName("#25 a forged end of the session is not believed, and nobody logs in again for it")
  void attack25_forgedEnd(String status) {
    server
        .on(Command.IOCTL)
        .does((request, answer, out) ->
            out.frame(request.refusal(status(status)).unsigned().frame()));

    client.fatal(SmbIntegrityException.class, client.key());
    assertThat(server.connections()).isEqualTo(1);
    assertThat(server.requests(Command.SESSION_SETUP)).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"IOCTL", "NEGOTIATE", "CLOSE", "LOGOFF"})
  @DisplayName("#26 unsolicited messages that are no break")
  void attack26_unsolicited(Command command) {
    server
        .on(Command.IOCTL)
        .mutates(Mutation.stripSignature()
            .then(Mutation.messageId(-1))
            .then(Mutation.command(command.code())));

    assertThat(client.fatal(SmbProtocolException.class, client.key()))
        .hasMessageContaining("unsolicited");
  }

  @Test
  @DisplayName("#26 a command that nobody knows, unsolicited")
  void attack26_unknownCommand() {
    server
        .on(Command.IOCTL)
        .mutates(Mutation.stripSignature().then(Mutation.messageId(-1)).then(Mutation.command(19)));

    client.fatal(SmbProtocolException.class, client.key());
  }

  @Test
  @DisplayName("#26 breaks of leases and oplocks that nobody has are ignored, however many")
  void attack26_breaks() {
    server.on(Command.IOCTL).does((request, answer, out) -> {
      byte[] notification = Mutation.stripSignature()
          .then(Mutation.messageId(-1))
          .then(Mutation.command(Command.OPLOCK_BREAK.code()))
          .apply(answer.frame().clone());
      for (int i = 0; i < 1000; i++) {
        out.frame(notification);
      }
      out.frame(answer.frame());
    });

    assertThat(result(client.key()).isUsable()).isTrue();
  }

  @Test
  @DisplayName("#27 a server that grants no credits: whoever waits for them fails in time")
  void attack27_noCredits() {
    client.using(AttackedClient.impatient());
    server.on(Command.CREATE).lies(answer -> answer.credits(0));
    server.on(Command.TREE_CONNECT).lies(answer -> answer.credits(1));
    server.on(Command.SESSION_SETUP).lies(answer -> answer.credits(1));
    server.on(Command.NEGOTIATE).lies(answer -> answer.credits(1));
    AsyncSmbFile file = client.file();

    assertThat(failure(file.requestResumeKey())).isInstanceOf(SmbTimeoutException.class);
  }

  @Test
  @DisplayName(
      "#28 a server that grants 65535 credits each time: no more is used than was asked for")
  void attack28_creditFlood() {
    client.using(SmbConfig.builder().credits(credits -> credits.target(4)).build());
    for (Command command : Command.values()) {
      server.on(command).lies(answer -> answer.credits(65_535));
    }
    AsyncSmbFile file = client.file();
    server.behave();
    server.on(Command.IOCTL).isSilent();
    CompletableFuture<?> keys = keys(file, 50);
    server.awaitRequests(Command.IOCTL, 4);
    client.connection().close();

    assertThat(keys).satisfies(all -> failure(all));
    assertThat(server.requests(Command.IOCTL)).isEqualTo(4);
  }

  @Test
  @DisplayName("#30 SESSION_SETUP that wants ever more legs")
  void attack30_legs() {
    server
        .on(Command.SESSION_SETUP)
        .lies(answer -> answer.status(NtStatus.MORE_PROCESSING_REQUIRED));

    assertThat(failure(client.loggingIn()))
        .isInstanceOfAny(SmbAuthenticationException.class, SmbProtocolException.class);
    assertThat(server.requests(Command.SESSION_SETUP)).isLessThanOrEqualTo(10);
    server.awaitEnd();
  }

  @Test
  @DisplayName(
      "#30 INTERNAL_ERROR for ever: a compounded IOCTL is asked a second time, not a third")
  void attack30_internalError() {
    server
        .on(Command.IOCTL)
        .does((request, answer, out) ->
            out.frame(request.refusal(NtStatus.INTERNAL_ERROR).frame()));

    CompletableFuture<KeyedOpen> opening = client.share().openWithResumeKey("a.bin");
    client.harmless(SmbStatusException.class, opening);
    assertThat(server.requests(Command.IOCTL)).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"BUFFER_OVERFLOW", "FILE_NOT_AVAILABLE", "INSUFFICIENT_RESOURCES"})
  @DisplayName("#30 other failures are told, not tried again")
  void attack30_noRetry(String status) {
    server.on(Command.IOCTL).lies(answer -> answer.status(status(status)));

    client.harmless(SmbException.class, client.key());
    assertThat(server.requests(Command.IOCTL)).isEqualTo(1);
  }

  @Test
  @DisplayName("#33 the answers to a compound in the other order")
  void attack33_reordered() {
    Delivery swapped = Delivery.swapped();
    server.on(Command.CREATE).delivers(swapped);
    server.on(Command.IOCTL).delivers(swapped);

    KeyedOpen keyed = result(client.share().openWithResumeKey("a.bin"));
    assertThat(keyed.key().isUsable()).isTrue();
  }

  @Test
  @DisplayName("#33 half of the answers to a compound: the other half is given up in time")
  void attack33_missing() {
    client.using(AttackedClient.impatient());
    server.on(Command.IOCTL).isSilent();

    CompletableFuture<KeyedOpen> opening = client.share().openWithResumeKey("a.bin");
    client.harmless(SmbTimeoutException.class, opening);
    server.awaitRequests(Command.CLOSE, 1);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  @DisplayName("#65 a key of another file")
  void attack65_otherFile(boolean compounded) {
    server
        .on(Command.IOCTL)
        .forges(Mutation.u64(Mutation.BODY + 8, 0xF9).then(Mutation.u64(Mutation.BODY + 16, 0xF9)));

    CompletableFuture<?> opening =
        compounded ? client.share().openWithResumeKey("a.bin") : client.key();
    assertThat(client.fatal(SmbProtocolException.class, opening)).hasMessageContaining("FileId");
  }

  private static CompletableFuture<Void> keys(AsyncSmbFile file, int number) {
    CompletableFuture<?>[] keys = new CompletableFuture<?>[number];
    for (int i = 0; i < number; i++) {
      CompletableFuture<ResumeKey> key = file.requestResumeKey();
      keys[i] = key;
    }
    return CompletableFuture.allOf(keys);
  }

  private static NtStatus status(String name) {
    try {
      return (NtStatus) NtStatus.class.getField(name).get(null);
    } catch (ReflectiveOperationException e) {
      throw new AssertionError(e);
    }
  }
}
