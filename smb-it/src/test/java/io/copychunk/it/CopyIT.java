package io.copychunk.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.copychunk.client.CopyRange;
import io.copychunk.client.OpenOptions;
import io.copychunk.client.SmbClient;
import io.copychunk.client.SmbFile;
import io.copychunk.client.SmbSession;
import io.copychunk.client.SmbShare;
import io.copychunk.client.copy.CopyEngine;
import io.copychunk.client.copy.CopyMethod;
import io.copychunk.client.copy.CopyOptions;
import io.copychunk.client.copy.CopyProgress;
import io.copychunk.client.copy.CopyResult;
import io.copychunk.client.copy.CopyTask;
import io.copychunk.client.copy.Fallback;
import io.copychunk.client.copy.FileLocation;
import io.copychunk.client.copy.Verify;
import io.copychunk.client.error.SmbCopyException;
import io.copychunk.client.error.SmbCopyException.Reason;
import io.copychunk.client.error.SmbStatusException;
import io.copychunk.fscc.FileAttributes;
import io.copychunk.fscc.FileBasicInformation;
import io.copychunk.fscc.FileEndOfFileInformation;
import io.copychunk.fscc.SecurityDescriptor;
import io.copychunk.fscc.SecurityInformation;
import io.copychunk.it.fixture.EncryptingSamba;
import io.copychunk.it.fixture.RunsAgainstSamba;
import io.copychunk.it.fixture.SambaServer;
import io.copychunk.it.fixture.Scratch;
import io.copychunk.message.LockElement;
import io.copychunk.wire.AccessMask;
import io.copychunk.wire.NtStatus;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The copy engine on a real server. */
@RunsAgainstSamba
class CopyIT {
  private static final int MIB = 1 << 20;

  private final SambaServer server;
  private final Scratch scratch;
  private final EncryptingSamba encrypting;
  private final CopyEngine engine = new CopyEngine();
  private SmbClient client;
  private SmbSession session;
  private SmbShare work;

  CopyIT(SambaServer server, Scratch scratch, EncryptingSamba encrypting) {
    this.server = server;
    this.scratch = scratch;
    this.encrypting = encrypting;
  }

  @BeforeEach
  void connect() throws IOException {
    client = SmbClient.create();
    session = server.login(client);
    work = session.share(server.share("work"));
  }

  @AfterEach
  void disconnect() {
    client.close();
  }

  @ParameterizedTest
  @ValueSource(
      ints = {0, 1, 4096, MIB - 1, MIB, MIB + 1, 16 * MIB - 1, 16 * MIB, 16 * MIB + 1, 40 * MIB})
  void copiesFilesOfAllSizes(int size) throws IOException {
    write("a.bin", size);

    CopyResult result = copy("a.bin", "b.bin", CopyOptions.defaults());

    assertThat(scratch.read("work", "b.bin")).isEqualTo(scratch.read("work", "a.bin"));
    assertThat(result.size()).isEqualTo(size);
    assertThat(result.bytes())
        .isEqualTo(size == 0 ? Map.of() : Map.of(CopyMethod.COPYCHUNK, (long) size));
    assertThat(result.isServerSide()).isTrue();
    assertNothingLeft();
  }

  @Test
  void copiesFromShareToShareOfOneSession() throws IOException {
    write("a.bin", 3 * MIB);
    scratch.onDisk("other", "b.bin");
    SmbShare other = session.share(server.share("other"));

    CopyResult result = engine.copy(
        at("a.bin"), FileLocation.of(other, scratch.path("b.bin")), CopyOptions.defaults());

    assertThat(result.bytes()).containsOnlyKeys(CopyMethod.COPYCHUNK);
    assertThat(scratch.read("other", "b.bin")).isEqualTo(scratch.read("work", "a.bin"));
  }

