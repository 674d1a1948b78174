package io.copychunk.client.cli;

import com.google.gson.stream.JsonWriter;
import io.copychunk.client.copy.journal.JobFailure;
import io.copychunk.client.copy.journal.JobPart;
import io.copychunk.client.copy.journal.JobSummary;
import io.copychunk.wire.PrintableText;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.stream.Collectors;

/** A job, for people and for programs. */
final class JobReport {
  private JobReport() {}

  /** In one line. */
  static String line(JobSummary job) {
    JobPart first = job.parts().get(0);
    return "%s  %-11s  %s  %10s  %9s  %s -> %s%s"
        .formatted(
            job.id(),
            state(job),
            job.begun().truncatedTo(ChronoUnit.SECONDS),
            Units.count(job.files(), "file", "files"),
            Units.bytes(job.bytes()),
            PrintableText.of(first.source()),
            PrintableText.of(first.target()),
            job.parts().size() > 1 ? " and " + (job.parts().size() - 1) + " more" : "");
  }

  /** With all there is to tell. */
  static String text(JobSummary job) {
    StringBuilder text = new StringBuilder();
    line(text, "job", job.id());
    line(text, "state", state(job));
    line(text, "begun", job.begun().truncatedTo(ChronoUnit.SECONDS).toString());
    line(text, "attempts", Integer.toString(job.attempts()));
    line(
        text,
        "complete",
        Units.count(job.files(), "file", "files") + ", " + Units.bytes(job.bytes()));
    for (JobPart part : job.parts()) {
      line(text, "copies", part.source() + " -> " + part.target());
    }
    line(
        text,
        "command",
        job.arguments().stream()
            .map(JobReport::quoted)
            .collect(Collectors.joining(" ", "copychunk ", "")));
    line(text, "called in", job.directory());
    if (job.lost() > 0) {
      line(
          text,
          "damaged",
          "the last " + job.lost() + " bytes of its journal; what they stood for"
              + " is copied again");
    }
    if (job.failed() > 0) {
      line(text, "failed", Long.toString(job.failed()));
      for (JobFailure failure : job.failures()) {
        text.append("  ").append(PrintableText.of(where(job, failure) + ": " + failure.reason()));
        text.append('\n');
      }
      if (job.failed() > job.failures().size()) {
        text.append("  and ").append(job.failed() - job.failures().size()).append(" more\n");
      }
    }
    return text.toString();
  }

  /** One JSON object. */
  static String json(JobSummary job) {
    StringWriter text = new StringWriter();
    try (JsonWriter json = new JsonWriter(text)) {
      json.beginObject();
      json.name("id").value(job.id());
      json.name("state").value(state(job));
      json.name("begun").value(job.begun().toString());
      json.name("attempts").value(job.attempts());
      json.name("files").value(job.files());
      json.name("bytes").value(job.bytes());
      json.name("copies").beginArray();
      for (JobPart part : job.parts()) {
        json.beginObject().name("source").value(part.source());
        json.name("target").value(part.target()).endObject();
      }
      json.endArray();
      json.name("arguments").beginArray();
      for (String argument : job.arguments()) {
        json.value(argument);
      }
      json.endArray();
      json.name("directory").value(job.directory());
      json.name("failures").value(job.failed());
      json.name("failed").beginArray();
      for (JobFailure failure : job.failures()) {
        json.beginObject().name("path").value(where(job, failure));
        json.name("error").value(failure.reason()).endObject();
      }
      json.endArray();
      json.endObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory does not fail", e);
    }
    return text.toString();
  }

  private static String state(JobSummary job) {
    return job.state().name().toLowerCase(Locale.ROOT);
  }

  private static String where(JobSummary job, JobFailure failure) {
    String root = job.parts().get(failure.part()).source();
    return failure.path().isEmpty() ? root : root + "/" + failure.path().replace('\\', '/');
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append("%-10s %s%n".formatted(name, PrintableText.of(value)));
  }

  /** As a shell takes it. */
  private static String quoted(String argument) {
    return argument.matches("[A-Za-z0-9_@%+=:,./\\-]+")
        ? argument
        : "'" + argument.replace("'", "'\\''") + "'";
  }
}
