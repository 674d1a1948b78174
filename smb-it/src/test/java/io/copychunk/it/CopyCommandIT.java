package io.copychunk.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.google.gson.JsonArray;
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
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** cp, put, get, cat, ls, stat, mv, rm, mkdir and probe, as a process of their own. */
@RunsAgainstSamba
class CopyCommandIT {
  private static final int MIB = 1 << 20;

  private final SambaServer server;
  private final Scratch scratch;
  private final CommandOnShare command;

  CopyCommandIT(SambaServer server, Scratch scratch) {
    this.server = server;
    this.scratch = scratch;
    this.command = new CommandOnShare(server, scratch);
  }

  @Test
  void cpTellsProgramsWhatItDid() throws Exception {
    byte[] content = Scratch.content(1, 3 * MIB);
    String source = url(scratch.write("work", "a.bin", content));

    CommandRun run = run("cp", "--json", source, command.url("work", "b.bin"));

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    JsonObject json = json(run);
    assertThat(json.keySet())
        .contains("files", "bytes", "seconds", "methods", "fallbacks", "failed");
    assertThat(json.get("files").getAsInt()).isEqualTo(1);
    assertThat(json.get("bytes").getAsLong()).isEqualTo(3 * MIB);
    assertThat(json.get("seconds").getAsDouble()).isPositive();
    JsonObject methods = json.getAsJsonObject("methods");
    assertThat(methods.keySet()).containsExactly("clone", "offload", "copychunk", "stream");
    assertThat(methods.get("copychunk").getAsLong()).isEqualTo(3 * MIB);
    JsonObject fallback = json.getAsJsonArray("fallbacks").get(0).getAsJsonObject();
    assertThat(fallback.keySet()).contains("path", "from", "to", "reason");
    assertThat(json.getAsJsonArray("failed")).isEmpty();
    assertThat(scratch.read("work", "b.bin")).isEqualTo(content);
  }

  @Test
  void cpCopiesWholeFilesOnAServerForMacOs() throws Exception {
    byte[] content = Scratch.content(1, 40 * MIB);
    scratch.write("fruit", "a.bin", content);
    scratch.write("work", "a.bin", content);

    CommandRun whole = run(
        "cp",
        "--json",
        "--apple-copyfile",
        command.url("fruit", "a.bin"),
        command.url("fruit", "b.bin"));
    CommandRun usual = run(
        "cp",
        "--json",
        "--apple-copyfile",
        command.url("work", "a.bin"),
        command.url("work", "b.bin"));

    assertThat(json(whole).getAsJsonArray("fallbacks")).isEmpty();
    assertThat(json(whole).getAsJsonObject("methods").get("copychunk").getAsLong())
        .isEqualTo(40 * MIB);
    assertThat(scratch.read("fruit", "b.bin")).isEqualTo(content);
    assertThat(usual.exitCode()).isZero();
    assertThat(json(usual).getAsJsonArray("fallbacks").get(0).toString())
        .contains("the server does not offer AAPL copyfile");
    assertThat(scratch.read("work", "b.bin")).isEqualTo(content);
  }

