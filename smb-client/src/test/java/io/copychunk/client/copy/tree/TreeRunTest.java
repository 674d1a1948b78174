package io.copychunk.client.copy.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.copychunk.client.config.SmbConfig;
import io.copychunk.client.copy.CopyFlow;
import io.copychunk.client.copy.CopyOptions;
import io.copychunk.client.copy.CopyResult;
import io.copychunk.client.error.SmbCopyException;
import io.copychunk.client.error.SmbStatusException;
import io.copychunk.message.CancelRequest;
import io.copychunk.message.CloseRequest;
import io.copychunk.message.CreateDisposition;
import io.copychunk.message.CreateRequest;
import io.copychunk.message.QueryDirectoryRequest;
import io.copychunk.message.fsctl.SrvCopyChunkCopy;
import io.copychunk.testing.Awaited;
import io.copychunk.testing.Received;
import io.copychunk.testing.ScriptedDirectories;
import io.copychunk.testing.ScriptedFiles;
import io.copychunk.testing.ScriptedPeer;
import io.copychunk.testing.TreeEvents;
import io.copychunk.wire.NtStatus;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The copy of a tree, whatever happens on the way. */
@Timeout(60)
class TreeRunTest {
  private static final int MANY = 300;

  private static final SmbConfig ONE_CONNECTION =
      SmbConfig.builder().transport(transport -> transport.maxConnections(1)).build();

  private final CopyFlow flow = new CopyFlow(ONE_CONNECTION);
  private final ScriptedFiles files = flow.files;
  private final ScriptedDirectories directories = new ScriptedDirectories(files, 7);
  private final TreeEvents events = new TreeEvents();

  TreeRunTest() {
    files.hook(directories);
    for (String name : List.of("from\\a", "from\\sub\\b", "from\\sub\\deep\\c", "from\\sub\\d")) {
      files.put(name, name.getBytes(StandardCharsets.UTF_8));
    }
  }

  @AfterEach
  void close() {
    flow.close();
  }

  private void putMany() {
    for (int i = 0; i < MANY; i++) {
      files.put("from\\many\\%03d".formatted(i), new byte[i]);
    }
  }

  private TreeTask begin(TreeOptions.Builder options) {
    return new TreeCopy(flow.engine).start(flow.at("from"), flow.at("to"), options.build());
  }

  private TreeProgress copy(TreeOptions.Builder options) {
    return Awaited.result(begin(options).result());
  }

  private TreeOptions.Builder told() {
    return TreeOptions.builder().listener(events);
  }

  private void assertCopied(String name) {
    assertThat(files.get("to\\" + name)).as(name).isEqualTo(files.get("from\\" + name));
  }

  @Test
  void copiesAllOfItPageByPage() {
    putMany();

    TreeProgress result = copy(told());

    assertThat(result.files()).isEqualTo(MANY + 4);
    assertThat(result.directories()).isEqualTo(4);
    assertThat(events.failed).isEmpty();
    for (String name : events.copied.keySet()) {
      assertCopied(name);
    }
    assertThat(files.names()).noneMatch(name -> name.contains("copychunk-"));
    assertThat(directories.made())
        .containsExactlyInAnyOrder("to", "to\\sub", "to\\sub\\deep", "to\\many");
  }

  /** So that files can be begun while the server is still listing others. */
  @Test
  void theFirstPageOfADirectoryIsASmallOne() {
    putMany();

    copy(told());

    List<Integer> sizes = files.requests().stream()
        .filter(QueryDirectoryRequest.class::isInstance)
        .map(request -> ((QueryDirectoryRequest) request).outputBufferLength())
        .toList();
    assertThat(sizes.stream().filter(size -> size == 1 << 16)).hasSize(4); // a directory each
    assertThat(sizes.stream().filter(size -> size > 1 << 16)).hasSizeGreaterThan(MANY / 7);
  }

  /** Both are asked for at once. */
  @Test
  void withoutASourceThereIsNoTargetInTheEnd() {
    Throwable failure = Awaited.failure(new TreeCopy(flow.engine)
        .start(flow.at("nothing"), flow.at("to"), told().build())
        .result());

    assertThat(failure)
        .isInstanceOfSatisfying(
            SmbStatusException.class,
            refused -> assertThat(refused.status()).isEqualTo(NtStatus.OBJECT_NAME_NOT_FOUND));
    assertThat(directories.made()).isEmpty();
  }

  @Test
  void namesThatDifferInCaseAloneAreToldWhereTheTargetTakesThemForTheSame() {
    files.put("from\\A", new byte[] {1});

    TreeProgress result = copy(told());

    assertThat(events.failed).containsOnlyKeys("a");
    assertThat(((SmbCopyException) events.failed.get("a")).reason())
        .isEqualTo(SmbCopyException.Reason.NAME_TAKEN);
    assertThat(result.files()).isEqualTo(4);
    assertCopied("A");
    assertThat(files.names()).doesNotContain("to\\a");
  }

