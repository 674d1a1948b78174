package io.copychunk.it;

import static io.copychunk.it.CopyClient.assertCopyFails;
import static io.copychunk.it.CopyClient.assertStatus;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.copychunk.client.AsyncSmbShare;
import io.copychunk.client.OpenOptions;
import io.copychunk.client.SmbClient;
import io.copychunk.client.SmbFile;
import io.copychunk.client.SmbSession;
import io.copychunk.client.SmbShare;
import io.copychunk.client.copy.CopyOptions;
import io.copychunk.client.copy.CopyResult;
import io.copychunk.client.copy.CopyTask;
import io.copychunk.client.copy.FileLocation;
import io.copychunk.client.error.SmbCopyException.Reason;
import io.copychunk.it.fixture.RunsAgainstSamba;
import io.copychunk.it.fixture.SambaServer;
import io.copychunk.it.fixture.Scratch;
import io.copychunk.message.LockElement;
import io.copychunk.wire.AccessMask;
import io.copychunk.wire.NtStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Copies that fail on a real server: what was there stays, and nothing else is left. */
@RunsAgainstSamba
class CopyFailuresIT {
  private static final int MIB = 1 << 20;

  private final SambaServer server;
  private final Scratch scratch;
  private CopyClient copies;

  CopyFailuresIT(SambaServer server, Scratch scratch) {
    this.server = server;
    this.scratch = scratch;
  }

  @BeforeEach
  void connect() throws IOException {
    copies = new CopyClient(server, scratch);
  }

  @AfterEach
  void disconnect() {
    copies.close();
  }

  @Test
  void doesNotReplaceATargetThatIsToStay() throws IOException {
    copies.write("a.bin", 10);
    scratch.write("work", "b.bin", new byte[] {1, 2, 3});
    CopyOptions options = CopyOptions.builder().replace(false).build();

    assertCopyFails(Reason.TARGET_EXISTS, () -> copies.copy("a.bin", "b.bin", options));

    assertThat(scratch.read("work", "b.bin")).containsExactly(1, 2, 3);
    copies.copy("a.bin", "c.bin", options);
    assertThat(scratch.read("work", "c.bin")).hasSize(10);
    copies.assertNothingLeft();
  }

  @Test
  void refusesToCopyAFileOntoItself() throws IOException {
    byte[] content = copies.write("a.bin", 100_000);
    Files.createLink(scratch.onDisk("work", "link.bin"), scratch.onDisk("work", "a.bin"));

    for (String name : List.of("a.bin", "A.BIN", "link.bin")) {
      for (boolean inPlace : new boolean[] {true, false}) {
        CopyOptions options = CopyOptions.builder().inPlace(inPlace).build();
        assertCopyFails(Reason.SAME_FILE, () -> copies.copy("a.bin", name, options));
      }
    }

    assertThat(scratch.read("work", "a.bin")).isEqualTo(content);
    copies.assertNothingLeft();
  }

  @Test
  void refusesADirectoryAsTarget() throws IOException {
    copies.write("a.bin", 10);
    Files.createDirectory(scratch.onDisk("work", "dir"));

    assertCopyFails(
        Reason.TARGET_IS_DIRECTORY, () -> copies.copy("a.bin", "dir", CopyOptions.defaults()));
    copies.assertNothingLeft();
  }

  @Test
  void createsNothingForASourceThatIsNotThere() throws IOException {
    scratch.write("work", "b.bin", new byte[] {1});

    assertStatus(
        NtStatus.OBJECT_NAME_NOT_FOUND,
        () -> copies.copy("no.bin", "b.bin", CopyOptions.defaults()));
    assertThat(scratch.read("work", "b.bin")).containsExactly(1);
    copies.assertNothingLeft();
  }

  @Test
  void aLockedSourceFailsTheCopyAndHarmsNothing() throws IOException {
    copies.write("a.bin", 3 * MIB);
    scratch.write("work", "b.bin", new byte[] {1, 2, 3});
    OpenOptions readWrite = OpenOptions.write().withFurtherAccess(AccessMask.READ_DATA);
    try (SmbFile locked = copies.work.open(scratch.path("a.bin"), readWrite)) {
      locked.async().lock(List.of(LockElement.exclusive(MIB, 10))).join();

      assertStatus(
          NtStatus.FILE_LOCK_CONFLICT, () -> copies.copy("a.bin", "b.bin", CopyOptions.defaults()));
    }
    assertThat(scratch.read("work", "b.bin")).containsExactly(1, 2, 3);
    copies.assertNothingLeft();
  }

