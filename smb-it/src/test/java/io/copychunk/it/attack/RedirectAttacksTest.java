package io.copychunk.it.attack;

import static io.copychunk.testing.Awaited.failure;
import static io.copychunk.testing.Awaited.result;
import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.client.error.SmbException;
import io.copychunk.client.error.SmbStatusException;
import io.copychunk.it.fixture.hostile.HostileServer;
import io.copychunk.message.ErrorResponse;
import io.copychunk.message.context.ErrorContext;
import io.copychunk.message.context.ShareRedirectErrorContext;
import io.copychunk.message.context.SymbolicLinkErrorResponse;
import io.copychunk.wire.Command;
import io.copychunk.wire.NtStatus;
import io.copychunk.wire.Octets;
import io.copychunk.wire.WireWriter;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Section 2: servers that send a client elsewhere, where it was never told to go. */
@Attack
class RedirectAttacksTest {
  /** Leads to this machine too. */
  private static final String OTHER_HOST = "127.0.0.2";

  private final HostileServer server = HostileServer.listening();
  private final AttackedClient client = new AttackedClient(server);

  @AfterEach
  void end() {
    client.close();
  }

  @Test
  @DisplayName("#32 a share that is said to be elsewhere: nobody goes there")
  void attack32_redirect() throws IOException {
    ShareRedirectErrorContext redirect =
        new ShareRedirectErrorContext(List.of(InetAddress.getByName(OTHER_HOST)), "share");
    refuse(
        Command.TREE_CONNECT,
        NtStatus.BAD_NETWORK_NAME,
        new ErrorResponse(
            List.of(new ErrorContext(ErrorContext.SHARE_REDIRECT, octets(redirect::write))),
            Octets.EMPTY));

    assertNobodyGoesElsewhere(NtStatus.BAD_NETWORK_NAME, client::connectingShare);
  }

  @ParameterizedTest
  @ValueSource(strings = {"TREE_CONNECT", "CREATE"})
  @DisplayName("#32 a path that is said to be covered by a referral: nobody asks for one")
  void attack32_referral(Command command) throws IOException {
    refuse(command, NtStatus.PATH_NOT_COVERED, ErrorResponse.EMPTY);

    assertNobodyGoesElsewhere(
        NtStatus.PATH_NOT_COVERED,
        command == Command.CREATE ? client::opening : client::connectingShare);
    assertThat(server.requests(Command.IOCTL)).isZero(); // no FSCTL_DFS_GET_REFERRALS
  }

  @Test
  @DisplayName("#32, #63 a link to another host: nobody follows it")
  void attack63_linkToAnotherHost() throws IOException {
    SymbolicLinkErrorResponse link = new SymbolicLinkErrorResponse(
        0, "\\??\\UNC\\" + OTHER_HOST + "\\share", "\\\\" + OTHER_HOST + "\\share", false);
    refuse(
        Command.CREATE,
        NtStatus.STOPPED_ON_SYMLINK,
        new ErrorResponse(
            List.of(new ErrorContext(ErrorContext.DEFAULT, octets(link::write))), Octets.EMPTY));

    assertNobodyGoesElsewhere(NtStatus.STOPPED_ON_SYMLINK, client::opening);
  }

  private void refuse(Command command, NtStatus status, ErrorResponse error) {
    server
        .on(command)
        .nth(1)
        .does((request, answer, out) ->
            out.frame(request.answer(error).status(status).frame()));
  }

  /** Another host would be found on the same port, as SMB servers are. */
  private void assertNobodyGoesElsewhere(NtStatus refusal, Supplier<CompletableFuture<?>> refused)
      throws IOException {
    try (ServerSocketChannel elsewhere = ServerSocketChannel.open()) {
      elsewhere.bind(new InetSocketAddress(OTHER_HOST, server.port())).configureBlocking(false);

      SmbException failure = client.harmless(SmbStatusException.class, refused.get());
      assertThat(((SmbStatusException) failure).status()).isEqualTo(refusal);
      // By the end of another login it would have gone there.
      result(client.connection().login(AttackedClient.credentials()));
      assertThat(elsewhere.accept()).as("who came").isNull();
    }
    assertThat(server.connections()).isEqualTo(1);
  }

  private static Octets octets(WireWriter.Part content) {
    return Octets.copyOf(WireWriter.toBytes(content));
  }
}
