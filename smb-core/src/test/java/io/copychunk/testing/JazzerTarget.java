package io.copychunk.testing;

import io.copychunk.testing.Corpus.Input;
import io.copychunk.testing.Fuzzer.Case;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/**
 * All decoders, for a fuzzer that is guided by coverage: the first byte chooses the decoder, the
 * rest is its input. What such a byte means changes with the list of decoders, so that a finding is
 * kept the way the corpus has it.
 *
 * <p>{@code main} takes a directory and makes the fuzzer's two in it: {@code seeds}, the corpus with
 * that byte, and {@code found}.
 */
public final class JazzerTarget {
  private static final List<Decoder<?>> DECODERS = Decoders.all();

  private JazzerTarget() {}

  public static void main(String[] args) throws IOException {
    Path seeds = Files.createDirectories(Path.of(args[0], "seeds"));
    Files.createDirectories(Path.of(args[0], "found"));
    for (int i = 0; i < DECODERS.size(); i++) {
      for (Input input : Corpus.inputs(DECODERS.get(i))) {
        byte[] bytes = new byte[1 + input.bytes().length];
        bytes[0] = (byte) i;
        System.arraycopy(input.bytes(), 0, bytes, 1, input.bytes().length);
        Files.write(seeds.resolve(input.toString().replace('/', '-')), bytes);
      }
    }
  }

  /** What the fuzzer calls. Its instruments allocate too, so that memory is not counted here. */
  public static void fuzzerTestOneInput(byte[] data) {
    if (data.length > 0) {
      tryOut(
          DECODERS.get((data[0] & 0xFF) % DECODERS.size()),
          Arrays.copyOfRange(data, 1, data.length));
    }
  }

  private static <T> void tryOut(Decoder<T> decoder, byte[] bytes) {
    try {
      T value = decoder.read(bytes);
      if (value != null) {
        decoder.check(value);
      }
    } catch (AssertionError | StackOverflowError e) {
      throw new AssertionError(decoder + ", kept as " + Fuzzer.keep(new Case(decoder, bytes)), e);
    }
  }
}
