package io.copychunk.client.cli;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** One JSON object a line; programs rely on the names. */
final class KeyAsJson implements KeyFormat {
  @Override
  public byte[] format(KeyReport report) {
    StringWriter text = new StringWriter();
    try (JsonWriter json = new JsonWriter(text)) {
      HexFormat hex = HexFormat.of();
      json.beginObject();
      json.name("url").value(report.url());
      json.name("resumeKey").value(report.key());
      json.name("contextLength").value(report.contextLength());
      json.name("context").value(report.context());
      json.name("legacy").beginObject();
      json.name("resumeKey").value(hex.toHexDigits(report.legacy().resumeKey()));
      json.name("timestamp").value(hex.toHexDigits(report.legacy().timestamp()));
      json.name("pid").value(hex.toHexDigits(report.legacy().pid()));
      json.endObject();
      json.name("dialect").value(report.security().dialect().toString());
      json.name("signing").value(label(report.security().signing()));
      json.name("encryption").value(label(report.security().encryption()));
      json.name("user").value(report.security().user());
      json.name("identity").value(report.security().identity().name().toLowerCase(Locale.ROOT));
      json.name("mechanism").value(report.security().mechanism());
      json.name("roundTrips").value(report.roundTrips());
      json.endObject();
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory does not fail", e);
    }
    return text.append('\n').toString().getBytes(StandardCharsets.UTF_8);
  }

  private static @Nullable String label(@Nullable Object algorithm) {
    return algorithm == null ? null : algorithm.toString();
  }
}