  /** The source's oplock is broken by the lock; from then on the server looks for locks. */
  @Test
  void aSourceThatIsLockedMeanwhileFailsTheCopyAndHarmsNothing() throws IOException {
    copies.write("a.bin", 160 * MIB);
    OpenOptions readWrite = OpenOptions.write().withFurtherAccess(AccessMask.READ_DATA);
    LockElement lock = LockElement.exclusive(159 * MIB, 10);
    try (SmbClient other = SmbClient.create();
        SmbSession anotherSession = server.login(other);
        SmbFile locked =
            anotherSession.share(server.share("work")).open(scratch.path("a.bin"), readWrite)) {
      AtomicBoolean isLocked = new AtomicBoolean();
      CopyOptions options = CopyOptions.builder()
          .maxWindow(1)
          .progress(event -> {
            if (isLocked.compareAndSet(false, true)) {
              locked.async().lock(List.of(lock)).join();
            }
          })
          .build();
      // So that the copy waits for its listener.
      AsyncSmbShare work = copies.work.async().withCallbackExecutor(Runnable::run);
      FileLocation source = new FileLocation(work, scratch.path("a.bin"));

      assertStatus(
          NtStatus.FILE_LOCK_CONFLICT,
          () -> copies.engine.copy(source, copies.at("b.bin"), options));
    }
    assertThat(scratch.onDisk("work", "b.bin")).doesNotExist();
    copies.assertNothingLeft();
  }

  @Test
  void aReadOnlyShareIsNoTarget() throws IOException {
    copies.write("a.bin", 10);
    SmbShare readOnly = copies.session.share(server.share("readonly"));
    FileLocation target = FileLocation.of(readOnly, scratch.path("b.bin"));

    assertStatus(
        NtStatus.ACCESS_DENIED,
        () -> copies.engine.copy(copies.at("a.bin"), target, CopyOptions.defaults()));
    copies.assertNothingLeft();
  }

  @Test
  void aSourceThatGrowsMeanwhileFailsTheCopyUnlessItMay() throws IOException {
    copies.write("a.bin", 20 * MIB);
    scratch.write("work", "b.bin", new byte[] {1});
    Path source = scratch.onDisk("work", "a.bin");

    CopyOptions.Builder growing = CopyOptions.builder().progress(event -> append(source));
    assertCopyFails(Reason.SOURCE_CHANGED, () -> copies.copy("a.bin", "b.bin", growing.build()));
    assertThat(scratch.read("work", "b.bin")).containsExactly(1);

    CopyResult result =
        copies.copy("a.bin", "b.bin", growing.sourceMayChange(true).build());
    assertThat(result.sourceChanged()).isTrue();
    assertThat(Files.size(scratch.onDisk("work", "b.bin"))).isEqualTo(result.size());
    copies.assertNothingLeft();
  }

  private static void append(Path file) {
    try {
      Files.write(file, new byte[] {7}, StandardOpenOption.APPEND);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aSourceThatShrinksMeanwhileFailsTheCopy() throws IOException {
    copies.write("a.bin", 100 * MIB);
    Path source = scratch.onDisk("work", "a.bin");
    CopyOptions options =
        CopyOptions.builder().maxWindow(1).progress(event -> truncate(source)).build();

    assertThatThrownBy(() -> copies.copy("a.bin", "b.bin", options))
        .isInstanceOf(IOException.class);
    assertThat(scratch.onDisk("work", "b.bin")).doesNotExist();
    copies.assertNothingLeft();
  }

  private static void truncate(Path file) {
    try (var channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
      channel.truncate(10);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aCancelledCopyLeavesNothing() throws IOException {
    copies.write("a.bin", 60 * MIB);
    scratch.write("work", "b.bin", new byte[] {1});
    AtomicReference<CopyTask> task = new AtomicReference<>();
    AtomicBoolean begun = new AtomicBoolean();
    CopyOptions options = CopyOptions.builder()
        .maxWindow(1)
        .progress(event -> {
          begun.set(true);
          while (task.get() == null) {
            Thread.onSpinWait();
          }
          task.get().cancel();
        })
        .build();

    task.set(copies.engine.start(copies.at("a.bin"), copies.at("b.bin"), options));

    assertThatThrownBy(() -> task.get().result().join()).isInstanceOf(CancellationException.class);
    assertThat(begun).isTrue();
    assertThat(scratch.read("work", "b.bin")).containsExactly(1);
    copies.assertNothingLeft();
  }

  @Test
  void aCutConnectionLeavesNothing() throws Exception {
    copies.write("a.bin", 60 * MIB);
    scratch.write("work", "b.bin", new byte[] {1});
    CopyOptions options = CopyOptions.builder()
        .maxWindow(1)
        .progress(event -> copies.client.close())
        .build();

    assertThatThrownBy(() -> copies.copy("a.bin", "b.bin", options))
        .isInstanceOf(IOException.class);

    assertThat(scratch.read("work", "b.bin")).containsExactly(1);
    Awaitility.await().untilAsserted(copies::assertNothingLeft);
  }
}
