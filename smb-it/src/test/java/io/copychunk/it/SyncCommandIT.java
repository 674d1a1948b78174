package io.copychunk.it;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.JsonArray;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.copychunk.it.fixture.CommandOnShare;
import io.copychunk.it.fixture.CommandRun;
import io.copychunk.it.fixture.RunsAgainstSamba;
import io.copychunk.it.fixture.SambaServer;
import io.copychunk.it.fixture.Scratch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** {@code copychunk sync}, as a process of its own. */
@RunsAgainstSamba
@Timeout(120)
class SyncCommandIT {
  private static final int FILES = 24;

  private final Scratch scratch;
  private final CommandOnShare command;

  SyncCommandIT(SambaServer server, Scratch scratch) {
    this.scratch = scratch;
    this.command = new CommandOnShare(server, scratch);
  }

  @BeforeEach
  void plant() throws Exception {
    for (int i = 0; i < FILES; i++) {
      write("from/dir%d/%02d.bin".formatted(i % 3, i), Scratch.content(i, 1000 + i));
    }
    assertThat(sync().exitCode()).isZero();
    assertThat(tree("to")).isEqualTo(tree("from")).hasSize(FILES + 3);
  }

  private Path at(String path) {
    return scratch.onDisk("work", path);
  }

  private void write(String path, byte[] content) throws IOException {
    Files.createDirectories(at(path).getParent());
    Files.write(at(path), content);
  }

  /** Names below a directory, those of files with their content. */
  private List<String> tree(String root) throws IOException {
    List<String> names = new ArrayList<>();
    try (Stream<Path> all = Files.walk(at(root))) {
      for (Path path : all.filter(each -> !each.equals(at(root))).sorted().toList()) {
        String name = at(root).relativize(path).toString();
        names.add(
            Files.isDirectory(path) ? name : name + Arrays.hashCode(Files.readAllBytes(path)));
      }
    }
    return names;
  }

  private CommandRun sync(String... options) throws Exception {
    List<String> arguments = new ArrayList<>(List.of("sync", "--json"));
    arguments.addAll(List.of(options));
    arguments.addAll(List.of(command.url("work", "from"), command.url("work", "to")));
    return command.run(arguments);
  }

  private static JsonObject json(CommandRun run) {
    return JsonParser.parseString(run.out()).getAsJsonObject();
  }

  private List<String> names(CommandRun run, String list) {
    JsonArray paths = json(run).getAsJsonArray(list);
    return paths.asList().stream()
        .map(JsonElement::getAsString)
        .map(path -> path.replaceFirst(".*/(from|to)/", ""))
        .sorted()
        .toList();
  }

  @Test
  void theSecondTimeNothingIsToBeDone() throws Exception {
    CommandRun run = sync("--delete");

    assertThat(run.exitCode()).isZero();
    assertThat(json(run).get("files").getAsInt()).isZero();
    assertThat(json(run).getAsJsonArray("skipped")).hasSize(FILES);
    assertThat(json(run).getAsJsonArray("removed")).isEmpty();
  }

  @Test
  void copiesWhatIsNewAndWhatHasChanged() throws Exception {
    write("from/dir0/new.bin", new byte[] {1});
    write("from/dir3/deep/new.bin", new byte[] {2});
    write("from/dir0/00.bin", new byte[] {3});
    FileTime older = FileTime.from(Instant.parse("2001-02-03T04:05:06Z"));
    Files.write(at("from/dir1/01.bin"), Scratch.content(99, 1001));
    Files.setLastModifiedTime(at("from/dir1/01.bin"), older);

    CommandRun run = sync();

    assertThat(run.exitCode()).isZero();
    assertThat(json(run).get("files").getAsInt()).isEqualTo(4);
    assertThat(tree("to")).isEqualTo(tree("from"));
    assertThat(Files.getLastModifiedTime(at("to/dir1/01.bin"))).isEqualTo(older);
  }

  @Test
  void byChecksumOnlyContentCounts() throws Exception {
    FileTime time = Files.getLastModifiedTime(at("from/dir0/00.bin"));
    Files.write(at("from/dir0/00.bin"), Scratch.content(99, 1000));
    Files.setLastModifiedTime(at("from/dir0/00.bin"), time);
    Files.setLastModifiedTime(at("from/dir1/01.bin"), FileTime.from(Instant.now()));

    assertThat(sync("--dry-run").out()).doesNotContain("would copy");
    CommandRun run = sync("--checksum");

    assertThat(json(run).get("files").getAsInt()).isOne();
    assertThat(tree("to")).isEqualTo(tree("from"));
  }

  @Test
  void removesWhatTheSourceHasNotIfToldSo() throws Exception {
    write("to/dir0/extra.bin", new byte[] {1});
    write("to/extra/deep/one.bin", new byte[] {2});
    Files.delete(at("from/dir1/01.bin"));
    List<String> before = tree("to");
    write("from/new.bin", new byte[] {3});

    assertThat(sync().exitCode()).isZero();
    assertThat(tree("to")).containsAll(before);
    CommandRun rehearsal = rehearse();
    CommandRun run = sync("--delete");

    assertThat(rehearsal.out().lines().map(line -> line.replaceFirst(" //.*/to/", " ")))
        .containsExactlyInAnyOrder(
            "would remove dir0/extra.bin",
            "would remove extra/deep/one.bin",
            "would remove extra/deep",
            "would remove extra",
            "would remove dir1/01.bin");
    assertThat(run.exitCode()).isZero();
    assertThat(names(run, "removed")).hasSize(5);
    assertThat(tree("to")).isEqualTo(tree("from"));
  }

