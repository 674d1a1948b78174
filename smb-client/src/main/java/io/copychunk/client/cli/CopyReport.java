package io.copychunk.client.cli;

import com.google.gson.stream.JsonWriter;
import io.copychunk.client.copy.CopyMethod;
import io.copychunk.client.copy.CopyResult;
import io.copychunk.client.copy.Fallback;
import io.copychunk.client.copy.Loss;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What came of the files of one command, for people and for programs. For one thread. */
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
  private int files;
  private long bytes;
  private long omitted;

  void copied(String path, CopyResult result) {
    files++;
    bytes += result.size();
    result.bytes().forEach((method, count) -> methods.merge(method, count, Long::sum));
    result.fallbacks().forEach(fallback -> list(fallbacks, new At<>(path, fallback)));
    result.losses().forEach(loss -> list(losses, new At<>(path, loss)));
    if (result.sourceChanged()) {
      list(changed, path);
    }
  }

  void skipped(String path) {
    list(skipped, path);
  }

  void removed(String path) {
    list(removed, path);
  }

  void failed(String path, String error) {
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
  byte[] json() {
    StringWriter text = new StringWriter();
    try (JsonWriter json = new JsonWriter(text)) {
      json.beginObject();
      json.name("files").value(files);
      json.name("bytes").value(bytes);
      json.name("seconds").value((System.nanoTime() - begun) / 1_000_000 / 1e3);
      json.name("methods").beginObject();
      for (CopyMethod method : CopyMethod.values()) {
        json.name(method.toString()).value(methods.getOrDefault(method, 0L));
      }
      json.endObject();
      json.name("fallbacks").beginArray();
      for (At<Fallback> at : fallbacks) {
        json.beginObject().name("path").value(at.path());
        json.name("from").value(at.what().from().toString());
        json.name("to").value(label(at.what().to()));
        json.name("reason").value(at.what().reason());
        json.name("offset").value(at.what().offset()).endObject();
      }
      json.endArray();
      json.name("failed").beginArray();
      for (At<String> at : failed) {
        json.beginObject().name("path").value(at.path());
        json.name("error").value(at.what()).endObject();
      }
      json.endArray();
      names(json, "skipped", skipped);
      names(json, "removed", removed);
      names(json, "changed", changed);
      json.name("losses").beginArray();
      for (At<Loss> at : losses) {
        json.beginObject().name("path").value(at.path());
        json.name("what").value(at.what().what().name().toLowerCase(java.util.Locale.ROOT));
        json.name("reason").value(at.what().reason()).endObject();
      }
      json.endArray();
      json.name("omitted").value(omitted);
      json.endObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory does not fail", e);
    }
    return text.append('\n').toString().getBytes(StandardCharsets.UTF_8);
  }

  private static void names(JsonWriter json, String name, List<String> paths) throws IOException {
    json.name(name).beginArray();
    for (String path : paths) {
      json.value(path);
    }
    json.endArray();
  }

  private static @Nullable String label(@Nullable CopyMethod method) {
    return method == null ? null : method.toString();
  }
}
