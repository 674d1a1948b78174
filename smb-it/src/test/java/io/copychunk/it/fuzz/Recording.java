package io.copychunk.it.fuzz;

import io.copychunk.crypto.CipherAlgorithm;
import io.copychunk.crypto.SigningAlgorithm;
import io.copychunk.message.Smb2Request;
import io.copychunk.wire.Command;
import io.copychunk.wire.Smb2Header;
import io.copychunk.wire.TransformHeader;
import io.copychunk.wire.WireReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A conversation with Samba as it was captured, in plaintext, up to the first request that we do not
 * know.
 *
 * @param file where it is from
 * @param encrypted whether all but the login went in encrypted frames
 * @param frames what was said, in its order
 * @param keys by their names in the capture
 */
record Recording(String file, boolean encrypted, List<Frame> frames, Map<String, byte[]> keys) {
  private static final Set<Command> KNOWN = EnumSet.of(
      Command.NEGOTIATE,
      Command.SESSION_SETUP,
      Command.LOGOFF,
      Command.TREE_CONNECT,
      Command.TREE_DISCONNECT,
      Command.CREATE,
      Command.CLOSE,
      Command.IOCTL);

  /** All of them; a case counts them from 0, so that new ones belong at the end. */
  static final List<Recording> ALL = List.of(
      read("samba-smb311-gmac.json"),
      read("samba-smb311-enc-aes128gcm.json"),
      read("samba-smb311-copychunk-interim.json"));

  /**
   * A frame.
   *
   * @param toServer whether it holds requests
   * @param bytes its messages in plain
   */
  record Frame(boolean toServer, byte[] bytes) {
    /** The messages one by one. */
    List<byte[]> messages() {
      List<byte[]> messages = new ArrayList<>();
      byte[] rest = bytes;
      for (int next = next(rest); next != 0; next = next(rest)) {
        messages.add(Arrays.copyOf(rest, next));
        rest = Arrays.copyOfRange(rest, next, rest.length);
      }
      messages.add(rest);
      return messages;
    }

    private static int next(byte[] message) {
      return (int) header(message).nextCommand();
    }
  }

  static Smb2Header header(byte[] message) {
    return Smb2Header.read(WireReader.of(message));
  }

  static Smb2Request<?> request(byte[] message) {
    WireReader in = WireReader.of(message);
    in.skip(Smb2Header.SIZE);
    return Smb2Request.read(header(message).command(), in);
  }

  /** The answers. */
  List<Frame> responses() {
    return frames.stream().filter(frame -> !frame.toServer()).toList();
  }

  long sessionId() {
    return WireReader.of(keys.get("session_id")).bits64();
  }

  SigningAlgorithm signing() {
    return encrypted || file.contains("interim")
        ? SigningAlgorithm.AES_CMAC
        : SigningAlgorithm.AES_GMAC;
  }

  CipherAlgorithm cipher() {
    return CipherAlgorithm.AES_128_GCM;
  }

  private static Recording read(String file) {
    String json = text("/vectors/" + file);
    List<Frame> frames = new ArrayList<>();
    boolean encrypted = false;
    Matcher each = Pattern.compile(
            "\"dir\": *\"([CS])>.\",.*?\"hex\": *\"([0-9a-f]+)\"", Pattern.DOTALL)
        .matcher(json);
    while (each.find()) {
      Frame frame = new Frame(each.group(1).equals("C"), HexFormat.of().parseHex(each.group(2)));
      if (WireReader.of(frame.bytes()).bits32() == TransformHeader.PROTOCOL_ID) {
        encrypted = true; // the plaintext is listed besides
      } else if (frame.messages().stream()
          .allMatch(m -> KNOWN.contains(header(m).command()))) {
        frames.add(frame);
      } else {
        break;
      }
    }
    byte[] id = HexFormat.of().parseHex(value(json, "session_id").substring(2));
    for (int i = 0; i < id.length / 2; i++) {
      byte swapped = id[i];
      id[i] = id[id.length - 1 - i];
      id[id.length - 1 - i] = swapped;
    }
    return new Recording(
        file,
        encrypted,
        List.copyOf(frames),
        Map.of(
            "session_id", id,
            "signing", HexFormat.of().parseHex(value(json, "signing_key")),
            "sending", HexFormat.of().parseHex(value(json, "encryption_key_c2s")),
            "receiving", HexFormat.of().parseHex(value(json, "decryption_key_s2c"))));
  }

  private static String value(String json, String name) {
    Matcher matcher = Pattern.compile("\"" + name + "\": *\"([^\"]+)\"").matcher(json);
    if (!matcher.find()) {
      throw new IllegalStateException("no " + name);
    }
    return matcher.group(1);
  }

  private static String text(String resource) {
    try (InputStream in = Recording.class.getResourceAsStream(resource)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public String toString() {
    return file;
  }
}
