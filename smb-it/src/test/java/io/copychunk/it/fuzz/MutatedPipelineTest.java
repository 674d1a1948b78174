package io.copychunk.it.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.testing.Mutator;
import io.copychunk.testing.NoLeaks;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Damaged answers, captured from Samba, for the pipeline of a connection as a whole: they end in an
 * answer or a typed failure, release all buffers, and are never believed without protection.
 */
@ExtendWith(NoLeaks.class)
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class MutatedPipelineTest {
  private static final String SEED = "copychunk.fuzz.seed";
  private static final String CASE = "copychunk.fuzz.case";
  private static final int FRAMES = Integer.getInteger("copychunk.fuzz.frames", 400);

  static Stream<PipelineCorpus.Input> corpus() {
    return PipelineCorpus.inputs().stream();
  }

  @ParameterizedTest
  @MethodSource
  void corpus(PipelineCorpus.Input input) {
    assertThat(input.read().run() || input.isRegression()).isTrue();
  }

  @Test
  void theCorpusHasEveryRecordedAnswer() {
    assertThat(
            PipelineCorpus.inputs().stream().map(input -> HexFormat.of().formatHex(input.bytes())))
        .containsAll(PipelineCorpus.recorded().stream()
            .map(each -> HexFormat.of().formatHex(each.toBytes()))
            .toList());
  }

  @Test
  void damagedAnswersEndInAnAnswerOrATypedFailure() {
    long seed = Long.getLong(SEED, System.nanoTime());
    Long only = Long.getLong(CASE);
    System.out.printf("%s: -D%s=%d%n", getClass().getSimpleName(), SEED, seed);
    int answered = 0;
    for (long i = only == null ? 0 : only; i < (only == null ? FRAMES : only + 1); i++) {
      PipelineCase damaged = caseOf(seed, i);
      try {
        answered += damaged.run() ? 1 : 0;
      } catch (AssertionError | RuntimeException | StackOverflowError e) {
        throw new AssertionError(
            """
            seed %d, case %d, kept as %s
              to repeat: mvn -pl smb-it -am test -Dtest=MutatedPipelineTest -D%s=%d -D%s=%d""".formatted(seed, i, PipelineCorpus.keep(damaged), SEED, seed, CASE, i), e);
      }
    }
    if (only == null) {
      assertThat(answered).isBetween(FRAMES / 50, FRAMES - FRAMES / 50);
    }
  }

  private static PipelineCase caseOf(long seed, long number) {
    RandomGenerator random = new SplittableRandom(seed + number * 0x9E37_79B9_7F4A_7C15L);
    List<PipelineCase> inputs = PipelineCorpus.recorded();
    PipelineCase input = inputs.get(random.nextInt(inputs.size()));
    PipelineCase other = inputs.get(random.nextInt(inputs.size()));
    byte[] frame = Mutator.mutated(input.frame(), other.frame(), random);
    return new PipelineCase(
        input.recording(),
        input.answer(),
        random.nextInt(PipelineCase.HOW + 1),
        frame.length == 0 ? input.frame() : frame);
  }
}
