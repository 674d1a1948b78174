package io.copychunk.testing;

import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.wire.WireReader;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MutatorTest {
  private static final byte[] ZEROS = new byte[64];
  private static final byte[] TWOS = twos();

  private static byte[] twos() {
    byte[] bytes = new byte[48];
    Arrays.fill(bytes, (byte) 2);
    return bytes;
  }

  @Test
  void sameSeedDoesTheSameDamage() {
    for (int seed = 0; seed < 1_000; seed++) {
      assertThat(Mutator.mutated(ZEROS, TWOS, new SplittableRandom(seed)))
          .isEqualTo(Mutator.mutated(ZEROS, TWOS, new SplittableRandom(seed)));
    }
    assertThat(ZEROS).containsOnly(0);
    assertThat(TWOS).containsOnly(2);
  }

  @Test
  void sizesGoFromNothingToMoreThan16BitsCan() {
    SplittableRandom random = new SplittableRandom(1);
    Set<Integer> sizes = new HashSet<>();
    for (int i = 0; i < 50_000; i++) {
      sizes.add(Mutator.mutated(ZEROS, TWOS, random).length);
    }
    assertThat(sizes).contains(0, 1, 63, 64, 65).allMatch(size -> size <= Mutator.MAX_SIZE);
    assertThat(sizes).anyMatch(size -> size > 0xFFFF);
  }

  @Test
  void lengthsLie() {
    SplittableRandom random = new SplittableRandom(2);
    Set<Integer> values = new HashSet<>();
    for (int i = 0; i < 50_000; i++) {
      byte[] bytes = Mutator.mutated(ZEROS, TWOS, random);
      if (bytes.length == ZEROS.length) {
        values.add(WireReader.of(bytes).bits32());
      }
    }
    assertThat(values)
        .contains(1, 63, 64, 65, 0x7FFF, 0x8000, 0xFFFF, 0x7FFF_FFFF, 0x8000_0000, -1);
  }
}
