package io.copychunk.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.copychunk.client.OpenOptions;
import io.copychunk.client.SmbFile;
import io.copychunk.client.copy.tree.Links;
import io.copychunk.client.copy.tree.TreeCopy;
import io.copychunk.client.copy.tree.TreeOptions;
import io.copychunk.client.copy.tree.TreeProgress;
import io.copychunk.client.error.SmbCopyException;
import io.copychunk.client.error.SmbCopyException.Reason;
import io.copychunk.client.error.SmbStatusException;
import io.copychunk.fscc.FileIdBothDirectoryInformation;
import io.copychunk.fscc.SymbolicLinkReparseData;
import io.copychunk.it.fixture.RunsAgainstSamba;
import io.copychunk.it.fixture.SambaServer;
import io.copychunk.it.fixture.Scratch;
import io.copychunk.testing.TreeEvents;
import io.copychunk.wire.NtStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Links, and names that SMB can not carry, in trees on a real server. */
@RunsAgainstSamba
@Timeout(60)
class TreeNamesIT {
  private final SambaServer server;
  private final Scratch scratch;
  private final TreeEvents events = new TreeEvents();
  private CopyClient copies;
  private Path root;

  TreeNamesIT(SambaServer server, Scratch scratch) {
    this.server = server;
    this.scratch = scratch;
  }

  @BeforeEach
  void connect() throws IOException {
    copies = new CopyClient(server, scratch);
    root = scratch.onDisk("work", "");
    write("from/plain.txt");
  }

  @AfterEach
  void disconnect() {
    copies.close();
  }

  private void write(String path) throws IOException {
    Path file = root.resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, path.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  private void link(String link, String target) throws IOException {
    Files.createSymbolicLink(root.resolve(link), Path.of(target));
  }

  private TreeProgress copy(Links links) throws Exception {
    return new TreeCopy(copies.engine)
        .start(
            copies.at("from"),
            copies.at("to"),
            TreeOptions.builder().links(links).listener(events).build())
        .result()
        .get(30, TimeUnit.SECONDS);
  }

  private List<String> names(String directory) throws IOException {
    try (Stream<Path> all = Files.list(root.resolve(directory))) {
      return all.map(path -> path.getFileName().toString()).toList();
    }
  }

  /** They are resolved on the server, and what leads nowhere, or out of the share, is not shown. */
  @ParameterizedTest
  @EnumSource(Links.class)
  void sambaFollowsLinksItself(Links links) throws Exception {
    write("from/dir/inside.txt");
    link("from/file", "plain.txt");
    link("from/also", "dir");
    link("from/nowhere", "not there");
    link("from/outside", "/etc/passwd");

    copy(links);

    assertThat(events.copied.keySet())
        .containsExactlyInAnyOrder("plain.txt", "dir\\inside.txt", "file", "also\\inside.txt");
    assertThat(events.skipped).isEmpty();
    assertThat(events.failed).isEmpty();
    assertThat(root.resolve("to/file")).isRegularFile();
    assertThat(Files.isSymbolicLink(root.resolve("to/also"))).isFalse();
  }

  @Test
  void aLinkThatLeadsBackIsLeftOut() throws Exception {
    write("from/dir/inside.txt");
    link("from/dir/self", ".");
    link("from/dir/up", "..");
    link("from/dir/deep", "../dir");
    link("from/self", ".");
    link("from/also", "dir");

    copy(Links.KEEP);

    assertThat(events.failed).isEmpty();
    assertThat(events.skipped)
        .containsOnlyKeys(
            "dir\\self", "dir\\up", "dir\\deep", "self", "also\\self", "also\\up", "also\\deep")
        .allSatisfy(
            (path, why) -> assertThat(why).isEqualTo("it leads back to a directory that it is in"));
    assertThat(events.copied).containsOnlyKeys("plain.txt", "dir\\inside.txt", "also\\inside.txt");
    assertThat(names("to")).containsExactlyInAnyOrder("plain.txt", "dir", "also");
    assertThat(names("to/dir")).containsExactly("inside.txt");
  }

  /** 4.17 makes none; 4.22 keeps what it is given. */
  @Test
  void sambaMakesReparsePointsOrSaysThatItDoesNot() throws Exception {
    var link = new SymbolicLinkReparseData("plain.txt", "plain.txt", true).toReparsePoint();
    try (SmbFile file = copies.work.open(scratch.path("link"), OpenOptions.createNew())) {
      if (!server.version().startsWith("4.17")) {
        file.async().setReparsePoint(link).get(10, TimeUnit.SECONDS);
        assertThat(file.async().getReparsePoint().get(10, TimeUnit.SECONDS)).isEqualTo(link);
        return;
      }
      for (var asked :
          List.of(file.async().setReparsePoint(link), file.async().getReparsePoint())) {
        assertThatThrownBy(() -> asked.get(10, TimeUnit.SECONDS))
            .cause()
            .isInstanceOfSatisfying(
                SmbStatusException.class,
                refused -> assertThat(refused.status()).isEqualTo(NtStatus.NOT_A_REPARSE_POINT));
      }
    }
  }

  /** Samba shows them by names that it makes up. */
  @Test
  void namesThatSmbCanNotCarryAreToldAndNotMangled() throws Exception {
    for (String name :
        List.of("a:b", "quo\"te", "wh?t", "st*r", "dot.", "blank ", "pi|pe", "dir:d/x")) {
      write("from/" + name);
    }

    TreeProgress result = copy(Links.KEEP);

    assertThat(events.copied.keySet()).containsExactly("plain.txt");
    assertThat(result.failed()).isEqualTo(8);
    assertThat(events.failed.keySet()).allMatch(path -> path.matches("[0-9A-Z]{6}~[0-9A-Z]"));
    for (String name :
        List.of("a:b", "quo\"te", "wh?t", "st*r", "dot.", "blank ", "pi|pe", "dir:d")) {
      assertThat(events.failed.values())
          .anySatisfy(failure -> assertThat(failure)
              .isInstanceOfSatisfying(
                  SmbCopyException.class, told -> assertThat(told.reason()).isEqualTo(Reason.NAME))
              .hasMessageContaining("\\" + name + "\""));
    }
    assertThat(names("to")).containsExactly("plain.txt");
  }

  @Test
  void aNameThatOnlyLooksMadeUpIsCopied() throws Exception {
    write("from/PROGRA~1");
    write("from/ABCDEF~2/x.txt");

    copy(Links.KEEP);

    assertThat(events.failed).isEmpty();
    assertThat(events.copied.keySet())
        .containsExactlyInAnyOrder("plain.txt", "PROGRA~1", "ABCDEF~2\\x.txt");
  }

  @Test
  void theNamesOfAListingAreThoseOfTheServer() throws Exception {
    write("from/a:b");

    assertThat(copies.work.list(scratch.path("from")).stream()
            .map(FileIdBothDirectoryInformation::fileName))
        .hasSize(2)
        .contains("plain.txt")
        .anyMatch(name -> name.matches("[0-9A-Z]{6}~[0-9A-Z]"));
  }
}
