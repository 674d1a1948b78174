package io.copychunk.message;

import static io.copychunk.testing.Messages.assertBytes;
import static io.copychunk.testing.Messages.assertMalformed;
import static io.copychunk.testing.Messages.assertRoundTrip;
import static io.copychunk.testing.Messages.captured;
import static io.copychunk.testing.Messages.patched;
import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.wire.Capabilities;
import io.copychunk.wire.NtStatus;
import io.copychunk.wire.Octets;
import io.copychunk.wire.SecurityMode;
import io.copychunk.wire.WireReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SessionSetupTest {
  private static final String FILE = "samba-smb302-cmac-validate.json";
  private static final String FIRST = "SESSION_SETUP 1 (NTLM NEGOTIATE)";
  private static final String SECOND = "SESSION_SETUP 2 (NTLM AUTHENTICATE)";

  @Test
  void request() {
    byte[] bytes = captured(FILE, FIRST);
    assertBytes(
        new SessionSetupRequest(
            false,
            SecurityMode.SIGNING_ENABLED,
            Capabilities.NONE,
            0,
            WireReader.of(bytes).region(88, 40).rest()),
        bytes,
        SessionSetupRequest::read);
  }

  @Test
  void requestThatBindsAndReplaces() {
    assertRoundTrip(
        new SessionSetupRequest(
            true, SecurityMode.SIGNING_REQUIRED, Capabilities.DFS, -2, Octets.ofHex("0102")),
        SessionSetupRequest::read);
  }

  @Test
  void responseWithToken() {
    byte[] bytes = captured(FILE, FIRST + " response");
    assertBytes(
        new SessionSetupResponse(
            SessionFlags.NONE, WireReader.of(bytes).region(72, 128).rest()),
        bytes,
        SessionSetupResponse::read);
  }

  @Test
  void responseWithoutToken() {
    assertBytes(
        new SessionSetupResponse(SessionFlags.NONE, Octets.EMPTY),
        captured(FILE, SECOND + " response"),
        SessionSetupResponse::read);
  }

  @Test
  void anotherLegIsNoError() {
    SessionSetupRequest request =
        new SessionSetupRequest(false, SecurityMode.NONE, Capabilities.NONE, 0, Octets.EMPTY);
    assertThat(request.accepts(NtStatus.MORE_PROCESSING_REQUIRED)).isTrue();
    assertThat(request.accepts(NtStatus.LOGON_FAILURE)).isFalse();
  }

  @ParameterizedTest
  @CsvSource({"0, 0900", "12, 0000", "12, 5700", "12, ffff", "14, 2900", "14, ffff"})
  void hostileRequests(int offset, String patch) {
    assertMalformed(patched(captured(FILE, FIRST), offset, patch), SessionSetupRequest::read);
  }

  @ParameterizedTest
  @CsvSource({"0, 1900", "4, 0000", "4, 4700", "4, ffff", "6, 8100", "6, ffff"})
  void hostileResponses(int offset, String patch) {
    assertMalformed(
        patched(captured(FILE, FIRST + " response"), offset, patch), SessionSetupResponse::read);
  }
}
