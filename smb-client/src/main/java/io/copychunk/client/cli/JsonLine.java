package io.copychunk.client.cli;

import com.google.gson.stream.JsonWriter;
import io.copychunk.client.copy.CopyMethod;
import io.copychunk.client.copy.Fallback;
import io.copychunk.client.copy.Loss;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One JSON object as a line of UTF-8, and what several of them tell alike. */
final class JsonLine {
  /** Writes the fields of an object that is begun and ended by others. */
  @FunctionalInterface
  interface Fields {
    void write(JsonWriter json) throws IOException;
  }

  private JsonLine() {}

  static byte[] of(Fields fields) {
    StringWriter text = new StringWriter();
    try (JsonWriter json = new JsonWriter(text)) {
      json.beginObject();
      fields.write(json);
      json.endObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory does not fail", e);
    }
    return text.append('\n').toString().getBytes(StandardCharsets.UTF_8);
  }

  static void strings(JsonWriter json, String name, Iterable<String> values) throws IOException {
    json.name(name).beginArray();
    for (String value : values) {
      json.value(value);
    }
    json.endArray();
  }

  static void fallback(JsonWriter json, Fallback fallback) throws IOException {
    json.name("from").value(fallback.from().toString());
    json.name("to").value(label(fallback.to()));
    json.name("reason").value(fallback.reason());
    json.name("offset").value(fallback.offset());
  }

  static void loss(JsonWriter json, Loss loss) throws IOException {
    json.name("what").value(word(loss.what()));
    json.name("reason").value(loss.reason());
  }

  /** How programs read the name of a constant. */
  static String word(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  /** With three decimal places. */
  static void seconds(JsonWriter json, long millis) throws IOException {
    json.name("seconds").value(millis / 1e3);
  }

  private static @Nullable String label(@Nullable CopyMethod method) {
    return method == null ? null : method.toString();
  }
}
