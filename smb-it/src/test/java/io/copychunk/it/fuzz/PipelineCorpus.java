package io.copychunk.it.fuzz;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * The inputs under {@code src/test/resources/corpus/pipeline}, in the form of {@link
 * PipelineCase#toBytes}. {@code main} writes those that were recorded to a directory.
 */
final class PipelineCorpus {
  private static final Path FINDINGS = Path.of("target", "fuzz", "pipeline");
  private static final List<PipelineCase> RECORDED = findRecorded();

  private PipelineCorpus() {}

  /** A file. */
  record Input(String name, byte[] bytes) {
    boolean isRegression() {
      return name.startsWith("regression-");
    }

    PipelineCase read() {
      return PipelineCase.of(bytes);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  public static void main(String[] args) throws IOException {
    Path directory = Files.createDirectories(Path.of(args[0]));
    for (PipelineCase each : RECORDED) {
      String name = "%d-%02d-%s.bin"
          .formatted(
              each.recording(), each.answer(), Recording.header(each.frame()).command());
      Files.write(directory.resolve(name), each.toBytes());
    }
  }

  /** Every answer of every recording, as the server gave it. */
  static List<PipelineCase> recorded() {
    return RECORDED;
  }

  /** All files, always in the same order. */
  static List<Input> inputs() {
    URL directory = PipelineCorpus.class.getResource("/corpus/pipeline");
    if (directory == null) {
      throw new IllegalStateException("no corpus");
    }
    try (Stream<Path> files = Files.list(Path.of(directory.toURI()))) {
      return files
          .sorted()
          .map(file -> new Input(file.getFileName().toString(), read(file)))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Keeps a finding. */
  static Path keep(PipelineCase damaged) {
    byte[] bytes = damaged.toBytes();
    Path file = FINDINGS.resolve("regression-%08x.bin".formatted(Arrays.hashCode(bytes)));
    try {
      Files.createDirectories(FINDINGS);
      return Files.write(file, bytes).toAbsolutePath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<PipelineCase> findRecorded() {
    List<PipelineCase> recorded = new ArrayList<>();
    for (int i = 0; i < Recording.ALL.size(); i++) {
      List<Recording.Frame> responses = Recording.ALL.get(i).responses();
      for (int answer = 0; answer < responses.size(); answer++) {
        recorded.add(new PipelineCase(
            i, answer, PipelineCase.BY_SERVER, responses.get(answer).bytes()));
      }
    }
    return List.copyOf(recorded);
  }

  private static byte[] read(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
