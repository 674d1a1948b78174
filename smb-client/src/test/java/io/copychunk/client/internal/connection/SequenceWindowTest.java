package io.copychunk.client.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(10)
class SequenceWindowTest {
  private final SequenceWindow window = new SequenceWindow(100);

  @Test
  void beginsWithOneCreditForNegotiate() {
    assertThat(window.available()).isEqualTo(1);
    assertThat(window.take(1)).isZero();
    assertThat(window.available()).isZero();
    assertThat(window.inFlight()).isEqualTo(1);
  }

  @Test
  void largeRequestsTakeConsecutiveIds() {
    window.take(1);
    window.grant(20);

    assertThat(window.take(5)).isEqualTo(1);
    assertThat(window.take(1)).isEqualTo(6);
    assertThat(window.take(14)).isEqualTo(7);
    assertThat(window.available()).isZero();
    assertThat(window.inFlight()).isEqualTo(21);
  }

  @ParameterizedTest
  @CsvSource({"0", "-1", "2"})
  void neverGivesWhatItDoesNotHave(int charge) {
    assertThatThrownBy(() -> window.take(charge))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("expected: 1..1");
  }

  @Test
  void asksForItsOwnChargeAndWhatIsMissing() {
    window.take(1);
    assertThat(window.creditRequest(1)).isEqualTo(1 + 99);
    window.answered(1);
    window.grant(100);
    assertThat(window.creditRequest(1)).isEqualTo(1);
    window.take(40);
    assertThat(window.creditRequest(40)).isEqualTo(40);
    window.answered(40);
    assertThat(window.creditRequest(1)).isEqualTo(1 + 40);
  }

  @Test
  void asksForNoMoreThan512AtOnce() {
    SequenceWindow large = new SequenceWindow(8192);
    large.take(1);

    assertThat(large.creditRequest(1)).isEqualTo(513);
    assertThat(new SequenceWindow(65_535).creditRequest(65_535)).isEqualTo(65_535);
  }

  @Test
  void aFloodOfCreditsIsClampedToTheTarget() {
    window.take(1);
    for (int i = 0; i < 100_000; i++) {
      window.grant(65_535);
    }

    assertThat(window.available()).isEqualTo(99);
    window.answered(1);
    assertThat(window.available()).isEqualTo(100);
  }

  @Test
  void attack28_grantsForSomeDoNotLetOthersPileUpUnanswered() {
    window.take(1);
    window.grant(200);
    window.answered(1);
    int unanswered = 0;
    while (window.available() > 1 && unanswered < 1000) { // one of two is answered, for both
      window.take(2);
      window.answered(1);
      window.grant(2);
      unanswered++;
    }

    assertThat(unanswered).isEqualTo(99);
    assertThat(window.inFlight()).isEqualTo(99);
  }

  @Test
  void aGrantOfNothingChangesNothing() {
    window.take(1);
    window.grant(0);

    assertThat(window.available()).isZero();
  }

  @Test
  void aFrameThatCostsMoreThanTheTargetRaisesIt() {
    window.take(1);
    window.answered(1);
    window.require(128);
    window.grant(65_535);

    assertThat(window.available()).isEqualTo(128);
    window.require(2);
    assertThat(window.creditRequest(1)).isEqualTo(1);
  }

  @Test
  void endsLongBeforeIdsAreNegative() {
    SequenceWindow old = new SequenceWindow(100, Long.MAX_VALUE - 65_536);
    assertThat(old.isExhausted()).isFalse();
    old.take(1);

    assertThat(old.isExhausted()).isTrue();
    old.grant(65_535);
    old.answered(1);
    assertThat(old.available()).isEqualTo(100);
  }
}
