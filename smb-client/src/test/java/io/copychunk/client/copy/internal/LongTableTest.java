package io.copychunk.client.copy.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LongTableTest {
  @Test
  void keepsWhatAMapKeeps() {
    Random random = new Random(1);
    Map<Long, Long> expected = new HashMap<>();
    LongTable table = new LongTable(1, 0);
    for (int i = 0; i < 100_000; i++) {
      long key = random.nextInt(4) == 0 && !expected.isEmpty()
          ? 1 + random.nextInt(50)
          : random.nextLong();
      int row = table.add(key);
      assertThat(row < 0).isEqualTo(expected.containsKey(key));
      table.set(row < 0 ? -1 - row : row, 0, i);
      expected.put(key, (long) i);
    }

    assertThat(table.size()).isEqualTo(expected.size());
    expected.forEach((key, value) -> assertThat(table.get(table.find(key), 0)).isEqualTo(value));
    for (int i = 0; i < 1000; i++) {
      long key = random.nextLong();
      assertThat(table.contains(key)).isEqualTo(expected.containsKey(key));
    }
  }

  @Test
  void needNotGrowForWhatWasExpected() {
    LongTable table = new LongTable(0, 1000);
    Random random = new Random(2);
    for (int i = 0; i < 1000; i++) {
      assertThat(table.add(random.nextLong())).isBetween(0, 1333);
    }
  }

  @Test
  void nothingIsInAnEmptyOne() {
    LongTable table = new LongTable(0, 0);

    assertThat(table.contains(0)).isFalse();
    assertThat(table.add(0)).isNotNegative();
    assertThat(table.contains(0)).isTrue();
    assertThat(table.size()).isOne();
  }
}