  @Test
  void namesThatDifferInCaseAloneAreCopiedWhereTheTargetTellsThemApart() {
    files.put("from\\A", new byte[] {1});
    files.hook(request -> {
      boolean forOne = request.body() instanceof QueryDirectoryRequest query
          && !query.searchPattern().equals("*");
      if (forOne) {
        request.refusal(NtStatus.NO_SUCH_FILE).send();
      }
      return forOne;
    });

    TreeProgress result = copy(told());

    assertThat(events.failed).isEmpty();
    assertThat(result.files()).isEqualTo(5);
    assertCopied("a");
    assertCopied("A");
  }

  @Test
  void aNameThatIsListedTwiceIsCopiedOnce() {
    directories.listTwice("a");

    TreeProgress result = copy(told());

    assertThat(events.failed).isEmpty();
    assertThat(result.files()).isEqualTo(4);
  }

  @Test
  void aServerThatIsShortOfSomethingIsAskedAgainForLess() {
    putMany();
    AtomicInteger refused = new AtomicInteger();
    files.hook(request -> {
      boolean tooMany = request.body() instanceof CreateRequest create
          && create.name().startsWith("from\\many\\")
          && refused.get() < 20;
      if (tooMany) {
        refused.incrementAndGet();
        request.refusal(NtStatus.TOO_MANY_OPENED_FILES).send();
      }
      return tooMany;
    });

    TreeProgress result = copy(told());

    assertThat(refused).hasValue(20);
    assertThat(result.files()).isEqualTo(MANY + 4);
    assertThat(events.failed).isEmpty();
  }

  @Test
  void oneThatStaysSoFailsTheFile() {
    files.hook(request -> {
      boolean tooMany =
          request.body() instanceof CreateRequest create && create.name().equals("from\\sub\\b");
      if (tooMany) {
        request.refusal(NtStatus.TOO_MANY_OPENED_FILES).send();
      }
      return tooMany;
    });

    TreeProgress result = copy(told());

    assertThat(events.failed).containsOnlyKeys("sub\\b");
    assertThat(result.files()).isEqualTo(3);
  }

  @Test
  void aDirectoryThatCanNotBeReadToItsEnd() {
    putMany();
    AtomicInteger pages = new AtomicInteger();
    files.hook(request -> {
      boolean late =
          request.body() instanceof QueryDirectoryRequest && pages.incrementAndGet() > 20;
      if (late) {
        request.refusal(NtStatus.ACCESS_DENIED).send();
      }
      return late;
    });

    TreeProgress result = copy(told());

    assertThat(events.failed).isNotEmpty();
    assertThat(events.failed.values())
        .allSatisfy(failure -> assertThat(failure)
            .isInstanceOfSatisfying(
                SmbStatusException.class,
                refused -> assertThat(refused.status()).isEqualTo(NtStatus.ACCESS_DENIED)));
    assertThat(result.files()).isPositive().isLessThan(MANY);
    events.copied.keySet().forEach(this::assertCopied);
  }

  @Test
  void aDirectoryThatCanNotBeMadeFailsWithWhatIsInIt() {
    files.hook(request -> {
      boolean refuses =
          request.body() instanceof CreateRequest create && create.name().equals("to\\sub");
      if (refuses) {
        request.refusal(NtStatus.ACCESS_DENIED).send();
      }
      return refuses;
    });

    TreeProgress result = copy(told());

    assertThat(events.failed).containsOnlyKeys("sub");
    assertThat(events.copied.keySet()).containsExactly("a");
    assertThat(result.failed()).isEqualTo(1);
  }

  @Test
  void aFilterThatFailsEndsTheCopy() {
    TreeTask task = begin(told().filter((path, entry) -> {
      throw new IllegalStateException("of a user");
    }));

    assertThat(Awaited.failure(task.result())).hasMessage("of a user");
  }

  @Test
  void aListenerThatFailsDoesNot() {
    TreeProgress result = copy(TreeOptions.builder().listener(new TreeListener() {
      @Override
      public void copied(String path, CopyResult copied) {
        throw new IllegalStateException("of a user");
      }
    }));

    assertThat(result.files()).isEqualTo(4);
  }

  @Test
  void aSlowListenerHoldsTheCopyBack() {
    for (int i = 0; i < 1500; i++) {
      files.put("from\\many\\%04d".formatted(i), new byte[1]);
    }
    CountDownLatch goOn = new CountDownLatch(1);
    AtomicInteger toldOf = new AtomicInteger();
    TreeTask task = begin(TreeOptions.builder().maxFiles(64).listener(new TreeListener() {
      @Override
      public void copied(String path, CopyResult copied) {
        toldOf.incrementAndGet();
        try {
          goOn.await();
        } catch (InterruptedException e) {
          throw new IllegalStateException(e);
        }
      }
    }));

    await().atMost(Duration.ofSeconds(40)).until(() -> task.progress().files() >= 900);
    await().during(Duration.ofMillis(500)).until(() -> task.progress().files() < 1100);
    assertThat(toldOf).hasValue(1);
    goOn.countDown();

    assertThat(Awaited.result(task.result()).files()).isEqualTo(1504);
    assertThat(toldOf).hasValue(1504);
  }

