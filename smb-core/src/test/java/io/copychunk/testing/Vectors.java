package io.copychunk.testing;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.StreamSupport;

/** The known-answer vectors and captures under {@code src/test/resources/vectors}. */
public final class Vectors {
  private Vectors() {}

  /**
   * One captured message, without its transport prefix.
   *
   * @param fromClient whether the client sent it
   * @param label what it is, in words
   * @param bytes the whole frame
   */
  public record Frame(boolean fromClient, String label, byte[] bytes) {
    @Override
    public String toString() {
      return (fromClient ? "C>S " : "S>C ") + label;
    }
  }

  public static JsonObject load(String file) {
    return parse(file).getAsJsonObject();
  }

  /** The elements of a file that is a list. */
  public static List<JsonObject> list(String file) {
    return StreamSupport.stream(parse(file).getAsJsonArray().spliterator(), false)
        .map(JsonElement::getAsJsonObject)
        .toList();
  }

  private static JsonElement parse(String file) {
    try (InputStream in = Vectors.class.getResourceAsStream("/vectors/" + file)) {
      if (in == null) {
        throw new IllegalArgumentException("no vector file " + file);
      }
      return JsonParser.parseReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public static List<Frame> frames(String file) {
    return StreamSupport.stream(load(file).getAsJsonArray("frames").spliterator(), false)
        .map(JsonElement::getAsJsonObject)
        .map(frame -> new Frame(
            frame.get("dir").getAsString().equals("C>S"),
            frame.get("label").getAsString(),
            hex(frame.get("hex").getAsString())))
        .toList();
  }

  public static byte[] hex(String hex) {
    return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
  }
}
