package io.copychunk.message;

import static io.copychunk.testing.Messages.assertBytes;
import static io.copychunk.testing.Messages.assertMalformed;
import static io.copychunk.testing.Messages.captured;
import static io.copychunk.testing.Messages.decode;
import static io.copychunk.testing.Messages.patched;
import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.wire.AccessMask;
import io.copychunk.wire.WireWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TreeConnectTest {
  private static final String FILE = "samba-smb302-cmac-validate.json";

  @Test
  void request() {
    assertBytes(
        new TreeConnectRequest("\\\\127.0.0.1\\share"),
        captured(FILE, "TREE_CONNECT share"),
        TreeConnectRequest::read);
  }

  @Test
  void theExtensionIsSteppedOver() {
    byte[] bytes = WireWriter.toBytes(out -> {
      out.zeros(64).u16(9).u16(4); // EXTENSION_PRESENT
      WireWriter.Slot offset = out.u16Slot();
      WireWriter.Slot length = out.u16Slot();
      out.u32(16).u16(0).zeros(10); // TreeConnectContextOffset, Count, Reserved
      out.payload(offset, length, 1, path -> path.utf16("\\\\s\\x"));
    });
    assertThat(decode(bytes, TreeConnectRequest::read))
        .isEqualTo(new TreeConnectRequest("\\\\s\\x"));
  }

  @Test
  void diskResponse() {
    assertBytes(
        new TreeConnectResponse(
            ShareType.DISK, ShareFlags.NONE, ShareCapabilities.NONE, new AccessMask(0x001F01FF)),
        captured(FILE, "TREE_CONNECT share response"),
        TreeConnectResponse::read);
  }

  @Test
  void pipeResponse() {
    assertBytes(
        new TreeConnectResponse(
            ShareType.PIPE, ShareFlags.NONE, ShareCapabilities.NONE, new AccessMask(0x001F00A9)),
        captured(FILE, "TREE_CONNECT IPC$ response"),
        TreeConnectResponse::read);
  }

  @Test
  void flagsSurvive() {
    byte[] bytes = patched(captured(FILE, "TREE_CONNECT share response"), 4, "00800000 10000000");
    TreeConnectResponse response = decode(bytes, TreeConnectResponse::read);
    assertThat(response.flags().has(ShareFlags.ENCRYPT_DATA)).isTrue();
    assertThat(response.capabilities()).isEqualTo(ShareCapabilities.CONTINUOUS_AVAILABILITY);
  }

  @ParameterizedTest
  @CsvSource({"0, 0800", "4, 0000", "4, 4700", "4, 4900", "4, ffff", "6, 2100", "6, 2400"})
  void hostileRequests(int offset, String patch) {
    assertMalformed(
        patched(captured(FILE, "TREE_CONNECT share"), offset, patch), TreeConnectRequest::read);
  }

  @ParameterizedTest
  @CsvSource({"0, 0900", "2, 00", "2, 04", "2, ff"})
  void hostileResponses(int offset, String patch) {
    assertMalformed(
        patched(captured(FILE, "TREE_CONNECT share response"), offset, patch),
        TreeConnectResponse::read);
  }
}
