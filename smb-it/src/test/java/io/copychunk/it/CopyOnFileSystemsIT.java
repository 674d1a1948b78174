package io.copychunk.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.copychunk.client.OpenOptions;
import io.copychunk.client.SmbClient;
import io.copychunk.client.SmbFile;
import io.copychunk.client.SmbSession;
import io.copychunk.client.SmbShare;
import io.copychunk.client.copy.CopyEngine;
import io.copychunk.client.copy.CopyMethod;
import io.copychunk.client.copy.CopyOptions;
import io.copychunk.client.copy.CopyResult;
import io.copychunk.client.copy.FileLocation;
import io.copychunk.client.error.SmbStatusException;
import io.copychunk.fscc.FileEndOfFileInformation;
import io.copychunk.it.fixture.LoopFileSystem.Kind;
import io.copychunk.it.fixture.SambaOn;
import io.copychunk.it.fixture.SambaServer;
import io.copychunk.it.fixture.Scratch;
import io.copychunk.testing.NoLeaks;
import io.copychunk.wire.NtStatus;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The copy engine where it matters what the server's files are on: each on a loop mount of its own. */
@ExtendWith(NoLeaks.class)
@Timeout(value = 180, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CopyOnFileSystemsIT {
  private static final int MIB = 1 << 20;

  private final CopyEngine engine = new CopyEngine();

  /** A server, and a share of it. */
  private record Use(SambaServer server, SmbShare share, Path directory) {}

  private interface Body {
    void run(Use use) throws IOException;
  }

  private static void on(Kind kind, int mebibytes, String share, Body body) throws IOException {
    try (SambaOn samba = SambaOn.start(kind, mebibytes);
        SmbClient client = SmbClient.create();
        SmbSession session = samba.server().login(client);
        SmbShare connected = session.share(share)) {
      body.run(new Use(samba.server(), connected, samba.server().directory(share)));
    }
  }

  private CopyResult copy(Use use, String source, String target) throws IOException {
    return engine.copy(
        FileLocation.of(use.share(), source),
        FileLocation.of(use.share(), target),
        CopyOptions.defaults());
  }

  @ParameterizedTest
  @EnumSource(
      value = Kind.class,
      names = {"BTRFS", "XFS"})
  void clonesWhereBlocksCanBeShared(Kind kind) throws IOException {
    on(kind, 400, "cloning", use -> {
      for (int size : new int[] {0, 1, 4096, MIB + 1, 50 * MIB, 50 * MIB + 4097}) {
        byte[] content = Scratch.content(size, size);
        Files.write(use.directory().resolve("a.bin"), content);

        CopyResult result = copy(use, "a.bin", "b.bin");

        assertThat(Files.readAllBytes(use.directory().resolve("b.bin"))).isEqualTo(content);
        if (size >= 4096) {
          assertThat(result.bytes()).as("%d bytes", size).containsOnlyKeys(CopyMethod.CLONE);
          assertThat(result.fallbacks()).isEmpty();
        }
      }
    });
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void letsTheServerCopyWhereItDoesNotOfferToClone(Kind kind) throws IOException {
    on(kind, 400, "work", use -> {
      byte[] content = Scratch.content(1, 20 * MIB + 1);
      Files.write(use.directory().resolve("a.bin"), content);

      CopyResult result = copy(use, "a.bin", "b.bin");

      assertThat(Files.readAllBytes(use.directory().resolve("b.bin"))).isEqualTo(content);
      assertThat(result.bytes()).containsOnlyKeys(CopyMethod.COPYCHUNK);
      assertThat(result.fallbacks().get(0).from()).isEqualTo(CopyMethod.CLONE);
    });
  }

  @Test
  void fallsBackWhereTheOfferToCloneIsNotTrue() throws IOException {
    on(Kind.EXT4, 100, "cloning", use -> {
      byte[] content = Scratch.content(1, 5 * MIB + 1);
      Files.write(use.directory().resolve("a.bin"), content);

      CopyResult result = copy(use, "a.bin", "b.bin");

      assertThat(Files.readAllBytes(use.directory().resolve("b.bin"))).isEqualTo(content);
      assertThat(result.bytes()).containsOnlyKeys(CopyMethod.COPYCHUNK);
    });
  }

  @Test
  void aFullDiskFailsTheCopyAndLeavesNothing() throws IOException {
    on(Kind.EXT4, 64, "work", use -> {
      Files.write(use.directory().resolve("a.bin"), Scratch.content(1, 35 * MIB));
      Files.write(use.directory().resolve("b.bin"), new byte[] {1, 2, 3});

      for (CopyMethod method : List.of(CopyMethod.COPYCHUNK, CopyMethod.STREAM)) {
        CopyOptions options = CopyOptions.builder().methods(method).build();
        assertThatThrownBy(() -> engine.copy(
                FileLocation.of(use.share(), "a.bin"),
                FileLocation.of(use.share(), "b.bin"),
                options))
            .isInstanceOfSatisfying(
                SmbStatusException.class,
                failure -> assertThat(failure.status()).isEqualTo(NtStatus.DISK_FULL));

        assertThat(Files.readAllBytes(use.directory().resolve("b.bin"))).containsExactly(1, 2, 3);
        try (Stream<Path> files = Files.list(use.directory())) {
          assertThat(files.map(file -> file.getFileName().toString()))
              .containsExactlyInAnyOrder("a.bin", "b.bin");
        }
      }
    });
  }

  @ParameterizedTest
  @EnumSource(Kind.class)
  void keepsTheHolesOfASparseFileOf100GiB(Kind kind) throws IOException {
    long size = 100L << 30;
    List<Long> islands = List.of(5L << 20, (4L << 30) + 12_345 * 4096L, size - MIB);
    on(kind, 400, "work", use -> {
      try (SmbFile file = use.share().open("a.bin", OpenOptions.createNew())) {
        file.async().setSparse(true).join();
        file.async().set(new FileEndOfFileInformation(size)).join();
        for (long island : islands) {
          file.async()
              .write(island, ByteBuffer.wrap(Scratch.content(island, MIB)))
              .join();
        }
      }

      CopyResult result = copy(use, "a.bin", "b.bin");

      Path copy = use.directory().resolve("b.bin");
      assertThat(Files.size(copy)).isEqualTo(size);
      assertThat(result.bytes().get(CopyMethod.COPYCHUNK)).isBetween(3L * MIB, 4L * MIB);
      assertThat(allocated(copy)).isEqualTo(allocated(use.directory().resolve("a.bin")));
      try (var channel = Files.newByteChannel(copy)) {
        for (long island : islands) {
          ByteBuffer found = ByteBuffer.allocate(MIB);
          channel.position(island);
          while (found.hasRemaining() && channel.read(found) >= 0) {}
          assertThat(found.array()).isEqualTo(Scratch.content(island, MIB));
        }
      }
    });
  }

  @Test
  void copiesAGibibyteToTheLastByte() throws IOException {
    on(Kind.EXT4, 2500, "work", use -> {
      Path source = use.directory().resolve("a.bin");
      try (OutputStream out = Files.newOutputStream(source)) {
        for (int i = 0; i < 1024; i++) {
          out.write(Scratch.content(i, MIB));
        }
      }

      CopyResult result = copy(use, "a.bin", "b.bin");

      assertThat(result.bytes()).containsOnlyKeys(CopyMethod.COPYCHUNK);
      assertThat(sha256(use.directory().resolve("b.bin"))).isEqualTo(sha256(source));
    });
  }

  private static String sha256(Path file) throws IOException {
    try (InputStream in = Files.newInputStream(file)) {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      byte[] piece = new byte[MIB];
      int count;
      while ((count = in.read(piece)) > 0) {
        digest.update(piece, 0, count);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static long allocated(Path file) throws IOException {
    Process stat = new ProcessBuilder("stat", "-c", "%b", file.toString()).start();
    return Long.parseLong(new String(stat.getInputStream().readAllBytes()).strip()) * 512;
  }
}
