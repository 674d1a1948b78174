package io.copychunk.client.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The script {@code docker/samba}: the one of the source tree, or else a copy unpacked from the command's own jar. */
final class DemoScript {
  private static final String NAME = "samba";

  private final Path file;
  private final @Nullable Path unpacked;

  private DemoScript(Path file, @Nullable Path unpacked) {
    this.file = file;
    this.unpacked = unpacked;
  }

  /** Finds the script; the launcher says where the source tree is. */
  static DemoScript locate() throws CommandException {
    String home = System.getProperty("copychunk.home");
    if (home != null) {
      Path script = Path.of(home, "docker", NAME);
      if (Files.isRegularFile(script)) {
        return new DemoScript(script, null);
      }
    }
    URL resource = DemoScript.class.getResource("docker/" + NAME);
    if (resource == null) {
      throw new CommandException(new Failure(
          ExitCode.FAILED,
          "no demo",
          "docker/samba",
          "the script is not in this jar",
          "the source tree"));
    }
    try {
      return unpack(resource.toURI());
    } catch (IOException | URISyntaxException e) {
      throw new CommandException(
          new Failure(
              ExitCode.FAILED, "no demo", "docker/samba", "it cannot be unpacked: " + e, null),
          e);
    }
  }

  /** The script itself, to be run with bash. */
  Path file() {
    return file;
  }

  /** Removes what was unpacked. */
  void remove() {
    if (unpacked == null) {
      return;
    }
    try (Stream<Path> files = Files.walk(unpacked)) {
      for (Path path : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    } catch (IOException e) {
      // A few small files stay in the directory for temporary files.
    }
  }

  private static DemoScript unpack(URI resource) throws IOException {
    if (!"jar".equals(resource.getScheme())) {
      return new DemoScript(Path.of(resource), null);
    }
    Path target = Files.createTempDirectory("copychunk-demo-");
    try (FileSystem jar = FileSystems.newFileSystem(resource, Map.of());
        Stream<Path> files = Files.list(jar.provider().getPath(resource).getParent())) {
      files.filter(Files::isRegularFile).forEach(file -> copy(file, target));
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
    return new DemoScript(target.resolve(NAME), target);
  }

  private static void copy(Path file, Path target) {
    try {
      Files.copy(file, target.resolve(file.getFileName().toString()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
