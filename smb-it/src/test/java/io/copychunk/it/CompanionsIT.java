package io.copychunk.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.copychunk.client.AsyncSmbSession;
import io.copychunk.client.Credentials;
import io.copychunk.client.OpenOptions;
import io.copychunk.client.SmbClient;
import io.copychunk.client.SmbSession;
import io.copychunk.client.config.SmbConfig;
import io.copychunk.client.error.SmbClosedException;
import io.copychunk.it.fixture.RunsAgainstSamba;
import io.copychunk.it.fixture.SambaServer;
import io.copychunk.it.fixture.Scratch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Several connections behind one session. */
@RunsAgainstSamba
@Timeout(60)
class CompanionsIT {
  private final SambaServer server;
  private final Scratch scratch;

  CompanionsIT(SambaServer server, Scratch scratch) {
    this.server = server;
    this.scratch = scratch;
  }

  private static AsyncSmbSession companion(SmbSession session, int number) throws Exception {
    return session.async().companion(number).get(30, TimeUnit.SECONDS);
  }

  @Test
  void isMadeOnceKeptAndEndsWithTheSession() throws Exception {
    scratch.write("work", "a.bin", new byte[7]);
    AsyncSmbSession first;
    try (SmbClient client = SmbClient.create();
        SmbSession session = server.login(client)) {
      first = companion(session, 1);
      AsyncSmbSession second = companion(session, 2);

      assertThat(companion(session, 1)).isSameAs(first);
      assertThat(second).isNotSameAs(first);
      assertThat(first.security()).isEqualTo(session.security());
      assertThat(first
              .share(server.share("work"))
              .thenCompose(share -> share.open(scratch.path("a.bin"), OpenOptions.read()))
              .get(30, TimeUnit.SECONDS)
              .size())
          .isEqualTo(7);
      session.close();
      await().until(() -> !first.isOpen() && !second.isOpen());
    }
  }

  @Test
  void oneThatHasEndedIsMadeAnew() throws Exception {
    try (SmbClient client = SmbClient.create();
        SmbSession session = server.login(client)) {
      AsyncSmbSession first = companion(session, 1);
      first.close().get(30, TimeUnit.SECONDS);

      AsyncSmbSession again = companion(session, 1);

      assertThat(again.isOpen()).isTrue();
      assertThat(session.isOpen()).isTrue();
    }
  }

  @Test
  void thereAreNoMoreThanThePolicySays() throws Exception {
    SmbConfig config =
        SmbConfig.builder().transport(transport -> transport.maxConnections(2)).build();
    try (SmbClient client = SmbClient.create(config);
        SmbSession session = server.login(client)) {
      companion(session, 1);

      assertThatThrownBy(() -> session.async().companion(2))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("expected: 1..1");
    }
  }

  @Test
  void credentialsThatWereClosedMakeNone() throws Exception {
    try (SmbClient client = SmbClient.create()) {
      Credentials credentials = server.credentials();
      SmbSession session = client.connect(server.host(), server.port()).login(credentials);
      credentials.close();

      assertThatThrownBy(() -> companion(session, 1)).hasCauseInstanceOf(SmbClosedException.class);
      assertThat(session.isOpen()).isTrue();
    }
  }
}
