package io.copychunk.client.cli;

import io.copychunk.client.copy.CopyMethod;
import io.copychunk.client.copy.CopyProgress;
import io.copychunk.client.copy.CopyResult;
import io.copychunk.client.copy.Fallback;
import io.copychunk.client.copy.Loss;
import io.copychunk.client.copy.tree.TreeProgress;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What happens in a copy, told to programs while it happens: an event a line. They rely on the names, which docs/events.md
 * lists. Nothing comes after {@link #ended}. Thread-safe; a slow file holds up who tells.
 */
final class EventLog implements AutoCloseable {
  private static final long NANOS_BETWEEN_PROGRESS = 1_000_000_000;
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  private final @Nullable EventFile file;
  private final Clock clock;
  private final LongSupplier nanos;
  private long lastProgress;
  private boolean ended;

  /**
   * Creates one.
   *
   * @param file where to, or null for nowhere
   * @param nanos such as {@link System#nanoTime}
   */
  EventLog(@Nullable EventFile file, Clock clock, LongSupplier nanos) {
    this.file = file;
    this.clock = clock;
    this.nanos = nanos;
    this.lastProgress = nanos.getAsLong();
  }

  /** Begins: who copies what, and how. */
  void started(String command, List<String> sources, String target, JsonLine.Fields options) {
    String version = EventLog.class.getPackage().getImplementationVersion();
    write("start", json -> {
      json.name("version").value(version);
      json.name("command").value(command);
      JsonLine.strings(json, "sources", sources);
      json.name("target").value(target);
      json.name("options").beginObject();
      options.write(json);
      json.endObject();
    });
  }

  void copied(String path, String target, CopyResult result) {
    write("copied", json -> {
      json.name("path").value(path);
      json.name("target").value(target);
      json.name("bytes").value(result.size());
      json.name("methods").beginObject();
      for (CopyMethod method : CopyMethod.values()) {
        Long count = result.bytes().get(method);
        if (count != null) {
          json.name(method.toString()).value(count);
        }
      }
      json.endObject();
      json.name("fallbacks").beginArray();
      for (Fallback fallback : result.fallbacks()) {
        json.beginObject();
        JsonLine.fallback(json, fallback);
        json.endObject();
      }
      json.endArray();
      json.name("losses").beginArray();
      for (Loss loss : result.losses()) {
        json.beginObject();
        JsonLine.loss(json, loss);
        json.endObject();
      }
      json.endArray();
      json.name("changed").value(result.sourceChanged());
      json.name("sha256").value(result.sha256());
      JsonLine.seconds(json, result.elapsed().toMillis());
    });
  }

  void wouldCopy(String path, String target, long size) {
    write("would-copy", json -> {
      json.name("path").value(path);
      json.name("target").value(target);
      json.name("bytes").value(size);
    });
  }

  void skipped(String path, String target, String why) {
    write("skipped", json -> {
      json.name("path").value(path);
      json.name("target").value(target);
      json.name("why").value(why);
    });
  }

  /** What the source has not was removed. */
  void removed(String target) {
    write("removed", json -> json.name("target").value(target));
  }

  /** What the source has not would be removed. */
  void wouldRemove(String target) {
    write("would-remove", json -> json.name("target").value(target));
  }

  /** Something could not be copied. */
  void failed(String path, String error, Throwable failure) {
    write("failed", json -> {
      json.name("path").value(path);
      json.name("kind").value(FailureKind.of(failure));
      json.name("status").value(FailureKind.statusOf(failure));
      json.name("error").value(error);
    });
  }

  /** A directory is there with all that could be copied of it. */
  void finished(String path, String target) {
    write("directory", json -> {
      json.name("path").value(path);
      json.name("target").value(target);
    });
  }

  /** How far a tree is; told once in a while of what is said here. */
  void progress(String path, TreeProgress progress) {
    progress(json -> {
      json.name("path").value(path);
      json.name("files").value(progress.files());
      json.name("knownFiles").value(progress.knownFiles());
      json.name("bytes").value(progress.bytes());
      json.name("knownBytes").value(progress.knownBytes());
      json.name("walked").value(progress.walked());
      json.name("skipped").value(progress.skipped());
      json.name("removed").value(progress.removed());
      json.name("failed").value(progress.failed());
      JsonLine.seconds(json, progress.elapsed().toMillis());
    });
  }

  /** How far a file is. */
  void progress(String path, CopyProgress progress) {
    progress(json -> {
      json.name("path").value(path);
      json.name("files").value(0);
      json.name("knownFiles").value(1);
      json.name("bytes").value(progress.bytes());
      json.name("knownBytes").value(progress.size());
      json.name("walked").value(true);
      json.name("skipped").value(0);
      json.name("removed").value(0);
      json.name("failed").value(0);
      JsonLine.seconds(json, progress.elapsed().toMillis());
    });
  }

  private synchronized void progress(JsonLine.Fields fields) {
    long now = nanos.getAsLong();
    if (now - lastProgress >= NANOS_BETWEEN_PROGRESS) {
      lastProgress = now;
      write("progress", fields);
    }
  }

  /**
   * Ends by itself.
   *
   * @param failure why all of it failed, or null
   */
  void ended(CopyReport report, ExitCode code, @Nullable Throwable failure) {
    end(report, code.number(), failure);
  }

  /** Ends by a signal. */
  void interrupted(CopyReport report) {
    end(report, null, null);
  }

  private synchronized void end(
      CopyReport report, @Nullable Integer exitCode, @Nullable Throwable failure) {
    write("end", json -> {
      report.sums(json);
      json.name("exitCode").value(exitCode);
      json.name("interrupted").value(exitCode == null);
      json.name("kind").value(failure == null ? null : FailureKind.of(failure));
      json.name("error")
          .value(failure == null ? null : Diagnosis.of(failure, "").text());
    });
    ended = true;
  }

  private synchronized void write(String event, JsonLine.Fields fields) {
    if (file == null || ended) {
      return;
    }
    file.write(JsonLine.of(json -> {
      json.name("time").value(TIME.format(Instant.now(clock)));
      json.name("event").value(event);
      fields.write(json);
    }));
  }

  /** Whether something could not be written. */
  synchronized boolean isBroken() {
    return file != null && file.isBroken();
  }

  @Override
  public synchronized void close() {
    ended = true;
    if (file != null) {
      file.close();
    }
  }
}
