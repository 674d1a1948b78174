package io.copychunk.it.benchmark.peers;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Stream;

/** What there is to copy on the disk of a share; looks at the copies, and deletes them. */
final class Planted {
  private static final int KEY_FILES = 2000;
  private static final int KEYS = 20_000;
  private static final int SMALL_FILES = 2000;
  private static final int SMALL_SIZE = 16_384;
  private static final int MIXED_FILES = 20_000;
  private static final int MIXED_DIRECTORIES = 200;
  private static final int MIB = 1 << 20;
  private static final long SETTLING_MILLIS = 100;

  private final Path root;
  private final Map<Case, Work> works = new EnumMap<>(Case.class);

  Planted(Path root) {
    this.root = root;
  }

  Work work(Case what) throws IOException {
    Work known = works.get(what);
    if (known == null) {
      known = switch (what) {
        case KEYS -> keys();
        case LARGE -> large();
        case SMALL -> small();
        case MIXED -> mixed();
      };
      works.put(what, known);
    }
    return known;
  }

  private Path file(Case what, String name) throws IOException {
    Path file = root.resolve(what.directory()).resolve("from").resolve(name);
    Files.createDirectories(file.getParent());
    return file;
  }

  private Work keys() throws IOException {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < KEY_FILES; i++) {
      names.add("key-%05d.bin".formatted(i));
      Files.write(file(Case.KEYS, names.get(i)), new byte[] {1});
    }
    List<String> all = new ArrayList<>();
    for (int i = 0; i < KEYS; i++) {
      all.add(names.get(i % KEY_FILES));
    }
    return new Work(Case.KEYS, List.of(), all, 0);
  }

  private Work large() throws IOException {
    Random random = new Random(1);
    byte[] block = new byte[MIB];
    try (OutputStream out = Files.newOutputStream(file(Case.LARGE, "large.bin"))) {
      for (int i = 0; i < 1024; i++) {
        random.nextBytes(block);
        out.write(block);
      }
    }
    return new Work(Case.LARGE, List.of(""), List.of("large.bin"), 1L << 30);
  }

  private Work small() throws IOException {
    Random random = new Random(2);
    List<String> names = new ArrayList<>();
    byte[] content = new byte[SMALL_SIZE];
    for (int i = 0; i < SMALL_FILES; i++) {
      random.nextBytes(content);
      names.add("file-%05d.bin".formatted(i));
      Files.write(file(Case.SMALL, names.get(i)), content);
    }
    return new Work(Case.SMALL, List.of(""), names, (long) SMALL_FILES * SMALL_SIZE);
  }

  /** Mostly small, one in a hundred larger, one in a thousand of some MiB; directories three deep. */
  private Work mixed() throws IOException {
    Random random = new Random(3);
    List<String> directories = new ArrayList<>(List.of(""));
    for (int i = 0; i < 10; i++) {
      directories.add("d" + i);
    }
    for (int i = 0; directories.size() < MIXED_DIRECTORIES; i++) {
      directories.add(directories.get(1 + i) + "/e" + i);
    }
    List<String> names = new ArrayList<>();
    long bytes = 0;
    for (int i = 0; i < MIXED_FILES; i++) {
      String directory = directories.get(random.nextInt(directories.size()));
      int size = i % 1000 == 0
          ? 4 * MIB + random.nextInt(MIB)
          : i % 100 == 0 ? random.nextInt(MIB) : random.nextInt(24 * 1024);
      byte[] content = new byte[size];
      random.nextBytes(content);
      names.add((directory.isEmpty() ? "" : directory + "/") + "file-%05d.bin".formatted(i));
      Files.write(file(Case.MIXED, names.get(i)), content);
      bytes += size;
    }
    Collections.sort(names);
    return new Work(Case.MIXED, directories, names, bytes);
  }

  /** Makes room for a copy. */
  void prepare(Work work) throws IOException {
    if (work.what() == Case.LARGE) {
      Files.createDirectories(root.resolve(work.to()));
    }
  }

  /** Fails unless all files of the work are there, and of some of them the content too. */
  void check(Work work, String name) throws IOException {
    if (work.what() == Case.KEYS) {
      return;
    }
    int step = Math.max(1, work.files().size() / 50);
    for (int i = 0; i < work.files().size(); i++) {
      Path original = root.resolve(work.from()).resolve(work.files().get(i));
      Path copy = root.resolve(work.to()).resolve(work.files().get(i));
      boolean right = Files.exists(copy)
          && Files.size(copy) == Files.size(original)
          && (i % step != 0 || Files.mismatch(copy, original) < 0);
      if (!right) {
        throw new IllegalStateException(name + " has not copied " + copy);
      }
    }
  }

  /** Deletes the copy, and waits until the file system has written what there is to write. */
  void tidy(Work work) throws IOException, InterruptedException {
    Path copy = root.resolve(work.to());
    if (Files.exists(copy)) {
      try (Stream<Path> all = Files.walk(copy)) {
        for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
    int exitCode = new ProcessBuilder("sync", "--file-system", root.toString())
        .inheritIO()
        .start()
        .waitFor();
    if (exitCode != 0) {
      throw new IOException("sync failed");
    }
    Thread.sleep(SETTLING_MILLIS);
  }
}
