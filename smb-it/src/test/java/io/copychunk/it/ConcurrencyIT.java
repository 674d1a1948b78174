package io.copychunk.it;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.copychunk.client.IoctlResult;
import io.copychunk.client.KeyedOpen;
import io.copychunk.client.OpenOptions;
import io.copychunk.client.SmbClient;
import io.copychunk.client.SmbConnection;
import io.copychunk.client.SmbFile;
import io.copychunk.client.SmbSession;
import io.copychunk.client.SmbShare;
import io.copychunk.client.error.SmbClosedException;
import io.copychunk.client.error.SmbStatusException;
import io.copychunk.it.fixture.RunsAgainstSamba;
import io.copychunk.it.fixture.SambaServer;
import io.copychunk.it.fixture.Scratch;
import io.copychunk.it.fixture.ServerSideCopy;
import io.copychunk.it.fixture.WireRecorder;
import io.copychunk.message.ShareAccess;
import io.copychunk.wire.Command;
import io.copychunk.wire.NtStatus;
import io.copychunk.wire.Octets;
import io.copychunk.wire.Smb2Header;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

@RunsAgainstSamba
class ConcurrencyIT {
  private static final int MANY = 1_000;
  private static final int THREADS = 16;

  private final SambaServer server;
  private final Scratch scratch;
  private final SmbClient client = SmbClient.create();

  ConcurrencyIT(SambaServer server, Scratch scratch) {
    this.server = server;
    this.scratch = scratch;
  }

  @AfterEach
  void closeClient() {
    client.close();
  }

  @Test
  void aThousandKeysAtOnceOnOneConnection() throws Exception {
    List<String> paths = scratch.writeMany("work", MANY);
    try (SmbShare share = work()) {
      List<KeyedOpen> opens = openAll(share, paths);
      assertDistinctKeys(opens);
      for (int i : new int[] {0, 1, 499, 998, 999}) {
        String name = "copy-" + i;
        try (SmbFile target = share.open(scratch.path(name), OpenOptions.createNew())) {
          ServerSideCopy.copy(opens.get(i).key().bytes(), target, 16);
        }
        assertThat(scratch.read("work", name)).isEqualTo(Scratch.content(i, 16));
      }
      closeAll(opens);
    }
  }

