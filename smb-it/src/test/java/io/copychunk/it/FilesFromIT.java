package io.copychunk.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import io.copychunk.it.fixture.CommandOnShare;
import io.copychunk.it.fixture.CommandRun;
import io.copychunk.it.fixture.RunsAgainstSamba;
import io.copychunk.it.fixture.SambaServer;
import io.copychunk.it.fixture.Scratch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** {@code cp --files-from}, as a process of its own. */
@RunsAgainstSamba
@Timeout(120)
class FilesFromIT {
  private static final int FILES = 24;

  private final Scratch scratch;
  private final CommandOnShare command;

  @TempDir
  private Path local;

  FilesFromIT(SambaServer server, Scratch scratch) {
    this.scratch = scratch;
    this.command = new CommandOnShare(server, scratch);
  }

  @BeforeEach
  void plant() throws IOException {
    command.keepJobsIn(local.resolve("state"));
    for (int i = 0; i < FILES; i++) {
      Path file = at("from/dir%d/%02d.bin".formatted(i % 3, i));
      Files.createDirectories(file.getParent());
      Files.write(file, Scratch.content(i, 1000 + i));
      Files.setLastModifiedTime(file, FileTime.from(Instant.ofEpochSecond(1_000_000_000 + i)));
    }
    for (int i = 0; i < 3; i++) {
      Files.setLastModifiedTime(
          at("from/dir" + i), FileTime.from(Instant.ofEpochSecond(1_100_000_000 + i)));
    }
  }

  private Path at(String path) {
    return scratch.onDisk("work", path);
  }

  private Path list(String text) throws IOException {
    return Files.writeString(local.resolve("list.txt"), text);
  }

  private List<String> copied() throws IOException {
    if (!Files.exists(at("to"))) {
      return List.of();
    }
    try (Stream<Path> all = Files.find(at("to"), 9, (path, found) -> found.isRegularFile())) {
      return all.map(path -> at("to").relativize(path).toString()).sorted().toList();
    }
  }

  private CommandRun cp(String... options) throws Exception {
    return command.run(arguments(options));
  }

  private List<String> arguments(String... options) {
    List<String> arguments = new ArrayList<>(List.of("cp"));
    arguments.addAll(Arrays.asList(options));
    arguments.addAll(List.of(command.url("work", "from"), command.url("work", "to")));
    return arguments;
  }

  @Test
  void copiesWhatTheListNamesWithItsTimes() throws Exception {
    Path list = list("\uFEFFdir1/01.bin\r\n\r\ndir2\\02.bin\r\n./dir2/05.bin");

    CommandRun run = cp("--files-from", list.toString());

    assertThat(run.err()).doesNotContain("failed");
    assertThat(run.exitCode()).isZero();
    assertThat(copied()).containsExactly("dir1/01.bin", "dir2/02.bin", "dir2/05.bin");
    for (String path : List.of("dir1/01.bin", "dir2/05.bin", "dir1", "dir2")) {
      assertThat(Files.getLastModifiedTime(at("to/" + path)))
          .as(path)
          .isEqualTo(Files.getLastModifiedTime(at("from/" + path)));
    }
    assertThat(at("to/dir2/05.bin")).hasSameBinaryContentAs(at("from/dir2/05.bin"));

    CommandRun again = cp("-u", "--json", "--files-from", list.toString());

    JsonObject result = JsonParser.parseString(again.out()).getAsJsonObject();
    assertThat(result.get("files").getAsInt()).isZero();
    assertThat(result.get("skipped").getAsJsonArray()).hasSize(3);
  }

  @Test
  void whatIsNotThereIsToldAndTheRestIsCopied() throws Exception {
    CommandRun run =
        cp("--files-from", list("dir1/gone\ndir0/00.bin\nno/where\ndir2\n").toString());

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("dir1/gone", "no/where", "from/dir2", "line 4 of the list");
    assertThat(copied()).containsExactly("dir0/00.bin");
    assertThat(at("to/no")).doesNotExist();
  }

  @Test
  void directoriesAreCopiedWithAllThatIsInThem() throws Exception {
    CommandRun run = cp(
        "-r",
        "--exclude",
        "*1.bin",
        "--files-from",
        list("dir0/00.bin\ndir0\ndir0/03.bin\ndir1/22.bin\n").toString());

    assertThat(run.err()).doesNotContain("failed");
    assertThat(run.exitCode()).isZero();
    assertThat(copied())
        .containsExactly(
            "dir0/00.bin",
            "dir0/03.bin",
            "dir0/06.bin",
            "dir0/09.bin",
            "dir0/12.bin",
            "dir0/15.bin",
            "dir0/18.bin",
            "dir1/22.bin");
  }

  @Test
  void aWrongLineOfAFileIsToldBeforeAnythingIsCopied() throws Exception {
    CommandRun run = cp("--files-from", list("dir0/00.bin\ndir1/../../x\n").toString());

    assertThat(run.exitCode()).isEqualTo(2);
    assertThat(run.err()).contains("line 2", "dir1/../../x");
    assertThat(copied()).isEmpty();
  }

  @Test
  void readsStandardInputWhileItComes() throws Exception {
    Process process = pipedTo(arguments("--files-from", "-"));
    process.getOutputStream().write("dir0/00.bin\n/etc/passwd\n".getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().flush();
    await().until(() -> copied().equals(List.of("dir0/00.bin")));
    process.getOutputStream().write("dir1/01.bin".getBytes(StandardCharsets.UTF_8));
    process.getOutputStream().close();

    assertThat(process.waitFor()).isEqualTo(1);
    assertThat(Files.readString(local.resolve("err")))
        .contains("line 2 of the list", "/etc/passwd");
    assertThat(copied()).containsExactly("dir0/00.bin", "dir1/01.bin");
  }

  @Test
  void aJobIsResumedByReadingTheListAgain() throws Exception {
    Files.createDirectories(at("to"));
    Files.createDirectories(at("to/dir1/01.bin")); // where a file is to be
    Path list = list("dir0/00.bin\ndir1/01.bin\ndir2/02.bin\n");
    CommandRun first = cp("--files-from", list.toString());
    assertThat(first.exitCode()).isEqualTo(1);
    Files.delete(at("to/dir1/01.bin"));
    String job = first.err().replaceFirst("(?s).*copychunk job resume ([a-z0-9]+).*", "$1");

    CommandRun resumed = CommandRun.of(command.environment(), List.of("job", "resume", job, "-v"));

    assertThat(resumed.err()).contains("complete already");
    assertThat(resumed.exitCode()).isZero();
    assertThat(copied()).containsExactly("dir0/00.bin", "dir1/01.bin", "dir2/02.bin");
  }

  private Process pipedTo(List<String> arguments) throws IOException {
    return CommandRun.beginPiped(command.environment(), local.resolve("err"), arguments);
  }
}
