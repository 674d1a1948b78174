package io.copychunk.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
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
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Jobs that are killed and resumed. */
@RunsAgainstSamba
@Timeout(600)
class JobCommandIT {
  private static final int FILES = 1500;
  private static final int KILLS = Integer.getInteger("copychunk.it.kills", 12);
  private static final int SIZE = 20_000;

  private final Scratch scratch;
  private final CommandOnShare command;

  @TempDir
  private Path directory;

  JobCommandIT(SambaServer server, Scratch scratch) {
    this.scratch = scratch;
    this.command = new CommandOnShare(server, scratch);
  }

  @BeforeEach
  void plant() throws IOException {
    command.keepJobsIn(directory);
    for (int i = 0; i < FILES; i++) {
      Path file = from().resolve("dir%d/%04d.bin".formatted(i % 4, i));
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

  /** Half of the target's directories are there before, with files of other content in them. */
  private void plantTarget() throws IOException {
    if (Files.exists(to())) {
      delete(to());
    }
    for (int i = 0; i < FILES; i += 3) {
      if (i % 4 < 2) {
        Path file = to().resolve("dir%d/%04d.bin".formatted(i % 4, i));
        Files.createDirectories(file.getParent());
        Files.write(file, Scratch.content(-1 - i, SIZE));
        Files.setLastModifiedTime(
            file, Files.getLastModifiedTime(from().resolve(to().relativize(file))));
      }
    }
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  @Test
  void killedAtAnyMomentAJobIsResumedAndCopiesNothingTwice() throws Exception {
    Random random = new Random(7);
    int trees = 0;
    for (int kills = 0; kills < KILLS; trees++) {
      plantTarget();
      Process process =
          begin("cp", "-r", "-T", command.url("work", "from"), command.url("work", "to"));
      String job = null;
      Map<Path, Object> complete = Map.of();
      while (kills < KILLS && endsOnlyIfKilled(process, random)) {
        kills++;
        if (random.nextBoolean()) { // or it is resumed while the server is still cleaning up
          awaitNoTemporaries();
        }
        assertNoneIsHalf();
        assertKept(complete);
        complete = complete();
        job = job == null ? onlyJob() : job;
        process = begin("job", "resume", job);
      }
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(process.exitValue())
          .as(Files.readString(directory.resolve("err")))
          .isZero();
      assertKept(complete);
      assertEqual();
      assertThat(jobs()).isEmpty();
    }
    assertThat(trees).isPositive();
  }

  /** Kills it some time after it has begun to note things, unless it is done before. */
  private boolean endsOnlyIfKilled(Process process, Random random) throws Exception {
    long before = journalSize();
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(5))
        .until(() -> !process.isAlive() || journalSize() > before);
    if (process.waitFor(random.nextInt(150), TimeUnit.MILLISECONDS)) {
      return false;
    }
    process.destroyForcibly();
    return process.waitFor(10, TimeUnit.SECONDS) && process.exitValue() == 137;
  }

  private long journalSize() throws IOException {
    Path jobs = directory.resolve("jobs");
    if (!Files.isDirectory(jobs)) {
      return 0;
    }
    try (Stream<Path> journals = Files.list(jobs)) {
      return journals.mapToLong(journal -> journal.toFile().length()).sum();
    }
  }

  /** What is complete is recognised by its inode, which a second copy would not have. */
  private Map<Path, Object> complete() {
    Map<Path, Object> complete = new HashMap<>();
    for (Path path : files()) {
      try {
        if (isEqual(path)) {
          complete.put(path, Files.getAttribute(path, "unix:ino"));
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return complete;
  }

  private void assertKept(Map<Path, Object> before) throws IOException {
    for (Map.Entry<Path, Object> each : before.entrySet()) {
      assertThat(Files.getAttribute(each.getKey(), "unix:ino"))
          .as("%s is still the one that was complete", each.getKey())
          .isEqualTo(each.getValue());
    }
  }

  private void assertNoneIsHalf() throws IOException {
    for (Path path : files()) {
      byte[] found = Files.readAllBytes(path);
      int number = Integer.parseInt(path.getFileName().toString().substring(0, 4));
      boolean isOld = Arrays.equals(found, Scratch.content(-1 - number, SIZE));
      assertThat(isOld || isEqual(path)).as("%s", path).isTrue();
    }
  }

  /** A directory and a file are left for different reasons. */
  private static String described(Path left) {
    return left + (Files.isDirectory(left) ? ": a directory" : ": a file");
  }

  private void assertEqual() throws IOException {
    List<Path> copies = files();
    assertThat(copies).hasSize(FILES);
    for (Path copy : copies) {
      assertThat(isEqual(copy)).as("%s", copy).isTrue();
    }
    try (Stream<Path> all = Files.walk(to())) {
      assertThat(
              all.filter(JobCommandIT::isTemporary).map(JobCommandIT::described).toList())
          .isEmpty();
    }
  }

  private boolean isEqual(Path copy) throws IOException {
    return Files.mismatch(copy, from().resolve(to().relativize(copy))) == -1;
  }

  private void awaitNoTemporaries() {
    await()
        .atMost(Duration.ofSeconds(20))
        .until(() -> Scratch.filesBelow(to()).stream().noneMatch(JobCommandIT::isTemporary));
  }

  private static boolean isTemporary(Path path) {
    return path.getFileName().toString().startsWith("copychunk-");
  }

  private List<Path> files() {
    return Scratch.filesBelow(to()).stream()
        .filter(path -> !isTemporary(path) && !isTemporary(path.getParent()))
        .toList();
  }

  @Test
  void aJobThatWasInterruptedTellsHowToGoOn() throws Exception {
    Process process =
        begin("cp", "-r", "-T", command.url("work", "from"), command.url("work", "to"));
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> !process.isAlive() || (Files.exists(to()) && !files().isEmpty()));
    process.destroy();
    assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();

    String job = onlyJob();
    assertThat(Files.readString(directory.resolve("err")))
        .contains("to go on: copychunk job resume " + job);
    JsonObject shown =
        JsonParser.parseString(run("job", "show", "--json", job).out()).getAsJsonObject();
    assertThat(shown.get("state").getAsString()).isEqualTo("interrupted");
    assertThat(shown.get("files").getAsInt()).isEqualTo(files().size());
    assertThat(run("job", "show", job).out())
        .contains("state      interrupted", command.url("work", "from"));

    assertThat(run("job", "resume", job).exitCode()).isZero();
    assertEqual();
    assertThat(run("job", "show", job).exitCode()).isEqualTo(3);
  }

  @Test
  void aJobOfWhichSomethingHasFailedCanBeTriedAgain() throws Exception {
    Path inTheWay = to().resolve("dir0/0000.bin");
    Files.createDirectories(inTheWay);

    CommandRun first =
        run("cp", "-r", "-T", command.url("work", "from"), command.url("work", "to"));
    String job = onlyJob();

    assertThat(first.exitCode()).isEqualTo(1);
    assertThat(first.err()).contains("to try the rest again: copychunk job resume " + job);
    assertThat(run("job", "ls").out()).contains(job, "failed");
    assertThat(run("job", "show", job).out()).contains("dir0/0000.bin");
    Files.delete(inTheWay);
    CommandRun second = run("job", "resume", job, "--json");
    assertThat(second.exitCode()).isZero();
    assertThat(
            JsonParser.parseString(second.out()).getAsJsonObject().get("files").getAsInt())
        .isOne();
    assertEqual();
    assertThat(jobs()).isEmpty();
  }

  @Test
  void whatHasChangedMeanwhileIsCopiedAgain() throws Exception {
    Files.createDirectories(to().resolve("dir0/0000.bin"));
    run("cp", "-r", "-T", command.url("work", "from"), command.url("work", "to"));
    String job = onlyJob();
    Files.delete(to().resolve("dir0/0000.bin"));
    Files.write(from().resolve("dir1/0001.bin"), new byte[] {1}); // another source
    Files.write(to().resolve("dir2/0002.bin"), new byte[] {2}); // another target
    Files.delete(to().resolve("dir3/0003.bin"));

    CommandRun run = run("job", "resume", job, "--json");

    assertThat(JsonParser.parseString(run.out()).getAsJsonObject().get("files").getAsInt())
        .isEqualTo(4);
    assertEqual();
  }

  @Test
  void aJobIsForgottenOnlyIfItIsThere() throws Exception {
    Files.createDirectories(to().resolve("dir0/0000.bin"));
    run("cp", "-r", "-T", command.url("work", "from"), command.url("work", "to"));
    String job = onlyJob();

    assertThat(run("job", "rm", job, "222222").exitCode()).isEqualTo(3);
    assertThat(jobs()).hasSize(1);
    assertThat(run("job", "rm", job).exitCode()).isZero();
    assertThat(jobs()).isEmpty();
    assertThat(run("job", "resume", job).err()).contains("no such job");
  }

  @Test
  void withoutAJournalNothingIsLeft() throws Exception {
    Files.createDirectories(to().resolve("dir0/0000.bin"));

    CommandRun run = run(
        "cp", "-r", "-T", "--no-journal", command.url("work", "from"), command.url("work", "to"));

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).doesNotContain("job");
    assertThat(jobs()).isEmpty();
  }

  private List<String> jobs() throws Exception {
    return run("job", "ls").out().lines().toList();
  }

  private String onlyJob() throws Exception {
    List<String> jobs = jobs();
    assertThat(jobs).hasSize(1);
    return jobs.get(0).substring(0, 6);
  }

  private Process begin(String... arguments) throws IOException {
    return command.begin(directory.resolve("err"), List.of(arguments));
  }

  private CommandRun run(String... arguments) throws Exception {
    return command.run(List.of(arguments));
  }
}
