package io.copychunk.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The inputs under {@code src/test/resources/corpus}: a directory for each decoder. */
public final class Corpus {
  private static final String REGRESSION = "regression-";

  private Corpus() {}

  /**
   * One input.
   *
   * @param decoder who reads it
   * @param name its file
   * @param bytes what it holds
   */
  public record Input(Decoder<?> decoder, String name, byte[] bytes) {
    /** Whether it once broke something: it may be refused. All others must be understood. */
    public boolean isRegression() {
      return name.startsWith(REGRESSION);
    }

    @Override
    public String toString() {
      return decoder.name() + "/" + name;
    }
  }

  /** The inputs of a decoder, always in the same order; at least one. */
  public static List<Input> inputs(Decoder<?> decoder) {
    URL directory = Corpus.class.getResource("/corpus/" + decoder.name());
    if (directory == null) {
      throw new IllegalStateException("no corpus of " + decoder);
    }
    try (Stream<Path> files = Files.list(Path.of(directory.toURI()))) {
      return files
          .sorted()
          .map(file -> new Input(decoder, file.getFileName().toString(), read(file)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
