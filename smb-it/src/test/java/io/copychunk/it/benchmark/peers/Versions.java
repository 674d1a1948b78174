package io.copychunk.it.benchmark.peers;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What the figures were taken with. */
final class Versions {
  private static final String UNKNOWN = "unknown";

  private Versions() {}

  /** Of the libraries and programs beside this one. */
  static String ofPeers() {
    String classPath = System.getProperty("java.class.path");
    return "smbj %s, jcifs %s, smbclient %s"
        .formatted(ofJar("smbj", classPath), ofJar("jcifs", classPath), ofSmbclient());
  }

  /** By the name of its jar on a class path. */
  static String ofJar(String artifact, String classPath) {
    Pattern jar = Pattern.compile(Pattern.quote(artifact) + "-(\\d.*)\\.jar");
    return Stream.of(classPath.split(File.pathSeparator))
        .map(entry -> jar.matcher(String.valueOf(Path.of(entry).getFileName())))
        .filter(Matcher::matches)
        .map(match -> match.group(1))
        .findFirst()
        .orElse(UNKNOWN);
  }

  /** The model of the processor, as Linux tells it. */
  static String ofProcessor() throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"))) {
      return lines
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse(UNKNOWN + " processor");
    }
  }

  private static String ofSmbclient() {
    try {
      Process process =
          new ProcessBuilder("smbclient", "--version").redirectErrorStream(true).start();
      try (BufferedReader said = process.inputReader()) {
        String line = said.readLine();
        return line == null ? UNKNOWN : line.replaceFirst("^Version ", "");
      }
    } catch (IOException e) {
      return "not installed";
    }
  }
}