  @Test
  void aRehearsalChangesNothing() {
    List<String> before = files.names();

    TreeProgress result = copy(told().dryRun(true));

    assertThat(events.wouldCopy).containsExactlyInAnyOrder("a", "sub\\b", "sub\\d", "sub\\deep\\c");
    assertThat(result.files()).isZero();
    assertThat(files.names()).isEqualTo(before);
    assertThat(directories.made()).isEmpty();
  }

  @Test
  void aRehearsalLeavesOutWhatACopyWould() {
    files.put("to\\sub\\b", new byte[1]);

    copy(told().dryRun(true).files(CopyOptions.builder().replace(false).build()));

    assertThat(events.skipped).containsOnlyKeys("sub\\b");
    assertThat(events.wouldCopy).hasSize(3);
  }

  /** A directory of 150 files on a server that is a millisecond away. */
  private static final class Far implements AutoCloseable {
    private final CopyFlow flow =
        new CopyFlow(ONE_CONNECTION, ScriptedPeer.listening().answeringAfter(Duration.ofMillis(1)));
    private final ScriptedDirectories directories = new ScriptedDirectories(flow.files, MANY);

    private Far() {
      flow.files.hook(directories);
      for (int i = 100; i < 250; i++) {
        flow.files.put("from\\" + i, new byte[1]);
      }
    }

    private TreeTask begin() {
      return new TreeCopy(flow.engine)
          .start(
              flow.at("from"), flow.at("to"), TreeOptions.builder().maxFiles(64).build());
    }

    /** What the last file waits for is left to the test. */
    private void holdTheLast(Consumer<Received<?>> held) {
      flow.files.hook(request -> {
        boolean isOfTheLast =
            request.body() instanceof CloseRequest close && flow.files.isOf(close, "from\\249");
        if (isOfTheLast) {
          held.accept(request);
        }
        return isOfTheLast;
      });
    }

    private void whenOneIsRemoved(ScriptedFiles.Hook then) {
      flow.files.hook(request -> request.body() instanceof CreateRequest create
          && create.name().endsWith(".tmp")
          && create.disposition() == CreateDisposition.OPEN
          && then.handle(request));
    }

    @Override
    public void close() {
      flow.close();
    }
  }

  @Test
  void directoriesForTemporaryNamesAreRemovedWhileTheLastFileIsUnderWay() {
    try (Far far = new Far()) {
      List<Received<?>> held = new CopyOnWriteArrayList<>();
      far.holdTheLast(held::add);
      far.whenOneIsRemoved(removal -> {
        held.forEach(far.flow.files::answer);
        return false;
      });

      assertThat(Awaited.result(far.begin().result()).files()).isEqualTo(150);
      assertThat(held).isNotEmpty();
      assertThat(far.directories.made()).containsExactly("to");
    }
  }

  @Test
  void oneThatCanNotBeRemovedYetIsRemovedInTheEnd() {
    try (Far far = new Far()) {
      List<Received<?>> held = new CopyOnWriteArrayList<>();
      AtomicInteger removals = new AtomicInteger();
      far.holdTheLast(held::add);
      far.whenOneIsRemoved(removal -> {
        boolean isFirst = removals.getAndIncrement() == 0;
        if (isFirst) {
          removal.refusal(NtStatus.SHARING_VIOLATION).send();
          held.forEach(far.flow.files::answer);
        }
        return isFirst;
      });

      TreeProgress result = Awaited.result(far.begin().result());

      assertThat(result.files()).isEqualTo(150);
      assertThat(result.failed()).isZero();
      assertThat(removals).hasValue(2);
      assertThat(far.directories.made()).containsExactly("to");
    }
  }

  @Test
  void cancelledWhileTheLastFileIsUnderWayNothingIsLeft() {
    try (Far far = new Far()) {
      CompletableFuture<Void> isHeld = new CompletableFuture<>();
      far.holdTheLast(request -> isHeld.complete(null));
      far.flow.files.hook(request -> request.body() instanceof CancelRequest);
      TreeTask task = far.begin();
      Awaited.result(isHeld);

      task.cancel();

      assertThat(Awaited.failure(task.result())).isInstanceOf(CancellationException.class);
      assertThat(far.directories.made()).containsExactly("to");
      assertThat(far.flow.files.names()).noneMatch(name -> name.contains("copychunk-"));
    }
  }

  @Test
  void cancelledItEndsThoughNothingIsAnswered() {
    putMany();
    AtomicInteger pending = new AtomicInteger();
    files.hook(SrvCopyChunkCopy.class, (request, copy) -> {
      pending.incrementAndGet();
      return true; // never answered
    });
    files.hook(request -> request.body() instanceof CancelRequest);
    TreeTask task = begin(told());
    await().until(() -> pending.get() > 50);

    task.cancel();

    assertThat(Awaited.failure(task.result())).isInstanceOf(CancellationException.class);
    assertThat(files.names()).noneMatch(name -> name.contains("copychunk-"));
  }
}