  @Test
  void streamsBetweenTwoSessions() throws IOException {
    write("a.bin", 5 * MIB + 7);
    try (SmbSession second = server.login(client);
        SmbShare there = second.share(server.share("work"))) {
      FileLocation target = FileLocation.of(there, scratch.path("b.bin"));

      CopyResult result = engine.copy(at("a.bin"), target, CopyOptions.defaults());

      assertThat(result.bytes()).containsOnlyKeys(CopyMethod.STREAM);
      assertThat(result.fallbacks()).extracting(Fallback::to).containsOnly(CopyMethod.STREAM);
      assertThat(result.fallbacks().get(0).reason()).contains("session");
      assertThat(scratch.read("work", "b.bin")).isEqualTo(scratch.read("work", "a.bin"));

      CopyOptions serverSide = CopyOptions.builder().serverSideOnly().build();
      assertCopyFails(Reason.NO_METHOD, () -> engine.copy(at("a.bin"), target, serverSide));
      assertNothingLeft();
    }
  }

  @Test
  void streamsBetweenTwoServers() throws IOException {
    byte[] content = write("a.bin", 5 * MIB + 7);
    SambaServer other = encrypting.get();
    try (Scratch there = new Scratch(other);
        SmbSession session = other.login(client);
        SmbShare share = session.share(other.share("work"))) {
      there.onDisk("work", "");

      CopyResult result = engine.copy(
          at("a.bin"),
          FileLocation.of(share, there.path("b.bin")),
          CopyOptions.builder().verify(Verify.FULL).build());

      assertThat(result.bytes()).containsOnlyKeys(CopyMethod.STREAM);
      assertThat(session.security().encryption()).isNotNull();
      assertThat(Arrays.equals(there.read("work", "b.bin"), content)).isTrue();
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = CopyMethod.class,
      names = {"COPYCHUNK", "STREAM"})
  void usesTheMethodThatWasAskedFor(CopyMethod method) throws IOException {
    write("a.bin", 20 * MIB + 5);
    CopyOptions options =
        CopyOptions.builder().methods(method).verify(Verify.NONE).build();

    CopyResult result = copy("a.bin", "b.bin", options);

    assertThat(result.bytes()).containsOnlyKeys(method);
    assertThat(result.fallbacks()).isEmpty();
    assertThat(scratch.read("work", "b.bin")).isEqualTo(scratch.read("work", "a.bin"));
  }

  @Test
  void tellsWhyBetterMethodsWereNotUsedAndDoesNotTryThemAgain() throws IOException {
    write("a.bin", 8192);

    CopyResult first = copy("a.bin", "b.bin", CopyOptions.defaults());
    CopyResult second = copy("a.bin", "c.bin", CopyOptions.defaults());

    assertThat(first.fallbacks())
        .extracting(Fallback::from)
        .containsExactly(CopyMethod.CLONE, CopyMethod.OFFLOAD);
    assertThat(first.fallbacks().get(0).to()).isEqualTo(CopyMethod.OFFLOAD);
    assertThat(first.fallbacks().get(1).reason()).contains("INVALID_DEVICE_REQUEST");
    assertThat(second.fallbacks()).extracting(Fallback::to).containsOnly(CopyMethod.COPYCHUNK);
  }

  @Test
  void replacesATargetWhenTheCopyIsComplete() throws IOException {
    write("a.bin", 3 * MIB);
    scratch.write("work", "b.bin", Scratch.content(9, 5 * MIB));

    copy("a.bin", "b.bin", CopyOptions.defaults());

    assertThat(scratch.read("work", "b.bin")).isEqualTo(scratch.read("work", "a.bin"));
    assertNothingLeft();
  }

  @Test
  void doesNotReplaceATargetThatIsToStay() throws IOException {
    write("a.bin", 10);
    scratch.write("work", "b.bin", new byte[] {1, 2, 3});
    CopyOptions options = CopyOptions.builder().replace(false).build();

    assertCopyFails(Reason.TARGET_EXISTS, () -> copy("a.bin", "b.bin", options));

    assertThat(scratch.read("work", "b.bin")).containsExactly(1, 2, 3);
    copy("a.bin", "c.bin", options);
    assertThat(scratch.read("work", "c.bin")).hasSize(10);
    assertNothingLeft();
  }

  @Test
  void refusesToCopyAFileOntoItself() throws IOException {
    byte[] content = write("a.bin", 100_000);
    Files.createLink(scratch.onDisk("work", "link.bin"), scratch.onDisk("work", "a.bin"));

    for (String name : List.of("a.bin", "A.BIN", "link.bin")) {
      for (boolean inPlace : new boolean[] {true, false}) {
        CopyOptions options = CopyOptions.builder().inPlace(inPlace).build();
        assertCopyFails(Reason.SAME_FILE, () -> copy("a.bin", name, options));
      }
    }

    assertThat(scratch.read("work", "a.bin")).isEqualTo(content);
    assertNothingLeft();
  }

  @Test
  void refusesADirectoryAsTarget() throws IOException {
    write("a.bin", 10);
    Files.createDirectory(scratch.onDisk("work", "dir"));

    assertCopyFails(Reason.TARGET_IS_DIRECTORY, () -> copy("a.bin", "dir", CopyOptions.defaults()));
    assertNothingLeft();
  }

  @Test
  void createsNothingForASourceThatIsNotThere() throws IOException {
    scratch.write("work", "b.bin", new byte[] {1});

    assertStatus(
        NtStatus.OBJECT_NAME_NOT_FOUND, () -> copy("no.bin", "b.bin", CopyOptions.defaults()));
    assertThat(scratch.read("work", "b.bin")).containsExactly(1);
    assertNothingLeft();
  }

  @Test
  void writesInPlaceWhenAskedTo() throws IOException {
    write("a.bin", 3 * MIB + 1);
    scratch.write("work", "b.bin", Scratch.content(9, 7 * MIB));
    Object before = Files.getAttribute(scratch.onDisk("work", "b.bin"), "unix:ino");

    copy("a.bin", "b.bin", CopyOptions.builder().inPlace(true).build());

    assertThat(scratch.read("work", "b.bin")).isEqualTo(scratch.read("work", "a.bin"));
    assertThat(Files.getAttribute(scratch.onDisk("work", "b.bin"), "unix:ino")).isEqualTo(before);
  }

  @Test
  void aLockedSourceFailsTheCopyAndHarmsNothing() throws IOException {
    write("a.bin", 3 * MIB);
    scratch.write("work", "b.bin", new byte[] {1, 2, 3});
    OpenOptions readWrite = OpenOptions.write().withFurtherAccess(AccessMask.READ_DATA);
    try (SmbFile locked = work.open(scratch.path("a.bin"), readWrite)) {
      locked.async().lock(List.of(LockElement.exclusive(MIB, 10))).join();

      assertStatus(
          NtStatus.FILE_LOCK_CONFLICT, () -> copy("a.bin", "b.bin", CopyOptions.defaults()));
    }
    assertThat(scratch.read("work", "b.bin")).containsExactly(1, 2, 3);
    assertNothingLeft();
  }

  /** The source's oplock is broken by the lock; from then on the server looks for locks. */
  @Test
  void aSourceThatIsLockedMeanwhileFailsTheCopyAndHarmsNothing() throws IOException {
    write("a.bin", 160 * MIB);
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

      assertStatus(NtStatus.FILE_LOCK_CONFLICT, () -> copy("a.bin", "b.bin", options));
    }
    assertThat(scratch.onDisk("work", "b.bin")).doesNotExist();
    assertNothingLeft();
  }

