package io.copychunk.client.copy.tree;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class FileWindowTest {
  private static final Duration FAR = Duration.ofSeconds(1);

  private static int fill(FileWindow window, long size) {
    int count = 0;
    while (window.isOpen(1)) {
      window.begun(size);
      count++;
    }
    return count;
  }

  private static void end(FileWindow window, int count, long size) {
    for (int i = 0; i < count; i++) {
      window.ended(size);
    }
  }

  @Test
  void doublesWithEachRoundUpToItsMaximum() {
    FileWindow window = new FileWindow(2500, () -> FAR);
    for (int expected : new int[] {1024, 2048, 2500, 2500}) {
      int count = fill(window, 1);
      assertThat(count).isEqualTo(expected);
      end(window, count, 1);
    }
  }

  @Test
  void halvesUnderPressure() {
    FileWindow window = new FileWindow(200, () -> FAR);
    window.pressed();
    assertThat(fill(window, 1)).isEqualTo(100);
    for (int i = 0; i < 10; i++) {
      window.pressed();
    }
    end(window, 100, 1);
    assertThat(window.isOpen(1)).isTrue(); // one file is always possible
  }

  @Test
  void largeFilesCountByTheirBytes() {
    FileWindow window = new FileWindow(200, () -> FAR);
    assertThat(fill(window, 400L << 20)).isEqualTo(3);
    window.ended(400L << 20);
    assertThat(window.isOpen(1)).isTrue();
  }

  @Test
  void oneFileMayBeLargerThanAll() {
    FileWindow window = new FileWindow(200, () -> FAR);
    assertThat(fill(window, 1L << 50)).isEqualTo(1);
  }

  @Test
  void aShareOfItIsLess() {
    FileWindow window = new FileWindow(200, () -> FAR);
    for (int i = 0; i < 100; i++) {
      assertThat(window.isOpen(0.5)).isTrue();
      window.begun(1);
    }
    assertThat(window.isOpen(0.5)).isFalse();
    assertThat(window.isOpen(1)).isTrue();
  }

  @Test
  void nearbyFewerAreEnough() {
    AtomicReference<Duration> roundTrip = new AtomicReference<>(Duration.ofMillis(5));
    FileWindow window = new FileWindow(512, roundTrip::get);
    assertThat(fill(window, 1)).isEqualTo(64 + 100);

    roundTrip.set(Duration.ofNanos(300_000)); // an answer that came sooner
    end(window, 164 - 70, 1);
    assertThat(fill(window, 1)).isZero();
    end(window, 1, 1);
    assertThat(fill(window, 1)).isEqualTo(1);
  }
}
