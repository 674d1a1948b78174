package io.copychunk.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.testing.Corpus.Input;
import io.copychunk.testing.Decoder;
import io.copychunk.testing.Decoders;
import io.copychunk.testing.Fuzzer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Damaged bytes are refused with the decoder's own exception, or read as something that can be
 * written again, and cost memory in proportion to their size. Each run tries other damage, and
 * prints the seed by which {@code -Dcopychunk.fuzz.seed=} repeats it.
 */
class MutatedFramesTest {
  private static final int FRAMES = 40_000;

  static Stream<Input> corpus() {
    return new Fuzzer(0).corpus().stream();
  }

  @ParameterizedTest
  @MethodSource
  void corpus(Input input) {
    assertThat(Fuzzer.run(input.decoder(), input.bytes()).understood() || input.isRegression())
        .isTrue();
  }

  @Test
  void damagedFramesAreRefusedOrUnderstood() {
    Fuzzer fuzzer = new Fuzzer();
    Long only = Long.getLong(Fuzzer.CASE_PROPERTY);
    if (only != null) {
      fuzzer.run(only);
      return;
    }
    System.out.printf(
        "%s: -D%s=%d%n", getClass().getSimpleName(), Fuzzer.SEED_PROPERTY, fuzzer.seed());
    for (int i = 0; i < FRAMES; i++) {
      fuzzer.run(i);
    }
    List<Decoder<?>> decoders = Decoders.all();
    assertThat(decoders).allSatisfy(decoder -> {
      assertThat(fuzzer.statistics().understood(decoder)).isPositive();
      assertThat(fuzzer.statistics().refused(decoder)).isPositive();
    });
  }
}
