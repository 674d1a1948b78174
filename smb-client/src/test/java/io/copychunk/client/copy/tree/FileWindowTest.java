package io.copychunk.client.copy.tree;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FileWindowTest {
  private static int fill(FileWindow window, long size) {
    int count = 0;
    while (window.isOpen()) {
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
    FileWindow window = new FileWindow(600);
    for (int expected : new int[] {256, 512, 600, 600}) {
      int count = fill(window, 1);
      assertThat(count).isEqualTo(expected);
      end(window, count, 1);
    }
  }

  @Test
  void halvesUnderPressure() {
    FileWindow window = new FileWindow(200);
    window.pressed();
    assertThat(fill(window, 1)).isEqualTo(100);
    for (int i = 0; i < 10; i++) {
      window.pressed();
    }
    end(window, 100, 1);
    assertThat(window.isOpen()).isTrue(); // one file is always possible
  }

  @Test
  void largeFilesCountByTheirBytes() {
    FileWindow window = new FileWindow(200);
    assertThat(fill(window, 400L << 20)).isEqualTo(3);
    window.ended(400L << 20);
    assertThat(window.isOpen()).isTrue();
  }

  @Test
  void oneFileMayBeLargerThanAll() {
    FileWindow window = new FileWindow(200);
    assertThat(fill(window, 1L << 50)).isEqualTo(1);
  }
}