  @Test
  void cpIntoADirectory() throws Exception {
    String a = url(scratch.write("work", "a.bin", Scratch.content(1, 10)));
    String b = url(scratch.write("work", "b.bin", Scratch.content(2, 20)));
    Files.createDirectory(scratch.onDisk("work", "dir"));

    CommandRun run = run("cp", a, b, command.url("work", "dir"));

    assertThat(run.err()).isEmpty();
    assertThat(run.out()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(scratch.read("work", "dir/a.bin")).isEqualTo(Scratch.content(1, 10));
    assertThat(scratch.read("work", "dir/b.bin")).isEqualTo(Scratch.content(2, 20));
    assertUsage("not a directory", run("cp", a, b, command.url("work", "no")));
    assertUsage("not a directory", run("cp", a, command.url("work", "no") + "/"));
    CommandRun noDirectory = run("cp", "-T", a, command.url("work", "dir"));
    assertThat(noDirectory.exitCode()).isEqualTo(1);
    assertThat(noDirectory.err()).contains("is a directory").hasLineCount(1);
  }

  @Test
  void cpPutAndGetTellWhatHappensWhileItHappens(@TempDir Path directory) throws Exception {
    Path log = directory.resolve("log");
    Path local = Files.write(directory.resolve("local"), Scratch.content(3, MIB));
    Files.createDirectories(scratch.onDisk("work", "from/deep"));
    scratch.write("work", "from/a.bin", Scratch.content(1, MIB));
    scratch.write("work", "from/deep/b.bin", Scratch.content(2, 10));
    String source = command.url("work", "from");
    String target = command.url("work", "to");

    CommandRun copy = run("cp", "-r", "--log-json", log.toString(), source, target);
    List<JsonObject> copied = events(log);
    Files.delete(log);
    run("cp", "-r", "-T", "-u", "--log-json", log.toString(), source, target);
    run("cp", "-r", "--dry-run", "--log-json", log.toString(), source, command.url("work", "new"));
    run("put", "--log-json", log.toString(), local.toString(), command.url("work", "put.bin"));
    run("get", "--log-json", log.toString(), command.url("work", "none"), local.toString());

    assertThat(copy.exitCode()).isZero();
    assertThat(copied)
        .extracting(event -> event.get("event").getAsString())
        .startsWith("start")
        .endsWith("end")
        .containsOnlyOnce("start", "end")
        .contains("copied", "directory");
    assertThat(copied)
        .filteredOn(event -> event.has("target"))
        .extracting(event -> event.get("target").getAsString())
        .contains(target, target + "/a.bin", target + "/deep", target + "/deep/b.bin");
    assertThat(copied.get(copied.size() - 1).get("bytes").getAsLong()).isEqualTo(MIB + 10);
    List<JsonObject> events = events(log);
    assertThat(events)
        .extracting(event -> event.get("event").getAsString())
        .containsOnlyOnce("copied", "failed")
        .contains("skipped", "would-copy");
    JsonObject failed = events.get(events.size() - 2);
    assertThat(failed.get("path").getAsString()).isEqualTo(command.url("work", "none"));
    assertThat(failed.get("kind").getAsString()).isEqualTo("refused");
    assertThat(failed.get("status").getAsString()).isEqualTo("STATUS_OBJECT_NAME_NOT_FOUND");
    assertThat(events.get(events.size() - 1).get("exitCode").getAsInt()).isEqualTo(3);
    assertThat(Files.readString(log)).doesNotContain(new String(server.password()));
  }

  @Test
  void aCopyGoesOnWhenItsLogTakesNoMore() throws Exception {
    assumeThat(Path.of("/dev/full")).exists();
    byte[] content = Scratch.content(1, MIB);
    String source = url(scratch.write("work", "a.bin", content));

    CommandRun run =
        run("cp", "-q", "--log-json", "/dev/full", source, command.url("work", "b.bin"));

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err())
        .startsWith("copychunk: WARNING: /dev/full gets no more events, the copy goes on: ")
        .hasLineCount(1);
    assertThat(scratch.read("work", "b.bin")).isEqualTo(content);
  }

  private static List<JsonObject> events(Path log) throws IOException {
    return Files.readAllLines(log).stream()
        .map(line -> JsonParser.parseString(line).getAsJsonObject())
        .toList();
  }

