package io.copychunk.client.copy.tree;

import io.copychunk.client.copy.CopyMethod;
import io.copychunk.client.copy.CopyResult;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/** Counts what has become of a tree. Guarded by its run. */
final class TreeTally {
  private final long begun = System.nanoTime();
  private final Map<CopyMethod, Long> methods = new EnumMap<>(CopyMethod.class);
  private long files;
  private long directories;
  private long bytes;
  private long skipped;
  private long failed;
  private long knownFiles;
  private long knownBytes;

  void found(long size) {
    knownFiles++;
    knownBytes += size;
  }

  void copied(CopyResult result) {
    files++;
    bytes += result.size();
    result.bytes().forEach((method, count) -> methods.merge(method, count, Long::sum));
  }

  void finished() {
    directories++;
  }

  void skipped() {
    skipped++;
  }

  void failed() {
    failed++;
  }

  TreeProgress snapshot(boolean walked) {
    return new TreeProgress(
        files,
        directories,
        bytes,
        methods,
        skipped,
        failed,
        knownFiles,
        knownBytes,
        walked,
        Duration.ofNanos(System.nanoTime() - begun));
  }
}
