package io.copychunk.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.copychunk.client.copy.CopyMethod;
import io.copychunk.client.copy.CopyOptions;
import io.copychunk.client.copy.CopyResult;
import io.copychunk.client.copy.FileLocation;
import io.copychunk.client.copy.tree.Compare;
import io.copychunk.client.copy.tree.TreeCopy;
import io.copychunk.client.copy.tree.TreeListener;
import io.copychunk.client.copy.tree.TreeOptions;
import io.copychunk.client.copy.tree.TreeProgress;
import io.copychunk.client.copy.tree.TreeTask;
import io.copychunk.client.error.SmbCopyException;
import io.copychunk.it.fixture.RunsAgainstSamba;
import io.copychunk.it.fixture.SambaServer;
import io.copychunk.it.fixture.Scratch;
import io.copychunk.testing.TreeEvents;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Whole trees on a real server. */
@RunsAgainstSamba
@Timeout(120)
class TreeCopyIT {
  private static final int MANY = 700;

  private final Scratch scratch;
  private final SambaServer server;
  private final TreeEvents events = new TreeEvents();
  private CopyClient copies;
  private Path root;

  TreeCopyIT(SambaServer server, Scratch scratch) {
    this.server = server;
    this.scratch = scratch;
  }

  @BeforeEach
  void connect() throws IOException {
    copies = new CopyClient(server, scratch);
    root = scratch.onDisk("work", "");
  }

  @AfterEach
  void disconnect() {
    copies.close();
  }

