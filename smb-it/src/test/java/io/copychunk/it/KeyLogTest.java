package io.copychunk.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.client.internal.capture.KeyLogFile;
import io.copychunk.it.fixture.PcapFile;
import io.copychunk.it.fixture.Tshark;
import io.copychunk.it.fixture.WireRecorder.Frame;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whether Wireshark understands our key log, by captures whose keys are known. */
class KeyLogTest {
  private static final String ENCRYPTED = "smb2.header.transform.nonce";

  @TempDir
  private Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "smb302-enc-aes128ccm",
        "smb311-enc-aes128ccm",
        "smb311-enc-aes128gcm",
        "smb311-enc-aes256ccm",
        "smb311-enc-aes256gcm"
      })
  void wiresharkDecryptsWithALineOfTheKeyLog(String name) throws Exception {
    Tshark.require();
    String json = Files.readString(
        Path.of("..", "smb-core/src/test/resources/vectors/samba-" + name + ".json"));
    Path capture = directory.resolve("capture.pcapng");
    Path keys = directory.resolve("smb2_seskey_list");
    List<Frame> frames = frames(json);
    PcapFile.write(capture, frames);
    long encrypted = frames.stream().filter(KeyLogTest::isEncrypted).count();
    try (KeyLogFile log = KeyLogFile.create(keys)) {
      log.log(
          sessionId(frames),
          key(json, "session_key"),
          key(json, "decryption_key_s2c"),
          key(json, "encryption_key_c2s"));
    }
    List<String> options =
        List.of("-o", "uat:smb2_seskey_list:" + Files.readString(keys).strip());

    assertThat(Tshark.fields(capture, ENCRYPTED, "smb2.cmd")).hasSize(34).containsOnly("");
    assertThat(Tshark.fieldsWith(options, capture, ENCRYPTED, "smb2.cmd"))
        .hasSize((int) encrypted)
        .doesNotContain("");
    assertThat(Tshark.fieldsWith(options, capture, "_ws.malformed", "frame.number"))
        .isEmpty();
  }

  private static List<Frame> frames(String json) {
    List<Frame> frames = new ArrayList<>();
    Matcher frame = Pattern.compile(
            "\"dir\": *\"(.>.)\".*?\"hex\": *\"([0-9a-f]+)\"", Pattern.DOTALL)
        .matcher(json);
    while (frame.find()) {
      byte[] bytes = HexFormat.of().parseHex(frame.group(2));
      byte[] prefixed =
          ByteBuffer.allocate(4 + bytes.length).putInt(bytes.length).put(bytes).array();
      frames.add(new Frame(0, frame.group(1).equals("C>S"), prefixed));
    }
    return frames;
  }

  private static boolean isEncrypted(Frame frame) {
    return frame.bytes()[4] == (byte) 0xFD;
  }

  /** From the first TRANSFORM_HEADER (2.2.41). */
  private static long sessionId(List<Frame> frames) {
    Frame first = frames.stream().filter(KeyLogTest::isEncrypted).findFirst().orElseThrow();
    return Long.reverseBytes(ByteBuffer.wrap(first.bytes()).getLong(4 + 44));
  }

  private static byte[] key(String json, String name) {
    Matcher matcher = Pattern.compile("\"" + name + "\": *\"([0-9a-f]+)\"").matcher(json);
    assertThat(matcher.find()).as(name).isTrue();
    return HexFormat.of().parseHex(matcher.group(1));
  }
}