  @Test
  void aReadOnlyShareIsNoTarget() throws IOException {
    write("a.bin", 10);
    SmbShare readOnly = session.share(server.share("readonly"));
    FileLocation target = FileLocation.of(readOnly, scratch.path("b.bin"));

    assertStatus(
        NtStatus.ACCESS_DENIED, () -> engine.copy(at("a.bin"), target, CopyOptions.defaults()));
    assertNothingLeft();
  }

  @Test
  void aSourceThatGrowsMeanwhileFailsTheCopyUnlessItMay() throws IOException {
    write("a.bin", 20 * MIB);
    scratch.write("work", "b.bin", new byte[] {1});
    Path source = scratch.onDisk("work", "a.bin");

    CopyOptions.Builder growing = CopyOptions.builder().progress(event -> append(source));
    assertCopyFails(Reason.SOURCE_CHANGED, () -> copy("a.bin", "b.bin", growing.build()));
    assertThat(scratch.read("work", "b.bin")).containsExactly(1);

    CopyResult result = copy("a.bin", "b.bin", growing.sourceMayChange(true).build());
    assertThat(result.sourceChanged()).isTrue();
    assertThat(Files.size(scratch.onDisk("work", "b.bin"))).isEqualTo(result.size());
    assertNothingLeft();
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
    write("a.bin", 100 * MIB);
    Path source = scratch.onDisk("work", "a.bin");
    CopyOptions options =
        CopyOptions.builder().maxWindow(1).progress(event -> truncate(source)).build();

    assertThatThrownBy(() -> copy("a.bin", "b.bin", options)).isInstanceOf(IOException.class);
    assertThat(scratch.onDisk("work", "b.bin")).doesNotExist();
    assertNothingLeft();
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
    write("a.bin", 60 * MIB);
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

    task.set(engine.start(at("a.bin"), at("b.bin"), options));

    assertThatThrownBy(() -> task.get().result().join()).isInstanceOf(CancellationException.class);
    assertThat(begun).isTrue();
    assertThat(scratch.read("work", "b.bin")).containsExactly(1);
    assertNothingLeft();
  }

