package io.copychunk.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.copychunk.it.fixture.CommandOnShare;
import io.copychunk.it.fixture.CommandRun;
import io.copychunk.it.fixture.RunsAgainstSamba;
import io.copychunk.it.fixture.SambaServer;
import io.copychunk.it.fixture.Scratch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code cp -r} that is ended before its time. */
@RunsAgainstSamba
@Timeout(180)
class TreeCommandIT {
  private static final int FILES = 1500;
  private static final int MOMENTS = 6;
  private static final int SIZE = 20_000;

  private final Scratch scratch;
  private final CommandOnShare command;

  TreeCommandIT(SambaServer server, Scratch scratch) {
    this.scratch = scratch;
    this.command = new CommandOnShare(server, scratch);
  }

  private void plant() throws IOException {
    for (int i = 0; i < FILES; i++) {
      Path file = from().resolve("dir%d/%04d.bin".formatted(i % 3, i));
      Files.createDirectories(file.getParent());
      Files.write(file, Scratch.content(i, SIZE));
    }
  }

  private Path from() {
    return scratch.onDisk("work", "from");
  }

  private Path to() {
    return scratch.onDisk("work", "to");
  }

  @Test
  void killedAtAnyMomentItLeavesCompleteFilesAloneAndCanBeBegunAgain(@TempDir Path directory)
      throws Exception {
    plant();
    Random random = new Random(5);
    for (int i = 0; i < MOMENTS; i++) {
      Process process = begin(directory);
      awaitFiles(process, i);
      process.waitFor(random.nextInt(250), TimeUnit.MILLISECONDS);
      process.destroyForcibly();

      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
      await()
          .atMost(Duration.ofSeconds(20))
          .until(() -> files().noneMatch(TreeCommandIT::isTemporary));
      assertThat(files()).allSatisfy(this::assertIsComplete);
    }
    CommandRun run = command.run(arguments("-u"));

    assertThat(run.exitCode()).isZero();
    assertThat(files()).hasSize(FILES).allSatisfy(this::assertIsComplete);
  }

  @Test
  void interruptedItSaysWhatThereIsAndLeavesNothingElse(@TempDir Path directory) throws Exception {
    plant();
    Process process = begin(directory);
    awaitFiles(process, 0);
    process.destroy();

    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isNotZero();
    assertThat(Files.readString(directory.resolve("err")))
        .contains("interrupted; what was complete stays, and nothing is half done")
        .hasLineCount(1);
    assertThat(files()).hasSizeBetween(1, FILES - 1).allSatisfy(this::assertIsComplete);
    try (Stream<Path> all = Files.walk(to())) {
      assertThat(all).noneMatch(TreeCommandIT::isTemporary);
    }
  }

  /** More complete ones than there were in the round before. */
  private void awaitFiles(Process process, int round) {
    long before = round == 0 || !Files.exists(to()) ? 0 : complete();
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(20))
        .until(() -> !process.isAlive() || (Files.exists(to()) && complete() > before));
  }

  private long complete() {
    return files().filter(path -> !isTemporary(path)).count();
  }

  private static boolean isTemporary(Path path) {
    return path.getFileName().toString().startsWith("copychunk-");
  }

  private Stream<Path> files() {
    return Scratch.filesBelow(to()).stream();
  }

  private void assertIsComplete(Path copy) {
    try {
      byte[] original = Files.readAllBytes(from().resolve(to().relativize(copy)));
      assertThat(Arrays.equals(Files.readAllBytes(copy), original))
          .as("%s", copy)
          .isTrue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Process begin(Path directory) throws IOException {
    return command.begin(directory.resolve("err"), arguments("--verify=size"));
  }

  private List<String> arguments(String option) {
    return List.of(
        "cp", "-r", "-T", option, command.url("work", "from"), command.url("work", "to"));
  }
}
