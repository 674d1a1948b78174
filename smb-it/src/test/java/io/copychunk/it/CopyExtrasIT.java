package io.copychunk.it;

import static io.copychunk.it.CopyClient.fill;
import static io.copychunk.it.CopyClient.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.client.OpenOptions;
import io.copychunk.client.SmbFile;
import io.copychunk.client.SmbShare;
import io.copychunk.client.copy.CopyMethod;
import io.copychunk.client.copy.CopyOptions;
import io.copychunk.client.copy.CopyResult;
import io.copychunk.client.copy.FileLocation;
import io.copychunk.fscc.FileAttributes;
import io.copychunk.fscc.FileBasicInformation;
import io.copychunk.fscc.FileEndOfFileInformation;
import io.copychunk.fscc.SecurityDescriptor;
import io.copychunk.fscc.SecurityInformation;
import io.copychunk.it.fixture.RunsAgainstSamba;
import io.copychunk.it.fixture.SambaServer;
import io.copychunk.it.fixture.Scratch;
import io.copychunk.wire.AccessMask;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a copy carries over besides the data, on a real server. */
@RunsAgainstSamba
class CopyExtrasIT {
  private static final int MIB = 1 << 20;

  private final SambaServer server;
  private final Scratch scratch;
  private CopyClient copies;

  CopyExtrasIT(SambaServer server, Scratch scratch) {
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
  void carriesOverTimesAndAttributes() throws IOException {
    copies.write("a.bin", 10);
    Instant written = Instant.parse("2020-02-03T04:05:06Z");
    Files.setLastModifiedTime(scratch.onDisk("work", "a.bin"), FileTime.from(written));

    copies.copy("a.bin", "b.bin", CopyOptions.defaults());
    copies.copy("a.bin", "c.bin", CopyOptions.builder().preserve(Set.of()).build());

    assertThat(Files.getLastModifiedTime(scratch.onDisk("work", "b.bin")).toInstant())
        .isEqualTo(written);
    assertThat(Files.getLastModifiedTime(scratch.onDisk("work", "c.bin")).toInstant())
        .isAfter(written);
    assertThat(copies.work.stat(scratch.path("b.bin")).fileAttributes().has(FileAttributes.HIDDEN))
        .isFalse();
  }

  /** Though Samba sets it for whatever is renamed. */
  @Test
  void carriesOverThatAFileIsNotToBeArchived() throws IOException {
    copies.write("a.bin", 10);
    OpenOptions options = OpenOptions.attributes().withFurtherAccess(AccessMask.WRITE_ATTRIBUTES);
    try (SmbFile file = copies.work.open(scratch.path("a.bin"), options)) {
      file.set(FileBasicInformation.ofAttributes(FileAttributes.NORMAL));
    }

    copies.copy("a.bin", "b.bin", CopyOptions.defaults());

    assertThat(copies.work.stat(scratch.path("b.bin")).fileAttributes().has(FileAttributes.ARCHIVE))
        .isFalse();
  }

  @Test
  void carriesOverThatAFileIsHidden() throws IOException {
    copies.write("a.bin", 10);
    OpenOptions options = OpenOptions.attributes().withFurtherAccess(AccessMask.WRITE_ATTRIBUTES);
    try (SmbFile file = copies.work.open(scratch.path("a.bin"), options)) {
      file.set(
          FileBasicInformation.ofAttributes(FileAttributes.HIDDEN.with(FileAttributes.READONLY)));
    }

    copies.copy("a.bin", "b.bin", CopyOptions.defaults());

    FileAttributes copied = copies.work.stat(scratch.path("b.bin")).fileAttributes();
    assertThat(copied.has(FileAttributes.HIDDEN.with(FileAttributes.READONLY))).isTrue();
    assertThat(scratch.read("work", "b.bin")).hasSize(10);
    copies.assertNothingLeft();
  }

  @Test
  void carriesOverStreamsExtendedAttributesAndSecurity() throws IOException {
    scratch.onDisk("streams", "a.bin");
    SmbShare streams = copies.session.share(server.share("streams"));
    String source = scratch.path("a.bin");
    fill(streams, source, Scratch.content(1, 1000));
    fill(streams, source + ":one:$DATA", Scratch.content(2, 3 * MIB));
    fill(streams, source + ":empty:$DATA", new byte[0]);
    Path onDisk = scratch.onDisk("streams", "a.bin");
    Files.setAttribute(onDisk, "user:colour", "blue".getBytes(StandardCharsets.UTF_8));

    CopyResult result = copies.engine.copy(
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

  @Test
  void holesOfTheSourceAreZeroInATargetThatHadContent() throws IOException {
    scratch.onDisk("work", "");
    try (SmbFile file = copies.work.open(scratch.path("a.bin"), OpenOptions.createNew())) {
      file.async().setSparse(true).join();
      file.set(new FileEndOfFileInformation(20L * MIB));
      file.write(5L * MIB, ByteBuffer.wrap(Scratch.content(3, 65_536)));
    }
    scratch.write("work", "b.bin", Scratch.content(4, 30 * MIB));

    CopyResult result =
        copies.copy("a.bin", "b.bin", CopyOptions.builder().inPlace(true).build());

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

    CopyResult result = copies.copy("a.bin", "b.bin", CopyOptions.defaults());

    assertThat(result.bytes()).isEqualTo(Map.of(CopyMethod.COPYCHUNK, 40L * MIB));
    assertThat(Arrays.equals(scratch.read("work", "b.bin"), scratch.read("work", "a.bin")))
        .isTrue();
  }

  @Test
  void preservingAllOfAPlainFileLosesNothing() throws IOException {
    copies.write("a.bin", 1000);
    Files.setPosixFilePermissions(
        scratch.onDisk("work", "a.bin"), PosixFilePermissions.fromString("rw-r-----"));

    CopyResult result =
        copies.copy("a.bin", "b.bin", CopyOptions.builder().preserveAll().build());

    assertThat(result.losses()).isEmpty();
    assertThat(security("b.bin")).isEqualTo(security("a.bin"));
  }

  /** Owner, group and the different entries of the list: Samba keeps some twice, as POSIX wants it. */
  private Set<String> security(String name) throws IOException {
    OpenOptions options = OpenOptions.attributes().withFurtherAccess(AccessMask.READ_CONTROL);
    SecurityInformation parts =
        SecurityInformation.OWNER.with(SecurityInformation.GROUP).with(SecurityInformation.DACL);
    try (SmbFile file = copies.work.open(scratch.path(name), options)) {
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
}