  @Test
  void manyThreadsBlockOnOneConnection() throws Exception {
    List<String> paths = scratch.writeMany("work", THREADS * 10);
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try (SmbShare share = work()) {
      List<Callable<Octets>> calls = new ArrayList<>();
      for (String path : paths) {
        calls.add(() -> {
          try (SmbFile file = share.open(path, OpenOptions.read())) {
            return Octets.copyOf(file.requestResumeKey().bytes());
          }
        });
      }
      Set<Octets> keys = new HashSet<>();
      for (Future<Octets> key : threads.invokeAll(calls, 30, SECONDS)) {
        keys.add(key.get());
      }
      assertThat(keys).hasSameSizeAs(paths);
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void sessionsOnOneConnectionDoNotShareKeysAndEndAlone() throws Exception {
    String source = scratch.write("work", "source.bin", Scratch.content(1, 10));
    SmbConnection connection = client.connect(server.host(), server.port());
    try (SmbSession first = connection.login(server.credentials())) {
      try (SmbSession second = connection.login(server.credentials());
          KeyedOpen keyed = second.share(server.share("work")).openWithResumeKey(source);
          SmbFile target = first
              .share(server.share("work"))
              .open(scratch.path("target.bin"), OpenOptions.createNew())) {
        byte[] key = keyed.key().bytes();
        assertThatThrownBy(() -> ServerSideCopy.copy(key, target, 10))
            .isInstanceOfSatisfying(
                SmbStatusException.class,
                e -> assertThat(e.status()).isEqualTo(NtStatus.ACCESS_DENIED));
      }
      assertThat(connection.isOpen()).isTrue();
      try (SmbShare share = first.share(server.share("work"));
          KeyedOpen keyed = share.openWithResumeKey(source)) {
        assertThat(keyed.key().isUsable()).isTrue();
      }
    }
    assertThat(connection.isOpen()).isFalse();
  }

  @Test
  void aClosedConnectionIsClosedAtOnce() throws Exception {
    for (int i = 0; i < 20; i++) {
      SmbConnection connection = client.connect(server.host(), server.port());
      SmbSession session = connection.login(server.credentials());
      connection.close();
      assertThat(connection.isOpen()).isFalse();
      assertThatThrownBy(() -> connection.login(server.credentials()))
          .isInstanceOf(SmbClosedException.class);
      assertThatThrownBy(() -> session.share(server.share("work")))
          .isInstanceOf(SmbClosedException.class);
    }
  }

  @Test
  void cancelledRequestsLeaveNothingOpenAndNoCreditsBehind() throws Exception {
    List<String> paths = scratch.writeMany("work", MANY);
    try (WireRecorder recorder = WireRecorder.before(server);
        SmbSession session =
            client.connect(recorder.host(), recorder.port()).login(server.credentials());
        SmbShare share = session.share(server.share("work"))) {
      List<CompletableFuture<KeyedOpen>> futures = openUnanswered(recorder, share, paths);
      futures.forEach(future -> future.cancel(true));
      assertThat(futures).allMatch(Future::isCancelled);
      recorder.releaseAnswers();
      assertNobodyHasThemOpen(share, paths);
      List<KeyedOpen> opens = openAll(share, paths);
      assertDistinctKeys(opens);
      closeAll(opens);
    }
  }

  @Test
  void requestsCancelledBeforeTheyAreSentLeaveNothingOpen() throws Exception {
    List<String> paths = scratch.writeMany("work", 300);
    int cancelled = 0;
    try (SmbShare share = work()) {
      for (String path : paths) {
        CompletableFuture<KeyedOpen> future = share.async().openWithResumeKey(path);
        if (future.cancel(true)) {
          cancelled++;
          assertThatThrownBy(future::join).isInstanceOf(CancellationException.class);
        } else { // on a busy machine the server may have been faster
          future.join().close();
        }
      }
      assertThat(cancelled).isGreaterThan(paths.size() / 2);
      assertNobodyHasThemOpen(share, paths);
    }
  }

  /** Samba finishes them all the same. */
  @Test
  void theServerIsToldOfCancelledCopiesAndMayFinishThem() throws Exception {
    int bytes = 16 << 20;
    String source = scratch.write("work", "source.bin", Scratch.content(1, bytes));
    List<String> paths = scratch.writeMany("other", 8);
    try (WireRecorder recorder = WireRecorder.before(server);
        SmbSession session =
            client.connect(recorder.host(), recorder.port()).login(server.credentials());
        SmbShare share = session.share(server.share("work"));
        SmbShare other = session.share(server.share("other"));
        KeyedOpen keyed = share.openWithResumeKey(source)) {
      List<SmbFile> targets = new ArrayList<>();
      for (String path : paths) {
        targets.add(other.open(path, OpenOptions.write()));
      }
      recorder.holdAnswers();
      int before = recorder.frames().size();
      List<CompletableFuture<IoctlResult>> copies = new ArrayList<>();
      for (SmbFile target : targets) {
        copies.add(ServerSideCopy.start(keyed.key().bytes(), target, bytes));
      }
      await().until(() -> sent(recorder, before, Command.IOCTL) == paths.size());
      copies.forEach(copy -> copy.cancel(true));
      assertThat(copies).allMatch(Future::isCancelled);
      await().until(() -> sent(recorder, before, Command.CANCEL) == paths.size());
      recorder.releaseAnswers();
      await().until(() -> answers(recorder, before, Command.IOCTL).size() == paths.size());
      assertThat(answers(recorder, before, Command.IOCTL))
          .isSubsetOf(NtStatus.CANCELLED, NtStatus.SUCCESS);
      assertThat(keyed.file().requestResumeKey().isUsable()).isTrue();
      for (SmbFile target : targets) {
        target.close();
      }
      assertNobodyHasThemOpen(other, paths);
    }
  }

  private static long sent(WireRecorder recorder, int from, Command command) {
    List<WireRecorder.Frame> frames = recorder.frames();
    return frames.subList(from, frames.size()).stream()
        .filter(WireRecorder.Frame::toServer)
        .flatMap(frame -> frame.headers().stream())
        .filter(header -> header.command() == command)
        .count();
  }

  /** How requests were answered at last. */
  private static List<NtStatus> answers(WireRecorder recorder, int from, Command command) {
    List<WireRecorder.Frame> frames = recorder.frames();
    return frames.subList(from, frames.size()).stream()
        .filter(frame -> !frame.toServer())
        .flatMap(frame -> frame.headers().stream())
        .filter(header -> header.command() == command)
        .map(Smb2Header::status)
        .filter(status -> !status.equals(NtStatus.PENDING))
        .toList();
  }

  @Test
  void everythingUnderWayEndsWithItsSession() throws Exception {
    List<String> paths = scratch.writeMany("work", MANY);
    try (WireRecorder recorder = WireRecorder.before(server)) {
      SmbConnection connection = client.connect(recorder.host(), recorder.port());
      try (SmbSession stays = connection.login(server.credentials());
          SmbShare check = stays.share(server.share("work"))) {
        SmbSession session = connection.login(server.credentials());
        SmbShare share = session.share(server.share("work"));
        List<CompletableFuture<KeyedOpen>> futures = openUnanswered(recorder, share, paths);
        CompletableFuture<Void> closing = session.async().close();
        recorder.releaseAnswers();
        closing.get(20, SECONDS);
        assertAllEnd(futures);
        assertThat(futures.get(0)).as("answered before the LOGOFF").isCompleted();
        assertThatThrownBy(() -> share.openWithResumeKey(paths.get(0)))
            .isInstanceOf(SmbClosedException.class);
        assertNobodyHasThemOpen(check, paths);
      }
    }
  }

  @Test
  void everythingUnderWayFailsWithItsClient() throws Exception {
    List<String> paths = scratch.writeMany("work", MANY);
    try (WireRecorder recorder = WireRecorder.before(server);
        SmbClient other = SmbClient.create();
        SmbShare check = server.login(other).share(server.share("work"))) {
      SmbShare share = client
          .connect(recorder.host(), recorder.port())
          .login(server.credentials())
          .share(server.share("work"));
      List<CompletableFuture<KeyedOpen>> futures = openUnanswered(recorder, share, paths);
      client.close();
      for (CompletableFuture<KeyedOpen> future : futures) {
        assertThatThrownBy(() -> future.get(30, SECONDS))
            .hasCauseInstanceOf(SmbClosedException.class);
      }
      assertThatThrownBy(() -> share.openWithResumeKey(paths.get(0)))
          .isInstanceOf(SmbClosedException.class);
      assertNobodyHasThemOpen(check, paths);
    }
  }

  /** Opens files and holds the answers back, so that a good part is under way and the rest waits. */
  private static List<CompletableFuture<KeyedOpen>> openUnanswered(
      WireRecorder recorder, SmbShare share, List<String> paths) {
    recorder.holdAnswers();
    int before = recorder.frames().size();
    List<CompletableFuture<KeyedOpen>> futures =
        paths.stream().map(path -> share.async().openWithResumeKey(path)).toList();
    await().until(() -> sent(recorder, before, Command.CREATE) > paths.size() / 4);
    assertThat(futures).noneMatch(Future::isDone);
    return futures;
  }

  private SmbShare work() throws IOException {
    return server.login(client).share(server.share("work"));
  }

  private static List<KeyedOpen> openAll(SmbShare share, List<String> paths) throws Exception {
    List<CompletableFuture<KeyedOpen>> futures =
        paths.stream().map(path -> share.async().openWithResumeKey(path)).toList();
    CompletableFuture.allOf(futures.toArray(CompletableFuture[]::new)).get(30, SECONDS);
    return futures.stream().map(CompletableFuture::join).toList();
  }

  private static void assertDistinctKeys(List<KeyedOpen> opens) throws Exception {
    Set<Octets> keys = new HashSet<>();
    for (KeyedOpen open : opens) {
      assertThat(open.roundTrips()).isEqualTo(1);
      keys.add(Octets.copyOf(open.key().bytes()));
    }
    assertThat(keys).hasSameSizeAs(opens);
  }

  private static void closeAll(List<KeyedOpen> opens) throws Exception {
    CompletableFuture.allOf(opens.stream()
            .map(open -> open.file().async().close())
            .toArray(CompletableFuture[]::new))
        .get(30, SECONDS);
  }

  /** An open that shares nothing is refused as long as there is another. */
  private static void assertNobodyHasThemOpen(SmbShare share, List<String> paths) {
    OpenOptions exclusive = OpenOptions.read().withShareAccess(ShareAccess.NONE);
    await().atMost(Duration.ofSeconds(20)).ignoreExceptions().untilAsserted(() -> {
      for (String path : paths) {
        share.open(path, exclusive).close();
      }
    });
  }

  private static void assertAllEnd(List<CompletableFuture<KeyedOpen>> futures) throws Exception {
    CompletableFuture<?>[] ends = futures.stream()
        .map(future -> future.handle((open, failure) -> {
          assertThat(failure instanceof CompletionException ? failure.getCause() : failure)
              .satisfiesAnyOf(
                  none -> assertThat(none).isNull(),
                  some -> assertThat(some).isInstanceOf(SmbClosedException.class));
          return open;
        }))
        .toArray(CompletableFuture[]::new);
    CompletableFuture.allOf(ends).get(30, SECONDS);
  }
}
