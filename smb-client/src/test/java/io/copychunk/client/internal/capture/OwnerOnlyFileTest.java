package io.copychunk.client.internal.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OwnerOnlyFileTest {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  @TempDir
  private Path directory;

  @Test
  void section7OnlyItsOwnerMayReadIt() throws Exception {
    assumeThat(directory.getFileSystem().supportedFileAttributeViews()).contains("posix");
    Path path = directory.resolve("secret");

    OwnerOnlyFile.create(path, NOTHING).close();

    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rw-------");
  }

  @Test
  void aFileThatExistsIsNotTouched() throws Exception {
    Path path = Files.writeString(directory.resolve("notes"), "mine");

    assertThatThrownBy(() -> OwnerOnlyFile.create(path, NOTHING))
        .isInstanceOf(IOException.class)
        .hasMessage(path + " exists (expected: a new file, for it will hold secrets)");
    assertThat(path).hasContent("mine");
  }

  /** Not even one that leads nowhere, which would be created at a place of somebody else's choice. */
  @Test
  void aLinkIsNotFollowed() throws Exception {
    Path elsewhere = directory.resolve("elsewhere");
    Path link = Files.createSymbolicLink(directory.resolve("link"), elsewhere);

    assertThatThrownBy(() -> OwnerOnlyFile.create(link, NOTHING)).isInstanceOf(IOException.class);
    assertThat(elsewhere).doesNotExist();
  }

  @Test
  void aMissingDirectoryIsNamed() {
    Path path = directory.resolve("missing/secret");

    assertThatThrownBy(() -> OwnerOnlyFile.create(path, NOTHING))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(path + " cannot be created");
  }

  @Test
  void eachPieceIsInTheFileAtOnce() throws Exception {
    Path path = directory.resolve("secret");
    try (OwnerOnlyFile file = OwnerOnlyFile.create(path, NOTHING)) {
      file.append(ByteBuffer.wrap(new byte[] {'a', 'b'}));
      assertThat(path).hasContent("ab");
      file.append(ByteBuffer.wrap(new byte[] {'c'}));
      assertThat(path).hasContent("abc");
    }
  }

  @Test
  void whatComesAfterTheEndIsLost() throws Exception {
    Path path = directory.resolve("secret");
    OwnerOnlyFile file = OwnerOnlyFile.create(path, NOTHING);
    file.close();

    file.append(ByteBuffer.wrap(new byte[] {'a'}));

    assertThat(path).isEmptyFile();
  }

  @Test
  void whatCanNotBeWrittenFromTheFirstByteOnIsNotLeftBehind() {
    for (ByteBuffer beginning : List.of(NOTHING, ByteBuffer.wrap(new byte[] {'a'}))) {
      Path path = directory.resolve("secret");
      Thread.currentThread().interrupt();
      assertThatThrownBy(() -> OwnerOnlyFile.create(path, beginning))
          .isInstanceOf(IOException.class)
          .hasMessageStartingWith(path + " cannot be created: ");
      assertThat(Thread.interrupted()).isTrue();
      assertThat(path).doesNotExist();
    }
  }

  /** An interrupt closes the channel under the writer's hands: the cheapest failing disk. */
  @Test
  void aFailureToWriteHurtsNobodyElse() throws Exception {
    Path path = directory.resolve("secret");
    try (OwnerOnlyFile file = OwnerOnlyFile.create(path, NOTHING)) {
      file.append(ByteBuffer.wrap(new byte[] {'a'}));
      Thread.currentThread().interrupt();
      file.append(ByteBuffer.wrap(new byte[] {'b'}));
      assertThat(Thread.interrupted()).isTrue();
      assertThat(file.ended()).isTrue();
      file.append(ByteBuffer.wrap(new byte[] {'c'}));
    }
    assertThat(path).content().startsWith("a").doesNotContain("c");
  }
}
