package io.copychunk.client.copy;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WindowSizeTest {
  private static final long MILLISECOND = 1_000_000;

  private long now;

  @Test
  void growsWhileThatMakesItFasterAndGoesBackWhenItDoesNot() {
    WindowSize window = new WindowSize(2, 64, now);

    round(window, 10); // each round takes as long, so a wider window is as much faster
    assertThat(window.size()).isEqualTo(4);
    round(window, 10);
    assertThat(window.size()).isEqualTo(8);
    round(window, 20); // twice as many in twice the time
    assertThat(window.size()).isEqualTo(4);
    round(window, 10);
    assertThat(window.size()).isEqualTo(4);
  }

  @Test
  void neverGrowsBeyondItsMost() {
    WindowSize window = new WindowSize(3, 4, now);
    for (int i = 0; i < 100; i++) {
      round(window, 1);
      assertThat(window.size()).isBetween(1, 4);
    }
  }

  @Test
  void looksForMoreAgainAfterAWhile() {
    WindowSize window = new WindowSize(4, 64, now);
    round(window, 10);
    round(window, 40);
    assertThat(window.size()).isEqualTo(4);
    for (int i = 0; i < 16; i++) {
      round(window, 10);
    }
    assertThat(window.size()).isEqualTo(8);
  }

  @Test
  void halvesUnderPressure() {
    WindowSize window = new WindowSize(8, 64, now);

    window.pressed(now);
    window.pressed(now);
    assertThat(window.size()).isEqualTo(2);
    window.pressed(now);
    window.pressed(now);
    assertThat(window.size()).isEqualTo(1);
  }

  @Test
  void halvesWhenWhatIsUnderWayTakesLong() {
    WindowSize window = new WindowSize(8, 64, now);

    round(window, 4000);

    assertThat(window.size()).isEqualTo(4);
  }

  @Test
  void beginsWithinItsBounds() {
    assertThat(new WindowSize(100, 8, now).size()).isEqualTo(8);
    assertThat(new WindowSize(0, 8, now).size()).isEqualTo(1);
  }

  /** As many answers as the window is wide. */
  private void round(WindowSize window, long milliseconds) {
    int answers = window.size();
    for (int i = 0; i < answers; i++) {
      now += milliseconds * MILLISECOND / answers;
      window.answered(1000, now);
    }
  }
}