  private void write(String path, byte[] content) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, content);
  }

  /** Directories in directories, an empty one, files of many sizes, and a directory of many. */
  private void plant() throws IOException {
    for (int i = 0; i < MANY; i++) {
      write("from/many/%04d.bin".formatted(i), Scratch.content(i, i));
    }
    for (int i = 0; i < 40; i++) {
      write("from/a/%d/b/c%d.txt".formatted(i % 7, i), Scratch.content(i, 16_384));
    }
    write("from/large.bin", Scratch.content(1, 40 << 20));
    write("from/empty.bin", new byte[0]);
    write("from/ä ö/日本.txt", Scratch.content(2, 100));
    Files.createDirectories(root.resolve("from/nothing/in/here"));
  }

  private TreeTask begin(String from, String to, TreeOptions options) {
    return new TreeCopy(copies.engine).start(copies.at(from), copies.at(to), options);
  }

  private TreeProgress copy(TreeOptions options) throws Exception {
    return begin("from", "to", options).result().get(60, TimeUnit.SECONDS);
  }

  private TreeOptions.Builder told() {
    return TreeOptions.builder().listener(events);
  }

  private Map<String, Integer> tree(String name) throws IOException {
    Map<String, Integer> found = new TreeMap<>();
    Path top = root.resolve(name);
    try (Stream<Path> all = Files.walk(top)) {
      for (Path path : all.toList()) {
        found.put(
            top.relativize(path).toString(),
            Files.isDirectory(path) ? -1 : java.util.Arrays.hashCode(Files.readAllBytes(path)));
      }
    }
    return found;
  }

  @Test
  void copiesAllOfIt() throws Exception {
    plant();

    TreeProgress result = copy(told().build());

    assertThat(tree("to")).isEqualTo(tree("from"));
    assertThat(result.files()).isEqualTo(MANY + 43).isEqualTo(result.knownFiles());
    assertThat(result.directories()).isEqualTo(21).isEqualTo(events.finished.size());
    assertThat(result.bytes()).isEqualTo(result.knownBytes());
    assertThat(result.walked()).isTrue();
    assertThat(result.methods()).containsOnlyKeys(CopyMethod.COPYCHUNK);
    assertThat(result.failed()).isZero();
    assertThat(events.copied).hasSize(MANY + 43).containsKey("a\\0\\b\\c7.txt");
    assertThat(events.finished).last().isEqualTo("");
  }

  @Test
  void carriesOverTheTimesOfDirectories() throws Exception {
    plant();
    FileTime then = FileTime.from(Instant.parse("2020-02-03T04:05:06Z"));
    for (String directory : List.of("from/a/3", "from/many", "from/nothing", "from")) {
      Files.setLastModifiedTime(root.resolve(directory), then);
    }

    copy(told().build());

    for (String directory : List.of("to/a/3", "to/many", "to/nothing", "to")) {
      assertThat(Files.getLastModifiedTime(root.resolve(directory))).isEqualTo(then);
    }
  }

  @Test
  void fillsATreeThatIsThereAndRemovesNothing() throws Exception {
    plant();
    write("to/many/0003.bin", new byte[] {1, 2, 3});
    write("to/many/other.bin", new byte[] {4});

    copy(told().build());

    Map<String, Integer> copied = tree("to");
    assertThat(copied.remove("many/other.bin")).isNotNull();
    assertThat(copied).isEqualTo(tree("from"));
  }

  @Test
  void leavesWhatIsThereIfToldSo() throws Exception {
    plant();
    write("to/many/0003.bin", new byte[] {1, 2, 3});
    CopyOptions noReplacing = CopyOptions.builder().replace(false).build();

    TreeProgress result = copy(told().files(noReplacing).build());

    assertThat(Files.readAllBytes(root.resolve("to/many/0003.bin"))).containsExactly(1, 2, 3);
    assertThat(events.skipped).containsOnlyKeys("many\\0003.bin");
    assertThat(result.skipped()).isEqualTo(1);
    assertThat(result.failed()).isZero();
  }

  @Test
  void anUpdateCopiesWhatIsNewer() throws Exception {
    plant();
    copy(told().build());
    events.copied.clear();
    write("from/many/0003.bin", new byte[] {1, 2, 3});
    write("from/a/new/file.bin", new byte[] {4});

    TreeProgress result = copy(told().compare(Compare.AGE).build());

    assertThat(events.copied).containsOnlyKeys("many\\0003.bin", "a\\new\\file.bin");
    assertThat(result.skipped()).isEqualTo(MANY + 42);
    assertThat(tree("to")).isEqualTo(tree("from"));
  }

  @Test
  void whatCanNotBeCopiedDoesNotKeepTheOthers() throws Exception {
    plant();
    Files.createDirectories(root.resolve("to/many/0007.bin"));
    write("to/a/2", new byte[] {1});

    TreeProgress result = copy(told().build());

    assertThat(events.failed).containsOnlyKeys("many\\0007.bin", "a\\2");
    assertThat(result.failed()).isEqualTo(2);
    assertThat(events.failed.get("many\\0007.bin")).hasMessageContaining("is a directory");
    Map<String, Integer> copied = tree("to");
    Map<String, Integer> original = tree("from");
    original.keySet().removeIf(path -> path.startsWith("a/2") || path.equals("many/0007.bin"));
    copied.keySet().removeIf(path -> path.equals("a/2") || path.equals("many/0007.bin"));
    assertThat(copied).isEqualTo(original);
  }

  /** The server's disk tells them apart, and the server does not. */
  @Test
  void namesThatDifferInCaseAloneAreNotMixedUp() throws Exception {
    write("from/x/a.txt", new byte[] {1});
    write("from/x/A.txt", new byte[] {2});
    write("from/dir/one.txt", new byte[] {3});
    write("from/Dir/two.txt", new byte[] {4});
    write("from/z.txt", new byte[] {5});

    TreeProgress result = copy(told().build());

    assertThat(result.files()).isEqualTo(3);
    assertThat(events.failed).hasSize(2);
    assertThat(events.failed.keySet()).anyMatch(path -> path.equalsIgnoreCase("x\\a.txt"));
    assertThat(events.failed.keySet()).anyMatch(path -> path.equalsIgnoreCase("dir"));
    assertThat(events.failed.values())
        .allSatisfy(failure -> assertThat(((SmbCopyException) failure).reason())
            .isEqualTo(SmbCopyException.Reason.NAME_TAKEN));
    Map<String, Integer> original = tree("from");
    tree("to").forEach((path, hash) -> assertThat(original).containsEntry(path, hash));
  }

  @Test
  void bySizeAndTimeOnlyWhatHasChangedIsCopied() throws Exception {
    plant();
    copy(told().build());
    events.copied.clear();
    Files.write(root.resolve("to/large.bin"), new byte[] {1});
    Files.setLastModifiedTime(root.resolve("to/a/1/b/c1.txt"), FileTime.fromMillis(1_000_000));

    copy(told().compare(Compare.SIZE_AND_TIME).build());

    assertThat(events.copied).containsOnlyKeys("large.bin", "a\\1\\b\\c1.txt");
    assertThat(tree("to")).isEqualTo(tree("from"));
  }

  /** Through this machine, so that it takes a while. */
  @Test
  void tellsHowFarALargeFileIs() throws Exception {
    write("from/large.bin", Scratch.content(1, 96 << 20));
    List<TreeProgress> told = new CopyOnWriteArrayList<>();
    TreeListener listener = new TreeListener() {
      @Override
      public void progress(TreeProgress progress) {
        told.add(progress);
      }
    };
    CopyOptions streaming = CopyOptions.builder().methods(CopyMethod.STREAM).build();

    TreeProgress result =
        copy(TreeOptions.builder().listener(listener).files(streaming).build());

    assertThat(told)
        .anyMatch(progress -> progress.files() == 0 && progress.bytes() > 0)
        .allMatch(progress -> progress.bytes() <= 96 << 20);
    assertThat(result.bytes()).isEqualTo(96 << 20);
    assertThat(tree("to")).isEqualTo(tree("from"));
  }

  @Test
  void copiesWhatTheFilterAccepts() throws Exception {
    plant();

    TreeProgress result = copy(told()
        .filter((path, entry) -> !path.startsWith("a\\") && !path.endsWith(".bin"))
        .build());

    assertThat(result.files()).isEqualTo(1);
    assertThat(tree("to").keySet()).contains("ä ö/日本.txt", "a", "many", "nothing/in/here");
  }

  @Test
  void inPlaceToo() throws Exception {
    plant();

    copy(told().files(CopyOptions.builder().inPlace(true).build()).build());

    assertThat(tree("to")).isEqualTo(tree("from"));
  }

  @Test
  void aCancelledTreeHasNoHalfFiles() throws Exception {
    plant();
    CompletableFuture<TreeTask> task = new CompletableFuture<>();
    TreeListener cancelling = new TreeListener() {
      private int count;

      @Override
      public void copied(String path, CopyResult result) {
        if (++count == 100) {
          task.join().cancel();
        }
      }
    };
    task.complete(begin("from", "to", TreeOptions.builder().listener(cancelling).build()));

    assertThatThrownBy(() -> task.join().result().get(30, TimeUnit.SECONDS))
        .isInstanceOf(CancellationException.class);
    Map<String, Integer> original = tree("from");
    tree("to").forEach((path, hash) -> assertThat(original).containsEntry(path, hash));
    assertThat(tree("to").size()).isLessThan(original.size());
  }

  @Test
  void aTreeIsNotCopiedIntoItself() throws Exception {
    plant();

    for (String into : List.of("from", "from/a", "FROM/new")) {
      assertThatThrownBy(
              () -> begin("from", into, told().build()).result().get(30, TimeUnit.SECONDS))
          .hasCauseInstanceOf(SmbCopyException.class)
          .hasMessageContaining("into itself");
    }
    assertThat(root.resolve("from/new")).doesNotExist();
  }

  @Test
  void aSourceThatIsNotThereMakesNoTarget() throws Exception {
    assertThatThrownBy(
            () -> begin("nowhere", "to", told().build()).result().get(30, TimeUnit.SECONDS))
        .isInstanceOf(ExecutionException.class)
        .hasMessageContaining("nowhere");
    assertThat(root.resolve("to")).doesNotExist();
  }

  @Test
  void aLostConnectionEndsIt() throws Exception {
    plant();
    TreeListener closing = new TreeListener() {
      @Override
      public void copied(String path, CopyResult result) {
        copies.client.close();
      }
    };

    TreeTask task = begin("from", "to", TreeOptions.builder().listener(closing).build());

    assertThatThrownBy(() -> task.result().get(30, TimeUnit.SECONDS))
        .isNotInstanceOf(TimeoutException.class);
    await().until(() -> countOfHalfFiles() == 0);
  }

  /** The server may be removing them at this very moment. */
  private long countOfHalfFiles() throws IOException {
    try (Stream<Path> all = Files.walk(root.resolve("to"))) {
      return all.filter(path -> path.getFileName().toString().startsWith("copychunk-"))
          .filter(Files::isRegularFile)
          .count();
    } catch (UncheckedIOException e) {
      return -1;
    }
  }

  @Test
  void fromShareToShare() throws Exception {
    plant();
    FileLocation target =
        FileLocation.of(copies.session.share(server.share("other")), scratch.path("to"));
    scratch.onDisk("other", "");

    TreeProgress result = new TreeCopy(copies.engine)
        .start(copies.at("from"), target, told().build())
        .result()
        .get(60, TimeUnit.SECONDS);

    assertThat(result.failed()).isZero();
    assertThat(result.methods()).containsOnlyKeys(CopyMethod.COPYCHUNK);
  }
}
