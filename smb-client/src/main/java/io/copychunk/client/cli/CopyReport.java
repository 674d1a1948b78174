package io.copychunk.client.cli;

import com.google.gson.stream.JsonWriter;
import io.copychunk.client.copy.CopyMethod;
import io.copychunk.client.copy.CopyResult;
import io.copychunk.client.copy.Fallback;
import io.copychunk.client.copy.Loss;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** What came of the files of one command, for people and for programs. Thread-safe. */
final class CopyReport {
  /** So many of each kind are listed; of more, how many there are. */
  private static final int MAX_LISTED = 10_000;

  private record At<T>(String path, T what) {}

  private final long begun = System.nanoTime();
  private final Map<CopyMethod, Long> methods = new EnumMap<>(CopyMethod.class);
  private final List<At<Fallback>> fallbacks = new ArrayList<>();
  private final List<At<Loss>> losses = new ArrayList<>();
  private final List<At<String>> failed = new ArrayList<>();
  private final List<String> skipped = new ArrayList<>();
  private final List<String> removed = new ArrayList<>();
  private final List<String> changed = new ArrayList<>();
  private long files;
  private long bytes;
  private long skippedCount;
  private long removedCount;
  private long failedCount;
  private long omitted;

  synchronized void copied(String path, CopyResult result) {
    files++;
    bytes += result.size();
    result.bytes().forEach((method, count) -> methods.merge(method, count, Long::sum));
    result.fallbacks().forEach(fallback -> list(fallbacks, new At<>(path, fallback)));
    result.losses().forEach(loss -> list(losses, new At<>(path, loss)));
    if (result.sourceChanged()) {
      list(changed, path);
    }
  }

  synchronized void skipped(String path) {
    skippedCount++;
    list(skipped, path);
  }

  synchronized void removed(String path) {
    removedCount++;
    list(removed, path);
  }

  synchronized void failed(String path, String error) {
    failedCount++;
    list(failed, new At<>(path, error));
  }

  private <T> void list(List<T> list, T item) {
    if (list.size() < MAX_LISTED) {
      list.add(item);
    } else {
      omitted++;
    }
  }

  /** One JSON object; programs rely on the names. */
  synchronized byte[] json() {
    return JsonLine.of(json -> {
      totals(json);
      json.name("fallbacks").beginArray();
      for (At<Fallback> at : fallbacks) {
        json.beginObject().name("path").value(at.path());
        JsonLine.fallback(json, at.what());
        json.endObject();
      }
      json.endArray();
      json.name("failed").beginArray();
      for (At<String> at : failed) {
        json.beginObject().name("path").value(at.path());
        json.name("error").value(at.what()).endObject();
      }
      json.endArray();
      JsonLine.strings(json, "skipped", skipped);
      JsonLine.strings(json, "removed", removed);
      JsonLine.strings(json, "changed", changed);
      json.name("losses").beginArray();
      for (At<Loss> at : losses) {
        json.beginObject().name("path").value(at.path());
        JsonLine.loss(json, at.what());
        json.endObject();
      }
      json.endArray();
      json.name("omitted").value(omitted);
    });
  }

  /** The sums alone, as fields of an object. */
  synchronized void sums(JsonWriter json) throws IOException {
    totals(json);
    json.name("skipped").value(skippedCount);
    json.name("removed").value(removedCount);
    json.name("failed").value(failedCount);
  }

  private void totals(JsonWriter json) throws IOException {
    json.name("files").value(files);
    json.name("bytes").value(bytes);
    JsonLine.seconds(json, (System.nanoTime() - begun) / 1_000_000);
    json.name("methods").beginObject();
    for (CopyMethod method : CopyMethod.values()) {
      json.name(method.toString()).value(methods.getOrDefault(method, 0L));
    }
    json.endObject();
  }
}