  /** Samba follows them and shows directories; what they stand for is not the target's. */
  @Test
  void nothingIsRemovedBehindALink() throws Exception {
    write("elsewhere/deep/mine.bin", new byte[] {1});
    write("to/extra/x.bin", new byte[] {2});
    Files.createSymbolicLink(at("to/extra/up"), Path.of(".."));
    Files.createSymbolicLink(at("to/extra/away"), Path.of("../../elsewhere"));
    Files.createSymbolicLink(at("to/beside"), Path.of("dir0"));
    Files.createSymbolicLink(at("to/away"), Path.of("../elsewhere"));
    Files.createDirectories(at("from/both"));
    Files.createSymbolicLink(at("to/both"), Path.of("../elsewhere"));

    CommandRun run = sync("--delete");

    assertThat(at("elsewhere/deep/mine.bin")).exists();
    assertThat(at("to/extra/x.bin")).doesNotExist();
    List<String> links = List.of("extra/up", "extra/away", "beside", "away");
    assertThat(names(run, "removed")) // 4.22 removes the links themselves, 4.17 says not empty
        .contains("extra/x.bin")
        .isSubsetOf(List.of("extra/x.bin", "extra/up", "extra/away", "extra", "beside", "away"));
    assertThat(names(run, "skipped")).contains("both");
    for (String link : links) {
      Files.deleteIfExists(at("to/" + link));
    }
    Files.deleteIfExists(at("to/extra"));
    Files.deleteIfExists(at("to/both"));
    Files.delete(at("from/both"));
    assertThat(tree("to")).isEqualTo(tree("from"));
  }

  private CommandRun rehearse() throws Exception {
    List<String> arguments = List.of(
        "sync", "--dry-run", "--delete", command.url("work", "from"), command.url("work", "to"));
    return command.run(arguments);
  }

  @Test
  void whatIsLeftOutIsNotRemovedEither() throws Exception {
    write("to/dir0/keep.tmp", new byte[] {1});
    write("to/cache/x.bin", new byte[] {2});
    write("to/dir0/extra.bin", new byte[] {3});

    CommandRun run = sync("--delete", "--exclude", "*.tmp", "--exclude", "cache/");

    assertThat(run.exitCode()).isZero();
    assertThat(names(run, "removed")).containsExactly("dir0/extra.bin");
    assertThat(at("to/dir0/keep.tmp")).exists();
    assertThat(at("to/cache/x.bin")).exists();
  }

  @Test
  void removesNoMoreThanHalfWithoutAWord() throws Exception {
    for (int i = 0; i < 40; i++) {
      write("to/extra/%02d.bin".formatted(i), new byte[] {1});
    }
    List<String> before = tree("to");

    CommandRun refused = sync("--delete");

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err())
        .contains("41 of 68 files and directories would be removed (expected: at most 34)")
        .contains("--max-delete");
    assertThat(tree("to")).isEqualTo(before);

    assertThat(sync("--delete", "--max-delete", "40").exitCode()).isEqualTo(1);
    assertThat(tree("to")).isEqualTo(before);

    CommandRun meant = sync("--delete", "--max-delete", "41");

    assertThat(meant.exitCode()).isZero();
    assertThat(tree("to")).isEqualTo(tree("from"));
  }

  /** Such as a disk that is not mounted. */
  @Test
  void anEmptySourceRemovesNothingWithoutAWord() throws Exception {
    for (String name : List.of("dir1", "dir2")) {
      delete("from/" + name);
      delete("to/" + name);
    }
    for (int i = 6; i < FILES; i += 3) {
      Files.delete(at("to/dir0/%02d.bin".formatted(i)));
    }
    delete("from/dir0");
    List<String> before = tree("to");
    assertThat(before).hasSize(3);

    CommandRun refused = sync("--delete");

    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.err()).contains("3 of 3 files and directories would be removed");
    assertThat(tree("to")).isEqualTo(before);
    assertThat(sync("--delete", "--max-delete", "3").exitCode()).isZero();
    assertThat(tree("to")).isEmpty();
  }

  private void delete(String path) throws IOException {
    try (Stream<Path> all = Files.walk(at(path))) {
      for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(each);
      }
    }
  }

  @Test
  void removesNothingWhenSomethingCouldNotBeCopied() throws Exception {
    write("to/dir0/extra.bin", new byte[] {1});
    write("from/odd", new byte[] {1});
    Files.createDirectories(at("to/odd"));

    CommandRun run = sync("--delete");

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(at("to/dir0/extra.bin")).exists();
    assertThat(json(run).getAsJsonArray("failed")).hasSize(1);
  }

  @Test
  void aReadOnlyFileIsRemovedToo() throws Exception {
    write("to/dir0/extra.bin", new byte[] {1});
    Files.setPosixFilePermissions(
        at("to/dir0/extra.bin"), PosixFilePermissions.fromString("r--r--r--"));

    CommandRun run = sync("--delete");

    assertThat(run.exitCode()).isZero();
    assertThat(at("to/dir0/extra.bin")).doesNotExist();
  }

  @Test
  void wrongUseIsToldBeforeAnythingIsDone() throws Exception {
    assertThat(sync("--max-delete", "3").exitCode()).isEqualTo(2);
    assertThat(sync("--delete", "--max-delete", "-3").exitCode()).isEqualTo(2);
  }
}
