package io.copychunk.client.copy.tree;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LanesTest {
  private static final long SECOND = 1_000_000_000;
  private static final int ROUND = 128;

  private long now;

  /** Lanes are told apart here, and nothing is sent. */
  private static Lane lane() {
    return new Lane(null, null);
  }

  /** A round of files at a rate; whether another lane was asked for at its end. */
  private boolean round(Lanes lanes, double perSecond, boolean busy) {
    boolean asked = false;
    for (int i = 0; i < ROUND; i++) {
      now += (long) (SECOND / perSecond);
      asked |= lanes.ended(16_384, busy, now);
    }
    return asked;
  }

  @Test
  void asksForMoreAsLongAsTheyMakeItFaster() {
    Lanes lanes = new Lanes(lane(), 8, now);

    assertThat(round(lanes, 1000, true)).isTrue();
    assertThat(round(lanes, 1000, true)).isFalse(); // one is being opened
    lanes.opened(lane(), now);
    assertThat(round(lanes, 1000, true)).isFalse(); // of before
    assertThat(round(lanes, 1800, true)).isTrue();
    lanes.opened(lane(), now);
    round(lanes, 1800, true);
    assertThat(round(lanes, 1850, true)).isFalse(); // the third one was of no use
    assertThat(lanes.count()).isEqualTo(2);
    assertThat(round(lanes, 5000, true)).isFalse();
    assertThat(lanes.count()).isEqualTo(2);
  }

  @Test
  void asksForASecondAtOnceWhereManyWait() {
    Lane first = lane();
    Lanes lanes = new Lanes(first, 8, now);
    assertThat(lanes.wantsSecondAtOnce(() -> Lanes.MANY_WAITING)).isFalse(); // all may be skipped
    for (int i = 0; i < Lanes.BEGUN; i++) {
      first.begun();
    }
    assertThat(lanes.wantsSecondAtOnce(() -> Lanes.MANY_WAITING - 1)).isFalse();
    assertThat(lanes.wantsSecondAtOnce(() -> Lanes.MANY_WAITING)).isTrue();
    assertThat(lanes.wantsSecondAtOnce(() -> Lanes.MANY_WAITING)).isFalse(); // it is being opened
    assertThat(lanes.share()).isEqualTo(0.5); // and has its files then
    lanes.opened(lane(), now);
    assertThat(lanes.share()).isEqualTo(1);
    assertThat(lanes.wantsSecondAtOnce(() -> Lanes.MANY_WAITING)).isFalse();

    Lanes one = new Lanes(first, 1, now);
    assertThat(one.wantsSecondAtOnce(() -> Lanes.MANY_WAITING)).isFalse();
  }

  @Test
  void asksForNoneWhereNothingWaits() {
    Lanes lanes = new Lanes(lane(), 8, now);
    for (int i = 0; i < 10; i++) {
      assertThat(round(lanes, 1000, false)).isFalse();
    }
  }

  @Test
  void keepsToItsMaximum() {
    assertThat(round(new Lanes(lane(), 1, now), 1000, true)).isFalse();
    Lanes two = new Lanes(lane(), 2, now);
    assertThat(round(two, 1000, true)).isTrue();
    two.opened(lane(), now);
    round(two, 1000, true);
    assertThat(round(two, 2000, true)).isFalse();
  }

  @Test
  void doesNotAskAgainForWhatItDoesNotGet() {
    Lanes lanes = new Lanes(lane(), 8, now);
    assertThat(round(lanes, 1000, true)).isTrue();
    lanes.notOpened();
    assertThat(round(lanes, 1000, true)).isFalse();
  }

  @Test
  void spreadsFilesEvenly() {
    Lane first = lane();
    Lane second = lane();
    Lanes lanes = new Lanes(first, 8, now);
    lanes.opened(second, now);
    for (int i = 0; i < 10; i++) {
      lanes.next().begun();
    }
    assertThat(first.underWay()).isEqualTo(5);
    assertThat(second.underWay()).isEqualTo(5);
  }

  @Test
  void theFirstIsNeverDropped() {
    Lane first = lane();
    Lane second = lane();
    Lanes lanes = new Lanes(first, 8, now);
    lanes.opened(second, now);
    lanes.drop(first);
    lanes.drop(second);
    assertThat(lanes.next()).isSameAs(first);
  }
}
