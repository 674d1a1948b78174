package io.copychunk.client.copy.tree;

import io.copychunk.client.copy.CopyMethod;
import io.copychunk.client.copy.CopyResult;
import io.copychunk.client.copy.journal.Journal;
import io.copychunk.client.copy.tree.Directory.Work;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Counts what has become of a tree, and has it told. Thread-safe; what tells is not to be called under a
 * lock, for who listens may be called at once.
 */
final class TreeTally {
  private static final long NANOS_BETWEEN_PROGRESS = 100_000_000;

  private final Told told;
  private final Journal.@Nullable Part journal;
  private final long begun = System.nanoTime();
  private final Map<CopyMethod, Long> methods = new EnumMap<>(CopyMethod.class);

  /** Of large files that are under way, what of them is copied. */
  private final Map<String, Long> underWay = new HashMap<>();

  private long files;
  private long directories;
  private long bytes;
  private long skipped;
  private long failed;
  private long removed;
  private long knownFiles;
  private long knownBytes;
  private boolean walked;
  private long lastProgress = begun;

  TreeTally(Told told, Journal.@Nullable Part journal) {
    this.told = told;
    this.journal = journal;
  }

  /** Has something noted, when all was that is to be noted before. */
  private void note(Consumer<Journal.Part> what) {
    if (journal != null) {
      told.call(() -> what.accept(journal));
    }
  }

  synchronized void found(long size) {
    knownFiles++;
    knownBytes += size;
  }

  /** How far a large file is. */
  void underWay(String path, long copied) {
    synchronized (this) {
      underWay.put(path, copied);
    }
    tellProgress();
  }

  /** Notes that all of the tree was found. */
  synchronized void walked() {
    walked = true;
  }

  void copied(String path, Work work, CopyResult result) {
    synchronized (this) {
      files++;
      bytes += result.size();
      underWay.remove(path);
      result.bytes().forEach((method, count) -> methods.merge(method, count, Long::sum));
    }
    told.tell(listener -> listener.copied(path, result));
    complete(path, work);
    tellProgress();
  }

  /** Notes that a file is as it should be. */
  void complete(String path, Work work) {
    note(part -> part.done(path, work.size(), work.entry().lastWriteTime()));
  }

  /** Notes that a directory was not there and was made, and comes to when that is in the journal. */
  CompletableFuture<Void> made(String path) {
    note(part -> part.made(path));
    return heard();
  }

  /** Notes that a directory is about to be made for a time only, and comes to when that is in the journal. */
  CompletableFuture<Void> temporary(String path) {
    note(part -> part.temporary(path));
    return heard();
  }

  /** Notes what a file is about to replace, and comes to when that is in the journal. */
  CompletableFuture<Void> begun(String path, long replaced) {
    note(part -> part.begun(path, replaced));
    return heard();
  }

  private CompletableFuture<Void> heard() {
    CompletableFuture<Void> heard = new CompletableFuture<>();
    told.thenComplete(heard, null);
    return heard;
  }

  void wouldCopy(String path, long size) {
    told.tell(listener -> listener.wouldCopy(path, size));
  }

  void finished(String path) {
    synchronized (this) {
      directories++;
    }
    told.tell(listener -> listener.finished(path));
  }

  void skipped(String path, String why) {
    synchronized (this) {
      skipped++;
    }
    told.tell(listener -> listener.skipped(path, why));
    tellProgress();
  }

  void failed(String path, Throwable cause) {
    synchronized (this) {
      failed++;
      underWay.remove(path);
    }
    told.tell(listener -> listener.failed(path, cause));
    note(part -> part.failed(path, String.valueOf(cause.getMessage())));
  }

  void removed(String path) {
    synchronized (this) {
      removed++;
    }
    told.tell(listener -> listener.removed(path));
    tellProgress();
  }

  void wouldRemove(String path) {
    told.tell(listener -> listener.wouldRemove(path));
  }

  synchronized boolean hasFailures() {
    return failed > 0;
  }

  private void tellProgress() {
    TreeProgress progress;
    synchronized (this) {
      long now = System.nanoTime();
      if (now - lastProgress < NANOS_BETWEEN_PROGRESS) {
        return;
      }
      lastProgress = now;
      progress = snapshot();
    }
    told.tell(listener -> listener.progress(progress));
  }

  synchronized TreeProgress snapshot() {
    return new TreeProgress(
        files,
        directories,
        bytes + underWay.values().stream().mapToLong(Long::longValue).sum(),
        methods,
        skipped,
        failed,
        removed,
        knownFiles,
        knownBytes,
        walked,
        Duration.ofNanos(System.nanoTime() - begun));
  }
}
