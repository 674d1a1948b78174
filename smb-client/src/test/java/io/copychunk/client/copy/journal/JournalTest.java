package io.copychunk.client.copy.journal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.copychunk.client.copy.journal.JobSummary.State;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
  private static final List<String> ARGUMENTS = List.of("cp", "-r", "//a/b", "//c/d", "ä 日本");
  private static final List<JobPart> PARTS =
      List.of(new JobPart("//a/b", "//c/d"), new JobPart("//a/e", "//c/f"));

  @TempDir
  private Path directory;

  private Jobs jobs;

  @BeforeEach
  void look() {
    jobs = new Jobs(directory.resolve("jobs"));
  }

  private Journal begin() throws IOException {
    return jobs.begin(Path.of("/work"), ARGUMENTS, PARTS);
  }

  private Path only() throws IOException {
    try (Stream<Path> files = Files.list(directory.resolve("jobs"))) {
      return files
          .filter(file -> file.toString().endsWith(".journal"))
          .findFirst()
          .orElseThrow();
    }
  }

  @Test
  void whatWasNotedIsKnownWhenItIsResumed() throws IOException {
    Journal first = begin();
    first.part(0).made("new");
    first.part(0).done("new\\a", 10, 20);
    first.part(0).begun("old\\b", 77);
    first.part(0).begun("old\\c", 78);
    first.part(0).done("old\\c", 11, 21);
    first.part(0).temporary("x\\copychunk-1.tmp");
    assertThat(first.part(0).isDone("new\\a", 10, 20))
        .as("by the process itself")
        .isFalse();
    first.close();

    try (Journal again = jobs.resume(first.id())) {
      Journal.Part part = again.part(0);
      assertThat(part.isDone("new\\a", 10, 20)).isTrue();
      assertThat(part.isDone("new\\a", 10, 21)).as("of another time").isFalse();
      assertThat(part.isDone("new\\a", 11, 20)).as("of another size").isFalse();
      assertThat(part.isDone("new\\b", 10, 20)).isFalse();
      assertThat(again.part(1).isDone("new\\a", 10, 20)).as("another part").isFalse();
      assertThat(part.isOwn("new", "new\\z", 5))
          .as("in a directory that was made")
          .isTrue();
      assertThat(part.isOwn("old", "old\\b", 79)).as("another file than before").isTrue();
      assertThat(part.isOwn("old", "old\\b", 77)).as("the file of before").isFalse();
      assertThat(part.isOwn("old", "old\\c", 79)).as("it is known to be done").isFalse();
      assertThat(part.isOwn("old", "old\\d", 79)).as("it was never begun").isFalse();
      assertThat(part.temporaries()).containsExactly("x\\copychunk-1.tmp");
      assertThat(again.part(1).temporaries()).isEmpty();
    }
  }

  @Test
  void aRecordThatIsNotWholeIsCutOffAndTheRestIsGoneOnFrom() throws IOException {
    Journal first = begin();
    first.part(0).done("a", 1, 1);
    first.close();
    long whole = Files.size(only());
    Journal second = jobs.resume(first.id());
    second.part(0).done("b", 1, 1);
    second.close();
    byte[] all = Files.readAllBytes(only());

    for (int length = (int) whole; length < all.length; length++) {
      Files.write(only(), Arrays.copyOf(all, length));
      JobSummary torn = jobs.show(first.id());
      assertThat(torn.files()).isOne();
      assertThat(torn.state()).isEqualTo(State.INTERRUPTED);
      try (Journal again = jobs.resume(first.id())) {
        assertThat(again.part(0).isDone("a", 1, 1)).isTrue();
        assertThat(again.part(0).isDone("b", 1, 1)).isFalse();
        again.part(0).done("c", 1, 1);
      }
      assertThat(jobs.show(first.id()).lost()).isZero();
      try (Journal again = jobs.resume(first.id())) {
        assertThat(again.part(0).isDone("c", 1, 1)).isTrue();
      }
    }
  }

  @Test
  void nothingBehindADamageIsBelieved() throws IOException {
    Journal first = begin();
    first.part(0).done("a", 1, 1);
    first.close();
    int whole = (int) Files.size(only());
    Journal second = jobs.resume(first.id());
    second.part(0).done("b", 1, 1);
    second.close();
    byte[] all = Files.readAllBytes(only());

    for (int at = 0; at < whole; at++) {
      byte[] damaged = all.clone();
      damaged[at] ^= 0x10;
      Files.write(only(), damaged);
      try (Journal again = jobs.resume(first.id())) {
        assertThat(again.part(0).isDone("b", 1, 1)).as("damaged at %d", at).isFalse();
      } catch (FileSystemException e) {
        assertThat(e).hasMessageContaining("its begin is lost");
      }
    }
  }

  @Test
  void isOfItsOwnerAlone() throws IOException {
    try (Journal ignored = begin()) {
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(only())))
          .isEqualTo("rw-------");
    }
  }

  @Test
  void oneProcessAtATimeWorksOnAJob() throws IOException {
    try (Journal journal = begin()) {
      assertThatThrownBy(() -> jobs.resume(journal.id()))
          .isInstanceOf(FileSystemException.class)
          .hasMessageContaining("another process");
      assertThatThrownBy(() -> jobs.remove(journal.id())).isInstanceOf(FileSystemException.class);
      assertThat(jobs.show(journal.id()).state()).isEqualTo(State.RUNNING);
      assertThat(jobs.show(journal.id()).state()).isEqualTo(State.RUNNING);
      assertThat(isFree(journal)).as("to another process").isFalse();
    }
  }

  /** Asked by another process, for a lock of this one is lost when it has read the file. */
  private boolean isFree(Journal journal) throws IOException {
    Path lock = directory.resolve("jobs").resolve(journal.id() + ".journal.lock");
    Path source = Files.writeString(directory.resolve("TryLock.java"), """
        import java.nio.channels.FileChannel;
        import java.nio.file.Path;
        import java.nio.file.StandardOpenOption;

        class TryLock {
          public static void main(String[] args) throws Exception {
            try (var channel = FileChannel.open(Path.of(args[0]), StandardOpenOption.WRITE)) {
              System.exit(channel.tryLock() == null ? 9 : 0);
            }
          }
        }
        """);
    Process trying = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            source.toString(),
            lock.toString())
        .start();
    try {
      return trying.waitFor() != 9;
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void tellsWhatTheLastProcessCouldNotCopy() throws IOException {
    Journal first = begin();
    first.part(1).failed("x\\y", "it is odd");
    first.end(1);
    JobSummary job = jobs.show(first.id());
    assertThat(job.state()).isEqualTo(State.FAILED);
    assertThat(job.failures()).containsExactly(new JobFailure(1, "x\\y", "it is odd"));

    Journal second = jobs.resume(first.id());
    second.part(0).done("a", 5, 1);
    second.close();
    job = jobs.show(first.id());

    assertThat(job.state()).isEqualTo(State.INTERRUPTED);
    assertThat(job.failures()).isEmpty();
    assertThat(job.attempts()).isEqualTo(2);
    assertThat(job.files()).isOne();
    assertThat(job.bytes()).isEqualTo(5);
    assertThat(job.arguments()).isEqualTo(ARGUMENTS);
    assertThat(job.parts()).isEqualTo(PARTS);
    assertThat(job.directory()).isEqualTo("/work");
  }

  @Test
  void aJobThatIsDoneLeavesNothing() throws IOException {
    Journal journal = begin();
    journal.part(0).done("a", 1, 1);
    journal.end(0);

    assertThat(directory.resolve("jobs")).isEmptyDirectory();
    assertThat(jobs.list()).isEmpty();
    assertThatThrownBy(() -> jobs.show(journal.id())).isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void listsTheOldestFirstAndForgets() throws IOException {
    Journal first = begin();
    first.close();
    Journal second = begin();
    second.close();
    Files.writeString(directory.resolve("jobs/readme.txt"), "no journal");
    Files.writeString(directory.resolve("jobs/222222.journal"), "no journal either");

    assertThat(jobs.list())
        .extracting(JobSummary::id)
        .contains(first.id(), second.id())
        .hasSize(2);

    jobs.remove(first.id());
    assertThat(jobs.list()).extracting(JobSummary::id).containsExactly(second.id());
  }

  @Test
  void anIdIsNoPath() throws IOException {
    Files.writeString(directory.resolve("222222.journal"), "");

    assertThatThrownBy(() -> jobs.remove("../222222")).isInstanceOf(NoSuchFileException.class);
    assertThat(directory.resolve("222222.journal")).exists();
  }

  /** As when the disk is full: the job goes on, and can not be resumed from there. */
  @Test
  void whatCanNotBeWrittenIsToldAndDoesNotEndTheJob() throws IOException {
    Journal journal = begin();
    journal.part(0).done("a", 1, 1);
    assertThat(journal.failure()).isNull();
    journal.file.close();

    journal.part(0).done("b", 1, 1);
    journal.part(0).done("c", 1, 1);

    assertThat(journal.failure()).isNotNull();
    assertThatThrownBy(() -> journal.end(1)).isInstanceOf(IOException.class);
    assertThat(jobs.show(journal.id()).files()).isOne();
  }

  /** A process of the user's may interrupt the threads that it lends. */
  @Test
  void aThreadThatIsInterruptedWritesAll() throws IOException {
    try (Journal journal = begin()) {
      Thread.currentThread().interrupt();
      journal.part(0).done("a", 1, 1);
      assertThat(Thread.interrupted()).isTrue();
      journal.part(0).done("b", 1, 1);

      assertThat(journal.failure()).isNull();
      assertThat(jobs.show(journal.id()).files()).isEqualTo(2);
    }
  }
}
