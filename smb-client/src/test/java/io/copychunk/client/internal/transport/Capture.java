package io.copychunk.client.internal.transport;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The captured exchange with related compounds, from the vectors of smb-core.
 *
 * @param signingKey the key of its session
 * @param sessionId the id of its session
 * @param frames all frames without their transport prefix, in order
 */
record Capture(byte[] signingKey, long sessionId, List<byte[]> frames) {
  private static final String FILE = "/vectors/samba-smb311-compound.json";

  static Capture compound() {
    String json = text();
    List<byte[]> frames = new ArrayList<>();
    Matcher hex = Pattern.compile("\"hex\": *\"([0-9a-f]+)\"").matcher(json);
    while (hex.find()) {
      frames.add(HexFormat.of().parseHex(hex.group(1)));
    }
    return new Capture(
        HexFormat.of().parseHex(value(json, "signing_key")),
        Long.parseUnsignedLong(value(json, "session_id").substring(2), 16),
        frames);
  }

  private static String value(String json, String name) {
    Matcher matcher = Pattern.compile("\"" + name + "\": *\"([^\"]+)\"").matcher(json);
    if (!matcher.find()) {
      throw new IllegalStateException(FILE + " has no " + name);
    }
    return matcher.group(1);
  }

  private static String text() {
    try (InputStream in = Capture.class.getResourceAsStream(FILE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
