package io.copychunk.it.benchmark.peers;

import io.copychunk.it.fixture.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How programs are called. */
final class Programs {
  private Programs() {}

  /** Builds this library's command where it is missing or older than its sources. */
  static void buildCopychunk() throws IOException, InterruptedException {
    Process process = new ProcessBuilder(launcher(), "--version")
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
    if (process.waitFor() != 0) {
      throw new IllegalStateException(launcher() + " could not be built");
    }
  }

  private static String launcher() {
    return Repository.docker()
        .resolveSibling("smb-client")
        .resolve("bin/copychunk")
        .toString();
  }

  /** This library's command, as users start it. */
  static List<String> copychunk(Where where, Work work, Path input) {
    if (work.what() == Case.KEYS) {
      return List.of();
    }
    String root = where + "/";
    List<String> command = new ArrayList<>(List.of(launcher(), "cp", "-q"));
    if (work.what() == Case.LARGE) {
      String name = work.files().get(0);
      command.addAll(List.of(root + work.from() + "/" + name, root + work.to() + "/" + name));
    } else {
      command.addAll(List.of("-r", "-T", root + work.from(), root + work.to()));
    }
    return command;
  }

  /** smbclient, with a line for each file. */
  static List<String> smbclient(Where where, Work work, Path input) throws IOException {
    if (work.what() == Case.KEYS) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    for (String directory : work.what() == Case.LARGE ? List.<String>of() : work.directories()) {
      lines.add("mkdir \"" + backslashed(work.to() + "/" + directory) + "\"");
    }
    for (String file : work.files()) {
      lines.add("scopy \"" + backslashed(work.from() + "/" + file) + "\" \""
          + backslashed(work.to() + "/" + file) + "\"");
    }
    Files.write(input, lines);
    return List.of(
        "smbclient",
        "//" + where.host() + "/" + where.share(),
        "--port=" + where.port(),
        "--workgroup=" + where.domain(),
        "--max-protocol=SMB3",
        "--client-protection=" + (where.encrypted() ? "encrypt" : "sign"));
  }

  private static String backslashed(String path) {
    return path.replaceFirst("/$", "").replace('/', '\\');
  }

  /** The local cp, in the directory of the share. */
  static Program.Call cp(Path directory) {
    return (where, work, input) -> {
      String to = directory.resolve(work.to()).toString();
      return switch (work.what()) {
        case KEYS -> List.of();
        case LARGE ->
          List.of(
              "cp",
              "--reflink=never",
              directory.resolve(work.from()).resolve(work.files().get(0)).toString(),
              to + "/" + work.files().get(0));
        case SMALL, MIXED ->
          List.of("cp", "-r", "--reflink=never", directory.resolve(work.from()).toString(), to);
      };
    };
  }
}
