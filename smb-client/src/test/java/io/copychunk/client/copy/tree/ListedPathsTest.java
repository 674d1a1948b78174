package io.copychunk.client.copy.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.copychunk.client.config.SmbConfig;
import io.copychunk.client.copy.CopyFlow;
import io.copychunk.client.copy.CopyOptions;
import io.copychunk.client.copy.FileLocation;
import io.copychunk.client.error.SmbCopyException;
import io.copychunk.client.error.SmbCopyException.Reason;
import io.copychunk.client.error.SmbStatusException;
import io.copychunk.message.CreateDisposition;
import io.copychunk.message.CreateRequest;
import io.copychunk.testing.Awaited;
import io.copychunk.testing.ScriptedDirectories;
import io.copychunk.testing.ScriptedFiles;
import io.copychunk.testing.TreeEvents;
import io.copychunk.wire.NtStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The copy of what a list names. */
@Timeout(60)
class ListedPathsTest {
  private final CopyFlow flow = new CopyFlow(
      SmbConfig.builder().transport(transport -> transport.maxConnections(1)).build());
  private final ScriptedFiles files = flow.files;
  private final ScriptedDirectories directories = new ScriptedDirectories(files, 7);
  private final TreeEvents events = new TreeEvents();

  ListedPathsTest() {
    files.hook(directories);
    for (String name : List.of("a", "b", "sub\\c", "sub\\d", "sub\\deep\\e", "other\\f")) {
      files.put("from\\" + name, name.getBytes(StandardCharsets.UTF_8));
    }
  }

  @AfterEach
  void close() {
    flow.close();
  }

  private TreeTask begin(TreeOptions.Builder options, Iterator<ListedPath> paths) {
    return new TreeCopy(flow.engine)
        .start(flow.at("from"), flow.at("to"), paths, options.listener(events).build());
  }

  private TreeProgress copy(TreeOptions.Builder options, String... paths) {
    return Awaited.result(begin(options, listed(Stream.of(paths))).result());
  }

  private static Iterator<ListedPath> listed(Stream<String> paths) {
    AtomicInteger line = new AtomicInteger();
    return paths.map(path -> ListedPath.of(path, line.incrementAndGet())).iterator();
  }

