package io.copychunk.message;

import static io.copychunk.testing.Messages.assertBytes;
import static io.copychunk.testing.Messages.assertMalformed;
import static io.copychunk.testing.Messages.assertRoundTrip;
import static io.copychunk.testing.Messages.captured;
import static io.copychunk.testing.Messages.decode;
import static io.copychunk.testing.Messages.encode;
import static io.copychunk.testing.Messages.patched;
import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.fscc.FileAttributes;
import io.copychunk.wire.FileId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CloseTest {
  private static final String FILE = "samba-smb302-cmac-validate.json";

  @Test
  void request() {
    assertBytes(
        new CloseRequest(true, new FileId(0x884f9df7L, 0xc244a844L)),
        captured(FILE, "CLOSE"),
        CloseRequest::read);
  }

  @Test
  void requestInACompound() {
    assertRoundTrip(new CloseRequest(false, FileId.PREVIOUS), CloseRequest::read);
  }

  @Test
  void responseWithAttributes() {
    assertBytes(
        new CloseResponse(
            true,
            0x01dd7a9a33803b28L,
            0x01dd7a9a33803b28L,
            0x01d882cb9b208000L,
            0x01d882cb9b208000L,
            0x1000,
            0x40,
            FileAttributes.ARCHIVE),
        captured(FILE, "CLOSE response"),
        CloseResponse::read);
  }

  @Test
  void responseWithoutAttributes() {
    assertRoundTrip(
        new CloseResponse(false, 0, 0, 0, 0, 0, 0, FileAttributes.NONE), CloseResponse::read);
  }

  @ParameterizedTest
  @CsvSource({"0, 3b00", "40, 0000000000000080", "48, ffffffffffffffff"})
  void hostileResponses(int offset, String patch) {
    assertMalformed(patched(captured(FILE, "CLOSE response"), offset, patch), CloseResponse::read);
  }

  @Test
  void attributesThatWereNotAskedForMeanNothing() {
    byte[] response = encode(new CloseResponse(false, 0, 0, 0, 0, 0, 0, FileAttributes.NONE));
    byte[] garbage = patched(response, 8, "ff".repeat(52));

    assertThat(decode(garbage, CloseResponse::read))
        .isEqualTo(decode(response, CloseResponse::read));
  }
}