  @Test
  void aCutConnectionLeavesNothing() throws Exception {
    write("a.bin", 60 * MIB);
    scratch.write("work", "b.bin", new byte[] {1});
    CopyOptions options =
        CopyOptions.builder().maxWindow(1).progress(event -> client.close()).build();

    assertThatThrownBy(() -> copy("a.bin", "b.bin", options)).isInstanceOf(IOException.class);

    assertThat(scratch.read("work", "b.bin")).containsExactly(1);
    Awaitility.await().untilAsserted(this::assertNothingLeft);
  }

  @Test
  void carriesOverTimesAndAttributes() throws IOException {
    write("a.bin", 10);
    Instant written = Instant.parse("2020-02-03T04:05:06Z");
    Files.setLastModifiedTime(scratch.onDisk("work", "a.bin"), FileTime.from(written));

    copy("a.bin", "b.bin", CopyOptions.defaults());
    copy("a.bin", "c.bin", CopyOptions.builder().preserve(Set.of()).build());

    assertThat(Files.getLastModifiedTime(scratch.onDisk("work", "b.bin")).toInstant())
        .isEqualTo(written);
    assertThat(Files.getLastModifiedTime(scratch.onDisk("work", "c.bin")).toInstant())
        .isAfter(written);
    assertThat(work.stat(scratch.path("b.bin")).fileAttributes().has(FileAttributes.HIDDEN))
        .isFalse();
  }

  @Test
  void carriesOverThatAFileIsHidden() throws IOException {
    write("a.bin", 10);
    OpenOptions options = OpenOptions.attributes().withFurtherAccess(AccessMask.WRITE_ATTRIBUTES);
    try (SmbFile file = work.open(scratch.path("a.bin"), options)) {
      file.set(
          FileBasicInformation.ofAttributes(FileAttributes.HIDDEN.with(FileAttributes.READONLY)));
    }

    copy("a.bin", "b.bin", CopyOptions.defaults());

    FileAttributes copied = work.stat(scratch.path("b.bin")).fileAttributes();
    assertThat(copied.has(FileAttributes.HIDDEN.with(FileAttributes.READONLY))).isTrue();
    assertThat(scratch.read("work", "b.bin")).hasSize(10);
    assertNothingLeft();
  }

  @Test
  void comparesTheContentWhenAskedTo() throws IOException {
    write("a.bin", 3 * MIB + 17);

    CopyResult result =
        copy("a.bin", "b.bin", CopyOptions.builder().verify(Verify.FULL).build());

    assertThat(result.sha256()).isEqualTo(sha256(scratch.read("work", "a.bin")));
  }

  @Test
  void tellsHowFarItIs() throws IOException {
    write("a.bin", 40 * MIB);
    var events = new ConcurrentLinkedQueue<CopyProgress>();

    copy("a.bin", "b.bin", CopyOptions.builder().progress(events::add).build());

    assertThat(events).hasSize(3);
    assertThat(events).extracting(event -> event.bytes()).contains(40L * MIB);
    assertThat(events).allMatch(event -> event.size() == 40L * MIB);
    assertThat(events).allMatch(event -> event.method() == CopyMethod.COPYCHUNK);
  }