  private static void hold(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private List<String> there() {
    return files.names().stream().filter(name -> name.startsWith("to\\")).toList();
  }

  private long asksToMake(String directory) {
    return files.requests().stream()
        .filter(request -> request instanceof CreateRequest create
            && create.name().equals(directory)
            && create.disposition() != CreateDisposition.OPEN)
        .count();
  }

  @Test
  void copiesWhatIsListedAndNothingElse() {
    TreeProgress result = copy(TreeOptions.builder(), "a", "sub/deep/e", "sub\\c");

    assertThat(there()).containsExactlyInAnyOrder("to\\a", "to\\sub\\deep\\e", "to\\sub\\c");
    assertThat(files.get("to\\sub\\c")).isEqualTo(files.get("from\\sub\\c"));
    assertThat(directories.made()).containsExactlyInAnyOrder("to", "to\\sub", "to\\sub\\deep");
    assertThat(events.failed).isEmpty();
    assertThat(result.files()).isEqualTo(3);
    assertThat(result.directories()).isEqualTo(3);
    assertThat(result.walked()).isTrue();
  }

  @Test
  void directoriesAreMadeOnceEach() {
    IntStream.range(0, 500).forEach(i -> files.put("from\\sub\\many\\" + i, new byte[i % 9]));

    TreeProgress result = Awaited.result(begin(
            TreeOptions.builder(), listed(IntStream.range(0, 500).mapToObj(i -> "sub/many/" + i)))
        .result());

    assertThat(result.files()).isEqualTo(500);
    assertThat(asksToMake("to")).isEqualTo(1);
    assertThat(asksToMake("to\\sub")).isEqualTo(1);
    assertThat(asksToMake("to\\sub\\many")).isEqualTo(1);
    assertThat(files.names()).noneMatch(name -> name.contains("copychunk-"));
    assertThat(directories.made()).noneMatch(name -> name.contains("copychunk-"));
  }

  @Test
  void moreDirectoriesThanAreKeptAreCopiedToo() {
    int many = KeptDirectories.MAX_KEPT + 100;
    IntStream.range(0, many).forEach(i -> files.put("from\\d" + i + "\\x", new byte[] {1}));
    Stream<String> twice =
        IntStream.range(0, 2 * many).mapToObj(i -> "d" + i % many + (i < many ? "/x" : "/gone"));

    TreeProgress result =
        Awaited.result(begin(TreeOptions.builder(), listed(twice)).result());

    assertThat(result.files()).isEqualTo(many);
    assertThat(result.failed()).isEqualTo(many);
    assertThat(directories.made()).hasSize(many + 1);
  }

  @Test
  void whatIsNotThereIsToldAndTheRestIsCopied() {
    copy(TreeOptions.builder(), "gone", "a", "nowhere/x");

    assertThat(there()).containsExactly("to\\a");
    assertThat(events.failed).containsOnlyKeys("gone", "nowhere\\x");
    assertThat(((SmbStatusException) events.failed.get("gone")).status())
        .isEqualTo(NtStatus.OBJECT_NAME_NOT_FOUND);
    assertThat(directories.made()).containsExactly("to");
  }

  @Test
  void aLineThatIsNoPathIsToldWithItsNumber() {
    copy(TreeOptions.builder(), "a", "../from/b", "b");

    assertThat(there()).containsExactlyInAnyOrder("to\\a", "to\\b");
    assertThat(events.failed).containsOnlyKeys("../from/b");
    assertThat(events.failed.get("../from/b"))
        .isInstanceOfSatisfying(
            SmbCopyException.class, e -> assertThat(e.reason()).isEqualTo(Reason.WRONG_PATH))
        .hasMessageContaining("line 2 ");
  }

  @Test
  void aDirectoryIsCopiedWithAllThatIsInItWhateverElseIsListedOfIt() {
    TreeProgress result = copy(
        TreeOptions.builder(), "sub/c", "a", "sub/deep/e", "a", "sub", "sub/d", "sub/deep", "sub");

    assertThat(events.failed).isEmpty();
    assertThat(there())
        .containsExactlyInAnyOrder("to\\a", "to\\sub\\c", "to\\sub\\d", "to\\sub\\deep\\e");
    assertThat(result.walked()).isTrue();
  }

  @Test
  void aDirectoryIsToldWhereItIsNotToBeCopiedAsAWhole() {
    copy(TreeOptions.builder().recursive(false), "sub", "sub/c");

    assertThat(there()).containsExactly("to\\sub\\c");
    assertThat(events.failed).containsOnlyKeys("sub");
    assertThat(events.failed.get("sub")).hasMessageContaining("line 1 ").hasMessageContaining("-r");
  }

  @Test
  void filtersAreAskedAboutTheDirectoriesOnTheWay() {
    copy(
        TreeOptions.builder().filter(Globs.of(List.of(), List.of("sub/", "b"))),
        "a",
        "b",
        "sub/c",
        "other/f");

    assertThat(there()).containsExactlyInAnyOrder("to\\a", "to\\other\\f");
    assertThat(events.failed).isEmpty();
  }

  @Test
  void whatExistsIsLeftIfToldSo() {
    files.put("to\\a", new byte[] {1});

    copy(TreeOptions.builder().files(CopyOptions.builder().replace(false).build()), "a", "b");

    assertThat(files.get("to\\a")).containsExactly(1);
    assertThat(events.skipped).containsOnlyKeys("a");
    assertThat(events.copies).hasValue(1);
  }

  @Test
  void aRehearsalChangesNothing() {
    copy(TreeOptions.builder().dryRun(true), "a", "sub/deep/e", "gone");

    assertThat(events.wouldCopy).containsExactlyInAnyOrder("a", "sub\\deep\\e");
    assertThat(events.failed).containsOnlyKeys("gone");
    assertThat(directories.made()).isEmpty();
    assertThat(there()).isEmpty();
  }

  @Test
  void whatIsInADirectoryThatCanNotBeMadeIsTold() {
    files.hook(request -> {
      boolean denied =
          request.body() instanceof CreateRequest create && create.name().equals("to\\sub");
      if (denied) {
        request.refusal(NtStatus.ACCESS_DENIED).send();
      }
      return denied;
    });

    copy(TreeOptions.builder(), "sub/c", "sub/deep/e", "a", "sub/d");

    assertThat(there()).containsExactly("to\\a");
    assertThat(events.failed).containsOnlyKeys("sub\\c", "sub\\deep\\e", "sub\\d");
    assertThat(asksToMake("to\\sub")).isEqualTo(1);
  }

  @Test
  void anEmptyListCopiesNothing() {
    TreeProgress result = copy(TreeOptions.builder());

    assertThat(result.files()).isZero();
    assertThat(result.walked()).isTrue();
    assertThat(directories.made()).containsExactly("to");
  }

  @Test
  void aSourceThatIsNoDirectoryEndsItAtOnce() {
    TreeTask task = new TreeCopy(flow.engine)
        .start(
            flow.at("nowhere"),
            flow.at("to"),
            listed(Stream.of("a")),
            TreeOptions.builder().build());

    assertThat(Awaited.failure(task.result())).isInstanceOf(SmbStatusException.class);
    assertThat(directories.made()).isEmpty();
  }

  @Test
  void aListThatCanNotBeReadAnyFurtherEndsIt() {
    Iterator<ListedPath> broken = Stream.of("a", "b")
        .map(path -> {
          if (path.equals("b")) {
            throw new UncheckedIOException(new IOException("unplugged"));
          }
          return ListedPath.of(path, 1);
        })
        .iterator();

    TreeTask task = begin(TreeOptions.builder(), broken);

    assertThat(Awaited.failure(task.result()))
        .isInstanceOf(IOException.class)
        .hasMessage("unplugged");
  }

  @Test
  void aListIsReadNoFasterThanItIsCopied() {
    AtomicInteger read = new AtomicInteger();
    CountDownLatch blocked = new CountDownLatch(1);
    files.hook(request -> {
      if (request.body() instanceof CreateRequest create && create.name().startsWith("from\\n")) {
        hold(blocked);
      }
      return false;
    });

    TreeTask task = begin(
        TreeOptions.builder(),
        IntStream.range(0, 100_000)
            .mapToObj(i -> {
              read.incrementAndGet();
              return ListedPath.of("n" + i, i + 1);
            })
            .iterator());
    await().until(() -> read.get() > 1000);
    int atFirst = read.get();
    task.cancel();
    blocked.countDown();

    assertThat(atFirst).isLessThan(2000);
    assertThat(Awaited.failure(task.result())).isInstanceOf(CancellationException.class);
    assertThat(read.get()).isLessThan(10_000);
  }

  @Test
  void aListThatDoesNotGoOnDoesNotKeepItFromBeingCancelled() {
    CountDownLatch never = new CountDownLatch(1);
    TreeTask task = begin(
        TreeOptions.builder(),
        Stream.of("a", "b")
            .map(path -> {
              if (path.equals("b")) {
                hold(never);
              }
              return ListedPath.of(path, 1);
            })
            .iterator());
    await().until(() -> events.copies.get() == 1);
    task.cancel();

    assertThat(Awaited.failure(task.result())).isInstanceOf(CancellationException.class);
    never.countDown();
  }

  @Test
  void nothingIsRemovedByAList() {
    FileLocation from = flow.at("from");
    TreeOptions options = TreeOptions.builder().removesExtra(true).build();

    assertThatThrownBy(() ->
            new TreeCopy(flow.engine).start(from, flow.at("to"), listed(Stream.of("a")), options))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
