package io.copychunk.client.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EventFileTest {
  private final List<String> failures = new ArrayList<>();

  @Test
  void isMadeAndThenAppendedTo(@TempDir Path directory) throws IOException {
    Path path = directory.resolve("log");
    for (String line : List.of("a\n", "b\n")) {
      try (EventFile file = open(path)) {
        file.write(line.getBytes(UTF_8));
      }
    }

    assertThat(path).hasContent("a\nb\n");
    assertThat(failures).isEmpty();
  }

  @Test
  void aLineIsInTheFileAtOnce(@TempDir Path directory) throws IOException {
    Path path = directory.resolve("log");
    try (EventFile file = open(path)) {
      file.write("a\n".getBytes(UTF_8));

      assertThat(path).hasContent("a\n");
    }
  }

  @Test
  void whatWasCutIsEndedBeforeALineOfItsOwn(@TempDir Path directory) throws IOException {
    Path path = Files.writeString(directory.resolve("log"), "{\"ev");
    try (EventFile file = open(path)) {
      file.write("a\n".getBytes(UTF_8));
    }

    assertThat(path).hasContent("{\"ev\na\n");
  }

  @Test
  void aFileThatCanNotBeOpenedFailsAtOnce(@TempDir Path directory) {
    assertThatThrownBy(() -> open(directory.resolve("none").resolve("log")))
        .isInstanceOf(NoSuchFileException.class);
    assertThatThrownBy(() -> open(directory)).isInstanceOf(IOException.class);
  }

  @Test
  void aWriteThatFailsIsToldOnceAndIsTheLast() {
    FullChannel full = new FullChannel();
    try (EventFile file = new EventFile(full, failure -> failures.add(failure.getMessage()))) {
      assertThat(file.isBroken()).isFalse();
      file.write("a\n".getBytes(UTF_8));
      file.write("b\n".getBytes(UTF_8));

      assertThat(file.isBroken()).isTrue();
    }
    assertThat(failures).containsExactly("No space left on device");
    assertThat(full.writes).isEqualTo(1);
  }

  private EventFile open(Path path) throws IOException {
    return EventFile.open(path, failure -> failures.add(failure.getMessage()));
  }

  private static final class FullChannel implements WritableByteChannel {
    private int writes;

    @Override
    public int write(ByteBuffer source) throws IOException {
      writes++;
      throw new IOException("No space left on device");
    }

    @Override
    public boolean isOpen() {
      return true;
    }

    @Override
    public void close() {}
  }
}
