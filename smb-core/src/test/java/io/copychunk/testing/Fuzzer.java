package io.copychunk.testing;

import com.sun.management.ThreadMXBean;
import io.copychunk.wire.Octets;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Hands damaged inputs of the corpus to all decoders in turn. A seed and the number of a case, from
 * 0 on, decide what the case is as long as the corpus stays the same.
 */
public final class Fuzzer {
  /** The property that repeats a seed. */
  public static final String SEED_PROPERTY = "copychunk.fuzz.seed";

  /** The property that repeats one case of the seed alone. */
  public static final String CASE_PROPERTY = "copychunk.fuzz.case";

  private static final long ALLOCATION_BASE = 64 << 10;
  private static final long ALLOCATION_PER_BYTE = 64;
  private static final Path FINDINGS = Path.of("target", "fuzz");
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private final long seed;
  private final List<List<Corpus.Input>> corpus;
  private final Statistics statistics = new Statistics();

  /** Which seed is up to the property, or to chance without it. */
  public Fuzzer() {
    this(Long.getLong(SEED_PROPERTY, System.nanoTime()));
  }

  public Fuzzer(long seed) {
    this.seed = seed;
    this.corpus =
        Decoders.all().stream().<List<Corpus.Input>>map(Corpus::inputs).toList();
  }

  /**
   * An input for a decoder.
   *
   * @param decoder who reads it
   * @param bytes what it holds
   */
  public record Case(Decoder<?> decoder, byte[] bytes) {}

  public long seed() {
    return seed;
  }

  public Statistics statistics() {
    return statistics;
  }

  /** The most that a decoder may allocate while it reads an input, in bytes. */
  public static long allocationLimit(int inputSize) {
    return ALLOCATION_BASE + ALLOCATION_PER_BYTE * inputSize;
  }

  /** All inputs of the corpus as they are. */
  public List<Corpus.Input> corpus() {
    return corpus.stream().flatMap(List::stream).toList();
  }

  /** The case with a number. */
  public Case caseOf(long number) {
    RandomGenerator random = new SplittableRandom(seed + number * 0x9E37_79B9_7F4A_7C15L);
    List<Corpus.Input> inputs = corpus.get((int) (number % corpus.size()));
    Corpus.Input input = chosen(inputs, random);
    Corpus.Input other = random.nextInt(4) > 0
        ? chosen(inputs, random)
        : chosen(corpus.get(random.nextInt(corpus.size())), random);
    return new Case(input.decoder(), Mutator.mutated(input.bytes(), other.bytes(), random));
  }

  private static Corpus.Input chosen(List<Corpus.Input> inputs, RandomGenerator random) {
    return inputs.get(random.nextInt(inputs.size()));
  }

  /**
   * Tries a case.
   *
   * @throws AssertionError when it did anything but refuse or understand; tells how to repeat it
   */
  public void run(long number) {
    Case damaged = caseOf(number);
    try {
      statistics.add(damaged.decoder(), run(damaged.decoder(), damaged.bytes()));
    } catch (AssertionError | StackOverflowError | OutOfMemoryError e) {
      throw new AssertionError(report(damaged, number), e);
    }
  }

  /** What a case is and how to repeat it; the input is also kept in a file. */
  public String report(Case damaged, long number) {
    return """
        seed %d, case %d, decoder %s, %d bytes, kept as %s
          %s
          to repeat: mvn -pl smb-core test -Dtest=MutatedFramesTest -D%s=%d -D%s=%d""".formatted(
            seed,
            number,
            damaged.decoder(),
            damaged.bytes().length,
            keep(damaged),
            Octets.copyOf(damaged.bytes()).hex(),
            SEED_PROPERTY,
            seed,
            CASE_PROPERTY,
            number);
  }

  static Path keep(Case damaged) {
    byte[] bytes = damaged.bytes();
    String name = "regression-%08x.bin".formatted(Octets.copyOf(bytes).hashCode());
    Path file = FINDINGS.resolve(damaged.decoder().name()).resolve(name).toAbsolutePath();
    try {
      Files.createDirectories(file.getParent());
      return Files.write(file, bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Lets a decoder read an input.
   *
   * @return what happened
   * @throws AssertionError when it neither refused nor understood it, when it allocated more than
   *     {@link #allocationLimit}, or when it can not write what it understood
   */
  public static <T> Outcome run(Decoder<T> decoder, byte[] bytes) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    T value = decoder.read(bytes);
    long allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
    if (allocated > allocationLimit(bytes.length)) {
      // A class that is loaded now is not loaded again.
      before = THREADS.getCurrentThreadAllocatedBytes();
      decoder.read(bytes);
      allocated = THREADS.getCurrentThreadAllocatedBytes() - before;
      if (allocated > allocationLimit(bytes.length)) {
        throw new AssertionError("allocated %d bytes for an input of %d (expected: <= %d)"
            .formatted(allocated, bytes.length, allocationLimit(bytes.length)));
      }
    }
    if (value != null) {
      decoder.check(value);
    }
    return new Outcome(value != null, bytes.length, allocated);
  }

  /**
   * What came of an input.
   *
   * @param understood false when the decoder refused it
   * @param size of the input in bytes
   * @param allocated bytes that the decoder allocated, whether it kept them or not
   */
  public record Outcome(boolean understood, int size, long allocated) {}

  /** What came of all inputs so far. */
  public static final class Statistics {
    private final long[] understood = new long[Decoders.all().size()];
    private final long[] refused = new long[understood.length];
    private @Nullable Outcome hungriest;
    private @Nullable Decoder<?> hungriestDecoder;

    void add(Decoder<?> decoder, Outcome outcome) {
      (outcome.understood() ? understood : refused)[Decoders.all().indexOf(decoder)]++;
      if (hungriest == null || outcome.allocated() > hungriest.allocated()) {
        hungriest = outcome;
        hungriestDecoder = decoder;
      }
    }

    public long understood(Decoder<?> decoder) {
      return understood[Decoders.all().indexOf(decoder)];
    }

    public long refused(Decoder<?> decoder) {
      return refused[Decoders.all().indexOf(decoder)];
    }

    @Override
    public String toString() {
      List<String> parts = new ArrayList<>();
      long total = Arrays.stream(understood).sum();
      parts.add("understood " + total);
      parts.add("refused " + Arrays.stream(refused).sum());
      if (hungriest != null) {
        parts.add("most allocated %d bytes for %d by %s"
            .formatted(hungriest.allocated(), hungriest.size(), hungriestDecoder));
      }
      return String.join(", ", parts);
    }
  }
}
