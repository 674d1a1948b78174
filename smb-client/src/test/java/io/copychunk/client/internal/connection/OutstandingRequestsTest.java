package io.copychunk.client.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.client.internal.transport.Protection;
import io.copychunk.message.EchoRequest;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class OutstandingRequestsTest {
  private final OutstandingRequests outstanding = new OutstandingRequests();

  @Test
  void findsByMessageIdUntilAnswered() {
    PendingRequest<?> request = added(7, 1, 0);

    assertThat(outstanding.find(7)).isSameAs(request);
    assertThat(outstanding.find(8)).isNull();
    outstanding.remove(request);
    assertThat(outstanding.find(7)).isNull();
    assertThat(outstanding.isEmpty()).isTrue();
  }

  @Test
  void whatWasGivenUpStaysUntilItIsAnswered() {
    PendingRequest<?> request = added(7, 1, 0);
    request.abandon();

    assertThat(outstanding.find(7)).isSameAs(request);
    assertThat(outstanding.drain()).isEqualTo(List.of(request));
  }

  @Test
  void tellsWhoWasSilentSinceWhen() {
    PendingRequest<?> old = added(1, 1, 100);
    added(2, 1, 200);
    PendingRequest<?> given = added(3, 1, 50);
    given.abandon();

    assertThat(outstanding.silentSince(100)).isEmpty();
    assertThat(outstanding.silentSince(101)).containsExactly(old);
    assertThat(outstanding.silentSince(1000)).hasSize(2);
  }

  @Test
  void timeMayWrapAround() {
    added(1, 1, Long.MAX_VALUE - 5);

    assertThat(outstanding.silentSince(Long.MIN_VALUE + 5)).hasSize(1);
    assertThat(outstanding.silentSince(Long.MAX_VALUE - 6)).isEmpty();
  }

  @Test
  void knowsOfWhichSessions() {
    added(1, 5, 0);

    assertThat(outstanding.hasAnyOf(5)).isTrue();
    assertThat(outstanding.hasAnyOf(6)).isFalse();
  }

  @Test
  void drainingEmptiesIt() {
    PendingRequest<?> one = added(1, 1, 0);
    PendingRequest<?> two = added(2, 1, 0);

    assertThat(outstanding.drain().toArray()).containsExactlyInAnyOrder(one, two);
    assertThat(outstanding.isEmpty()).isTrue();
    assertThat(outstanding.drain()).isEmpty();
  }

  private PendingRequest<?> added(long messageId, long sessionId, long heard) {
    PendingRequest<?> request =
        new PendingRequest<>(new RequestScope(sessionId, 0, Protection.NONE), new EchoRequest());
    request.messageId(messageId);
    request.lastHeard(heard);
    outstanding.add(request);
    return request;
  }
}