  @Test
  void carriesOverStreamsExtendedAttributesAndSecurity() throws IOException {
    scratch.onDisk("streams", "a.bin");
    SmbShare streams = session.share(server.share("streams"));
    String source = scratch.path("a.bin");
    fill(streams, source, Scratch.content(1, 1000));
    fill(streams, source + ":one:$DATA", Scratch.content(2, 3 * MIB));
    fill(streams, source + ":empty:$DATA", new byte[0]);
    Path onDisk = scratch.onDisk("streams", "a.bin");
    Files.setAttribute(onDisk, "user:colour", "blue".getBytes(StandardCharsets.UTF_8));

    CopyResult result = engine.copy(
        FileLocation.of(streams, source),
        FileLocation.of(streams, scratch.path("b.bin")),
        CopyOptions.builder().preserveAll().build());

    assertThat(result.losses()).isEmpty();
    assertThat(read(streams, scratch.path("b.bin"))).isEqualTo(Scratch.content(1, 1000));
    assertThat(read(streams, scratch.path("b.bin") + ":one:$DATA"))
        .isEqualTo(Scratch.content(2, 3 * MIB));
    assertThat(read(streams, scratch.path("b.bin") + ":empty:$DATA")).isEmpty();
    assertThat(Files.getAttribute(scratch.onDisk("streams", "b.bin"), "user:colour"))
        .isEqualTo("blue".getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @ValueSource(
      longs = {1, 4095, 70_000, MIB, 3 * MIB, 5 * MIB + 1, -1, -70_000, -MIB, -3 * MIB - 1})
  void copiesRangesThatOverlapWithinAFile(long shift) throws IOException {
    byte[] content = write("a.bin", 12 * MIB);
    long from = shift > 0 ? 10 : 10 - shift;
    int length = 6 * MIB;
    OpenOptions options =
        OpenOptions.write().withFurtherAccess(AccessMask.READ_DATA).withOnDiskId();
    try (SmbFile source = work.open(scratch.path("a.bin"), OpenOptions.read().withOnDiskId());
        SmbFile target = work.open(scratch.path("a.bin"), options)) {
      CopyResult result = engine
          .copyRanges(
              source.async(),
              target.async(),
              List.of(new CopyRange(from, from + shift, length), CopyRange.at(0, 100)),
              CopyOptions.defaults())
          .result()
          .join();

      assertThat(result.isServerSide()).isEqualTo(Math.abs(shift) >= MIB);
    }
    System.arraycopy(content, (int) from, content, (int) (from + shift), length);
    assertThat(Arrays.equals(scratch.read("work", "a.bin"), content)).isTrue();
  }

  @Test
  void copiesRangesFromFileToFile() throws IOException {
    byte[] source = write("a.bin", 5 * MIB);
    byte[] target = Scratch.content(77, 2 * MIB);
    scratch.write("work", "b.bin", target);
    try (SmbFile from = work.open(scratch.path("a.bin"), OpenOptions.read());
        SmbFile to = work.open(scratch.path("b.bin"), OpenOptions.write())) {
      engine
          .copyRanges(
              from.async(),
              to.async(),
              List.of(new CopyRange(MIB, 5, MIB), new CopyRange(0, 3L * MIB, 2L * MIB)),
              CopyOptions.builder().serverSideOnly().build())
          .result()
          .join();
    }
    byte[] expected = Arrays.copyOf(target, 5 * MIB);
    System.arraycopy(source, MIB, expected, 5, MIB);
    System.arraycopy(source, 0, expected, 3 * MIB, 2 * MIB);
    assertThat(scratch.read("work", "b.bin")).isEqualTo(expected);
  }

  @Test
  void holesOfTheSourceAreZeroInATargetThatHadContent() throws IOException {
    scratch.onDisk("work", "");
    try (SmbFile file = work.open(scratch.path("a.bin"), OpenOptions.createNew())) {
      file.async().setSparse(true).join();
      file.set(new FileEndOfFileInformation(20L * MIB));
      file.write(5L * MIB, ByteBuffer.wrap(Scratch.content(3, 65_536)));
    }
    scratch.write("work", "b.bin", Scratch.content(4, 30 * MIB));

    CopyResult result =
        copy("a.bin", "b.bin", CopyOptions.builder().inPlace(true).build());

    assertThat(result.bytes().get(CopyMethod.COPYCHUNK)).isLessThan(2L * MIB);
    assertThat(Arrays.equals(scratch.read("work", "b.bin"), scratch.read("work", "a.bin")))
        .isTrue();
  }

  @Test
  void aFileThatIsSparseOnTheServersDiskAloneIsCopiedWhole() throws IOException {
    try (var file = Files.newByteChannel(
        scratch.onDisk("work", "a.bin"), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      file.position(40L * MIB - 1);
      file.write(ByteBuffer.wrap(new byte[] {7}));
    }

    CopyResult result = copy("a.bin", "b.bin", CopyOptions.defaults());

    assertThat(result.bytes()).isEqualTo(Map.of(CopyMethod.COPYCHUNK, 40L * MIB));
    assertThat(Arrays.equals(scratch.read("work", "b.bin"), scratch.read("work", "a.bin")))
        .isTrue();
  }

  @Test
  void preservingAllOfAPlainFileLosesNothing() throws IOException {
    write("a.bin", 1000);
    Files.setPosixFilePermissions(
        scratch.onDisk("work", "a.bin"), PosixFilePermissions.fromString("rw-r-----"));

    CopyResult result =
        copy("a.bin", "b.bin", CopyOptions.builder().preserveAll().build());

    assertThat(result.losses()).isEmpty();
    assertThat(security("b.bin")).isEqualTo(security("a.bin"));
  }

  /** Owner, group and the different entries of the list: Samba keeps some twice, as POSIX wants it. */
  private Set<String> security(String name) throws IOException {
    OpenOptions options = OpenOptions.attributes().withFurtherAccess(AccessMask.READ_CONTROL);
    SecurityInformation parts =
        SecurityInformation.OWNER.with(SecurityInformation.GROUP).with(SecurityInformation.DACL);
    try (SmbFile file = work.open(scratch.path(name), options)) {
      byte[] bytes = file.query(SecurityDescriptor.classOf(parts)).octets().toByteArray();
      ByteBuffer descriptor = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
      int list = descriptor.getInt(16);
      HexFormat hex = HexFormat.of();
      Set<String> found = new HashSet<>(Set.of(hex.formatHex(bytes, 20, list)));
      int entry = list + 8;
      for (int i = 0; i < descriptor.getShort(list + 4); i++) {
        int end = entry + descriptor.getShort(entry + 2);
        found.add(hex.formatHex(bytes, entry, end));
        entry = end;
      }
      return found;
    }
  }

  private static void fill(SmbShare share, String path, byte[] content) throws IOException {
    try (SmbFile file = share.open(path, OpenOptions.create())) {
      for (int at = 0; at < content.length; at += 65_536) {
        int length = Math.min(65_536, content.length - at);
        file.async().write(at, ByteBuffer.wrap(content, at, length)).join();
      }
    }
  }

  private static byte[] read(SmbShare share, String path) throws IOException {
    try (SmbFile file = share.open(path, OpenOptions.read())) {
      byte[] content = new byte[(int) file.size()];
      for (int at = 0; at < content.length; ) {
        var data = file.async().read(at, Math.min(65_536, content.length - at)).join();
        int count = data.remaining();
        data.get(content, at, count);
        at += count;
      }
      return content;
    }
  }

  private byte[] write(String name, int size) {
    byte[] content = Scratch.content(size, size);
    scratch.write("work", name, content);
    return content;
  }

  private FileLocation at(String name) {
    return FileLocation.of(work, scratch.path(name));
  }

  private CopyResult copy(String source, String target, CopyOptions options) throws IOException {
    return engine.copy(at(source), at(target), options);
  }

  private void assertNothingLeft() throws IOException {
    try (Stream<Path> files = Files.list(scratch.onDisk("work", ""))) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .noneMatch(name -> name.startsWith("copychunk-"));
    }
  }

  private interface Copying {
    void run() throws IOException;
  }

  private static void assertCopyFails(Reason reason, Copying copying) {
    assertThatThrownBy(copying::run)
        .isInstanceOfSatisfying(
            SmbCopyException.class, failure -> assertThat(failure.reason()).isEqualTo(reason));
  }

  private static void assertStatus(NtStatus status, Copying copying) {
    assertThatThrownBy(copying::run)
        .isInstanceOfSatisfying(
            SmbStatusException.class, failure -> assertThat(failure.status()).isEqualTo(status));
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
