package io.copychunk.client.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.client.internal.transport.SessionCiphers;
import io.copychunk.crypto.MessageSigner;
import io.copychunk.crypto.SigningAlgorithm;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SessionTableTest {
  private final Set<Long> inUse = new HashSet<>();
  private final SessionTable table = new SessionTable(inUse::contains);

  @Test
  void aSessionThatIsIdleIsForgottenAtOnce() {
    SessionCiphers ciphers = added(5);
    assertThat(table.ciphers(5)).isSameAs(ciphers);
    assertThat(table.renewal(5)).isNotNull();
    table.retire(5);

    assertThat(table.ciphers(5)).isNull();
    assertThat(table.renewal(5)).isNull();
  }

  @Test
  void keysStayForLateAnswersButNobodyIsLoggedInAgain() {
    SessionCiphers ciphers = added(5);
    inUse.add(5L);
    table.retire(5);
    table.removeRetired();
    assertThat(table.ciphers(5)).isSameAs(ciphers);
    assertThat(table.renewal(5)).isNull();
    inUse.clear();
    table.removeRetired();

    assertThat(table.ciphers(5)).isNull();
  }

  @Test
  void anIdIsGivenOutOnceAtATime() {
    SessionCiphers first = added(5);
    assertThat(table.add(5, ciphers(), CompletableFuture::new)).isFalse();
    assertThat(table.ciphers(5)).isSameAs(first);
    inUse.add(5L);
    table.retire(5);
    SessionCiphers second = added(5);
    inUse.clear();
    table.removeRetired();

    assertThat(table.ciphers(5)).isSameAs(second);
    assertThat(table.renewal(5)).isNotNull();
  }

  @Test
  void whatIsNotKnownIsNotRetired() {
    table.retire(6);
    added(6);
    table.removeRetired();

    assertThat(table.ciphers(6)).isNotNull();
  }

  private SessionCiphers added(long id) {
    SessionCiphers ciphers = ciphers();
    assertThat(table.add(id, ciphers, CompletableFuture::new)).isTrue();
    return ciphers;
  }

  private static SessionCiphers ciphers() {
    return new SessionCiphers(
        new MessageSigner(SigningAlgorithm.AES_CMAC, new byte[MessageSigner.SIZE]), null, null);
  }
}