  @Test
  void cpCopiesDirectories() throws Exception {
    Path from = scratch.onDisk("work", "from");
    Files.createDirectories(from.resolve("sub/empty"));
    for (int i = 0; i < 30; i++) {
      Files.write(from.resolve("sub/%d.bin".formatted(i)), Scratch.content(i, i));
    }
    Files.createDirectory(scratch.onDisk("work", "dir"));

    CommandRun refused = run("cp", command.url("work", "from"), command.url("work", "to"));
    CommandRun run =
        run("cp", "-r", "--json", command.url("work", "from"), command.url("work", "to"));
    CommandRun into = run("cp", "-r", command.url("work", "from"), command.url("work", "dir"));

    assertThat(refused.exitCode()).isEqualTo(2);
    assertThat(refused.err()).contains("it is a directory", "cp -r").hasLineCount(1);
    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).contains("30 files in 3 directories", "copychunk").hasLineCount(1);
    assertThat(json(run).get("files").getAsInt()).isEqualTo(30);
    assertThat(json(run).getAsJsonArray("failed")).isEmpty();
    assertThat(into.exitCode()).isZero();
    for (String copy : List.of("to", "dir/from")) {
      assertThat(scratch.onDisk("work", copy + "/sub/empty")).isEmptyDirectory();
      assertThat(scratch.read("work", copy + "/sub/29.bin")).isEqualTo(Scratch.content(29, 29));
    }
  }

  @Test
  void cpCopiesOfADirectoryWhatItIsToldTo() throws Exception {
    Path from = scratch.onDisk("work", "from");
    for (String file : List.of("a.txt", "b.TMP", "sub/c.txt", "sub/d.bin", "cache/e.txt")) {
      Files.createDirectories(from.resolve(file).getParent());
      Files.write(from.resolve(file), new byte[] {1});
    }

    CommandRun run = run(command(
        "cp",
        List.of("-r", "-q", "--include", "*.t*", "--exclude", "*.tmp", "--exclude", "cache/"),
        command.url("work", "from"),
        command.url("work", "to")));

    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).isEmpty();
    try (Stream<Path> copied = Files.walk(scratch.onDisk("work", "to"))) {
      assertThat(copied.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("to", "a.txt", "sub", "c.txt");
    }
    assertUsage(
        "[ without ]",
        run("cp", "-r", "--exclude", "[", command.url("work", "a"), command.url("work", "b")));
  }

  @Test
  void cpTellsWhatItCouldNotCopyOfADirectory() throws Exception {
    Path from = scratch.onDisk("work", "from");
    Files.createDirectories(from);
    Files.write(from.resolve("good.bin"), new byte[] {1});
    Files.write(from.resolve("bad.bin"), new byte[] {2});
    Files.createDirectories(scratch.onDisk("work", "to/bad.bin"));

    CommandRun rehearsed =
        run("cp", "-r", "-T", "--dry-run", command.url("work", "from"), command.url("work", "new"));
    CommandRun run =
        run("cp", "-r", "-T", "--json", command.url("work", "from"), command.url("work", "to"));

    assertThat(rehearsed.exitCode()).isZero();
    assertThat(rehearsed.out()).contains("good.bin", "bad.bin").hasLineCount(2);
    assertThat(scratch.onDisk("work", "new")).doesNotExist();
    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("from/bad.bin", "is a directory", "1 failed");
    assertThat(json(run).getAsJsonArray("failed")).hasSize(1);
    assertThat(scratch.read("work", "to/good.bin")).containsExactly(1);
  }

  /** Or the one that was copied or moved first would be lost. */
  @Test
  void twoSourcesOfOneNameDoNotReplaceEachOther(@TempDir Path directory) throws Exception {
    Files.createDirectory(scratch.onDisk("work", "dir"));
    Files.createDirectory(scratch.onDisk("work", "sub"));
    String one = url(scratch.write("work", "a.bin", Scratch.content(1, 10)));
    String two = url(scratch.write("work", "sub/A.bin", Scratch.content(2, 20)));
    String same = url(scratch.write("work", "sub/a.bin", Scratch.content(2, 20)));

    for (String name : List.of("cp", "mv")) {
      CommandRun run = run(name, one, two, command.url("work", "dir"));
      assertThat(run.err()).contains("another source has just").hasLineCount(1);
      assertThat(run.exitCode()).as(name).isEqualTo(1);
      assertThat(scratch.read("work", "dir/a.bin")).isEqualTo(Scratch.content(1, 10));
    }
    CommandRun got = run("get", same, command.url("work", "dir/a.bin"), directory.toString());
    assertThat(got.err()).contains("another source has just").hasLineCount(1);
    assertThat(Files.readAllBytes(directory.resolve("a.bin"))).isEqualTo(Scratch.content(2, 20));
    assertUsage("no directory of this name", run("get", same, directory + "/no/"));
  }

  @Test
  void cpLeavesAloneWhatItIsToldTo() throws Exception {
    String a = url(scratch.write("work", "a.bin", Scratch.content(1, 10)));
    String b = url(scratch.write("work", "b.bin", Scratch.content(2, 20)));
    Path older = scratch.onDisk("work", "a.bin");
    Files.setLastModifiedTime(older, FileTime.from(Instant.parse("2001-01-01T00:00:00Z")));

    for (List<String> options : List.of(List.of("-n"), List.of("-u"), List.of("--dry-run"))) {
      CommandRun run = run(command("cp", options, a, b));
      assertThat(run.exitCode()).as("%s", options).isZero();
      assertThat(run.err()).isEmpty();
      assertThat(scratch.read("work", "b.bin")).isEqualTo(Scratch.content(2, 20));
    }
    assertThat(run("cp", "--dry-run", a, b).out()).startsWith("would copy " + a + " -> " + b);
    assertThat(json(run("cp", "-n", "--json", a, b)).getAsJsonArray("skipped")).hasSize(1);
    assertThat(run("cp", "-u", b, a).exitCode()).isZero();
    assertThat(scratch.read("work", "a.bin")).isEqualTo(Scratch.content(2, 20));
  }

  @Test
  void cpCarriesOverWhatItIsToldTo() throws Exception {
    String a = url(scratch.write("work", "a.bin", Scratch.content(1, 10)));
    Instant old = Instant.parse("2001-01-01T00:00:00Z");
    Files.setLastModifiedTime(scratch.onDisk("work", "a.bin"), FileTime.from(old));

    assertThat(run("cp", a, command.url("work", "same.bin")).exitCode()).isZero();
    assertThat(
            run("cp", "--preserve", "none", a, command.url("work", "new.bin")).exitCode())
        .isZero();
    assertThat(run("cp", "--preserve", "attributes,times", a, command.url("work", "both.bin"))
            .exitCode())
        .isZero();

    assertThat(Files.getLastModifiedTime(scratch.onDisk("work", "same.bin")).toInstant())
        .isEqualTo(old);
    assertThat(Files.getLastModifiedTime(scratch.onDisk("work", "new.bin")).toInstant())
        .isAfter(old);
    assertThat(Files.getLastModifiedTime(scratch.onDisk("work", "both.bin")).toInstant())
        .isEqualTo(old);
  }

  @Test
  void cpTellsWhatFailedAndGoesOn() throws Exception {
    String a = url(scratch.write("work", "a.bin", Scratch.content(1, 10)));
    Files.createDirectory(scratch.onDisk("work", "dir"));

    CommandRun run =
        run("cp", "--json", command.url("work", "no.bin"), a, command.url("work", "dir"));

    assertThat(run.exitCode()).isEqualTo(1);
    assertThat(run.err()).contains("no such file", "no.bin").hasLineCount(1);
    JsonArray failed = json(run).getAsJsonArray("failed");
    assertThat(failed).hasSize(1);
    assertThat(failed.get(0).getAsJsonObject().get("error").getAsString()).contains("no such file");
    assertThat(scratch.read("work", "dir/a.bin")).hasSize(10);
    CommandRun same = run("cp", a, a);
    assertThat(same.exitCode()).isEqualTo(1);
    assertThat(same.err()).contains("the same file").hasLineCount(1);
    assertUsage("copychunk put", run("cp", "/etc/hostname", a));
    assertUsage("no method is left", run("cp", "--method", "stream", "--server-side-only", a, a));
  }

  @Test
  void cpWarnsWhenTheDataHadToGoThroughThisMachine() throws Exception {
    String a = url(scratch.write("work", "a.bin", Scratch.content(1, 10)));

    CommandRun run = run("cp", "--method", "clone,stream", a, command.url("work", "b.bin"));

    assertThat(run.exitCode()).isZero();
    assertThat(run.err()).contains("went through this machine, since ").hasLineCount(1);
    CommandRun refused = run("cp", "--method", "clone", a, command.url("work", "c.bin"));
    assertThat(refused.exitCode()).isEqualTo(5);
    assertThat(refused.err()).contains("cannot be copied so", "share blocks");
  }

  @Test
  void putGetAndCat(@TempDir Path directory) throws Exception {
    byte[] content = Scratch.content(5, 5 * MIB + 1);
    Path local = Files.write(directory.resolve("local.bin"), content);
    Instant written = Instant.parse("2011-12-13T14:15:16Z");
    Files.setLastModifiedTime(local, FileTime.from(written));
    scratch.onDisk("work", "");

    assertThat(run("put", local.toString(), command.url("work", "")).err()).isEmpty();
    assertThat(scratch.read("work", "local.bin")).isEqualTo(content);
    assertThat(Files.getLastModifiedTime(scratch.onDisk("work", "local.bin")).toInstant())
        .isEqualTo(written);

    Path got = directory.resolve("got.bin");
    assertThat(run("get", command.url("work", "local.bin"), got.toString()).err())
        .isEmpty();
    assertThat(Files.readAllBytes(got)).isEqualTo(content);
    assertThat(Files.getLastModifiedTime(got).toInstant()).isEqualTo(written);

    CommandRun compared =
        run("put", "--verify", "full", local.toString(), command.url("work", "full.bin"));
    assertThat(compared.err()).isEmpty();
    assertThat(run("get", "--verify", "full", command.url("work", "full.bin"), got.toString())
            .exitCode())
        .isZero();

    CommandRun cat = run("cat", command.url("work", "local.bin"));
    assertThat(Arrays.equals(cat.output(), content)).isTrue();
    assertThat(
            run("get", "-n", command.url("work", "local.bin"), got.toString()).exitCode())
        .isZero();
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).hasSize(2);
    }
  }

  @Test
  void directoriesNamesAndWhatFilesAre() throws Exception {
    scratch.write("work", "a.bin", Scratch.content(1, 10));
    scratch.onDisk("other", "");

    assertThat(run("mkdir", "-p", command.url("work", "x/y/z")).exitCode()).isZero();
    assertThat(run("mkdir", "-p", command.url("work", "x/y/z")).exitCode()).isZero();
    assertThat(run("mkdir", command.url("work", "x")).exitCode()).isEqualTo(1);
    assertThat(
            run("mv", command.url("work", "a.bin"), command.url("work", "x/y")).exitCode())
        .isZero();
    assertThat(run("ls", command.url("work", "x/y")).out()).isEqualTo("a.bin\nz/\n");
    assertThat(run("ls", "-l", command.url("work", "x/y")).out()).contains(" 10  20");
    JsonObject stat = json(run("stat", "--json", command.url("work", "x/y/a.bin")));
    assertThat(stat.get("size").getAsLong()).isEqualTo(10);
    assertThat(stat.get("directory").getAsBoolean()).isFalse();
    assertThat(run("stat", command.url("work", "x/y/a.bin")).out()).contains("10 bytes");
    assertUsage("only files are deleted", run("rm", command.url("work", "x/y/z")));
    assertThat(run("rm", "-d", command.url("work", "x/y/z"), command.url("work", "x/y/a.bin"))
            .exitCode())
        .isZero();
    assertThat(run("rm", command.url("work", "x/y/a.bin")).exitCode()).isEqualTo(3);
    assertThat(run("rm", "-f", command.url("work", "x/y/a.bin")).exitCode()).isZero();
    assertThat(scratch.onDisk("work", "x/y")).isEmptyDirectory();
    assertUsage(
        "files are renamed within a share",
        run("mv", command.url("work", "x"), command.url("other", "x")));
  }

  @Test
  void probeTriesWhatTheServerCan() throws Exception {
    scratch.onDisk("work", "");
    scratch.onDisk("other", "");

    JsonObject found =
        json(run("probe", "--json", command.url("work", ""), command.url("other", "")));

    assertThat(found.keySet())
        .containsExactly(
            "dialect",
            "signing",
            "encryption",
            "user",
            "maxReadSize",
            "maxWriteSize",
            "maxTransactSize",
            "credits",
            "fileSystem",
            "resumeKey",
            "copychunk",
            "copychunkLimits",
            "crossShare",
            "clone",
            "offload",
            "sparse",
            "streams",
            "appleCopyFile");
    for (String works : List.of("resumeKey", "copychunk", "crossShare", "sparse")) {
      assertThat(found.getAsJsonObject(works).get("works").getAsBoolean())
          .as(works)
          .isTrue();
    }
    for (String fails : List.of("clone", "offload", "streams", "appleCopyFile")) {
      assertThat(found.getAsJsonObject(fails).get("works").getAsBoolean())
          .as(fails)
          .isFalse();
    }
    assertThat(found.getAsJsonObject("copychunkLimits").get("detail").getAsString())
        .isEqualTo("256 chunks, 1.0 MiB a chunk, 16 MiB a request");
    assertThat(scratch.onDisk("work", "")).isEmptyDirectory();
    assertThat(scratch.onDisk("other", "")).isEmptyDirectory();
  }

  @Test
  void probeTellsOfAServerForMacOs() throws Exception {
    scratch.onDisk("fruit", "");

    JsonObject found = json(run("probe", "--json", command.url("fruit", "")));

    for (String works : List.of("copychunk", "streams", "appleCopyFile")) {
      assertThat(found.getAsJsonObject(works).get("works").getAsBoolean())
          .as(works)
          .isTrue();
    }
    assertThat(scratch.onDisk("fruit", "")).isEmptyDirectory();
  }

  private static void assertUsage(String why, CommandRun run) {
    assertThat(run.err()).contains(why).startsWith("copychunk: ").hasLineCount(1);
    assertThat(run.exitCode()).isEqualTo(2);
  }

  private static JsonObject json(CommandRun run) {
    return JsonParser.parseString(run.out()).getAsJsonObject();
  }

  private static String[] command(String name, List<String> options, String... urls) {
    List<String> command = new ArrayList<>(List.of(name));
    command.addAll(options);
    command.addAll(List.of(urls));
    return command.toArray(String[]::new);
  }

  private String url(String path) {
    return "//" + server.host() + ":" + server.port() + "/" + server.share("work") + "/" + path;
  }

  private CommandRun run(String... arguments) throws Exception {
    return command.run(List.of(arguments));
  }
}
