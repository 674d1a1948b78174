package io.copychunk.message;

import static io.copychunk.testing.Messages.assertBytes;
import static io.copychunk.testing.Messages.assertMalformed;
import static io.copychunk.testing.Messages.assertRoundTrip;
import static io.copychunk.testing.Messages.captured;
import static io.copychunk.testing.Messages.decode;
import static io.copychunk.testing.Messages.encode;
import static io.copychunk.testing.Messages.patched;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.copychunk.message.context.EncryptionCapabilities;
import io.copychunk.message.context.NegotiateContext;
import io.copychunk.message.context.NetnameNegotiateContextId;
import io.copychunk.message.context.PreauthIntegrityCapabilities;
import io.copychunk.message.context.SigningCapabilities;
import io.copychunk.wire.Capabilities;
import io.copychunk.wire.Dialect;
import io.copychunk.wire.Guid;
import io.copychunk.wire.Octets;
import io.copychunk.wire.SecurityMode;
import io.copychunk.wire.WireReader;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NegotiateTest {
  private static final String SMB302 = "samba-smb302-cmac-validate.json";
  private static final String SMB311 = "samba-smb311-full.json";
  private static final Guid CLIENT =
      Guid.of(UUID.fromString("33221100-5544-7766-8899-aabbccddeeff"));
  private static final Guid SERVER =
      Guid.of(UUID.fromString("7374616b-7672-0000-0000-000000000000"));

  @Test
  void requestBefore311HasNoContexts() {
    assertBytes(
        new NegotiateRequest(
            List.of(Dialect.SMB_2_0_2, Dialect.SMB_2_1, Dialect.SMB_3_0, Dialect.SMB_3_0_2),
            SecurityMode.SIGNING_ENABLED,
            new Capabilities(0x7F),
            CLIENT,
            List.of()),
        captured(SMB302, "NEGOTIATE"),
        NegotiateRequest::read);
  }

  @Test
  void requestOf311HasContexts() {
    assertBytes(
        new NegotiateRequest(
            List.of(Dialect.values()),
            SecurityMode.SIGNING_ENABLED,
            new Capabilities(0x7F),
            CLIENT,
            List.of(
                new PreauthIntegrityCapabilities(
                    List.of(PreauthIntegrityCapabilities.SHA_512),
                    Octets.ofHex(
                        "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f")),
                new EncryptionCapabilities(List.of(2, 1, 4, 3)),
                new SigningCapabilities(List.of(2, 1, 0)),
                new NetnameNegotiateContextId("127.0.0.1"))),
        captured(SMB311, "NEGOTIATE"),
        NegotiateRequest::read);
  }

  @Test
  void responseOf302() {
    byte[] bytes = captured(SMB302, "NEGOTIATE response");
    assertBytes(
        new NegotiateResponse(
            SecurityMode.SIGNING_ENABLED,
            Dialect.SMB_3_0_2,
            SERVER,
            new Capabilities(0x4F),
            8 << 20,
            8 << 20,
            8 << 20,
            0x01dd7a9a337f3204L,
            0,
            WireReader.of(bytes).region(128, 74).rest(),
            List.of()),
        bytes,
        NegotiateResponse::read);
  }

  @Test
  void responseOf311HasContexts() {
    byte[] bytes = captured(SMB311, "NEGOTIATE response");
    NegotiateResponse response = decode(bytes, NegotiateResponse::read);
    assertThat(response.dialect()).isEqualTo(Dialect.SMB_3_1_1);
    assertThat(response.contexts())
        .hasSize(3)
        .contains(
            new EncryptionCapabilities(List.of(EncryptionCapabilities.AES_128_GCM)),
            new SigningCapabilities(List.of(SigningCapabilities.AES_GMAC)));
    assertBytes(response, bytes, NegotiateResponse::read);
  }

  @Test
  void responseWithoutSecurityBuffer() {
    assertRoundTrip(
        new NegotiateResponse(
            SecurityMode.SIGNING_REQUIRED,
            Dialect.SMB_3_1_1,
            SERVER,
            Capabilities.LARGE_MTU,
            0xFFFFFFFFL,
            65536,
            65536,
            1,
            2,
            Octets.EMPTY,
            List.of(new SigningCapabilities(List.of(1)))),
        NegotiateResponse::read);
  }

  @Test
  void contextFieldsAreReservedBefore311() {
    byte[] bytes = captured(SMB302, "NEGOTIATE response");
    byte[] reserved = patched(patched(bytes, 6, "ffff"), 60, "ffffffff");
    assertThat(decode(reserved, NegotiateResponse::read))
        .isEqualTo(decode(bytes, NegotiateResponse::read));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 2500, StructureSize",
    "2, 0000, no dialect",
    "2, 4100, 65 dialects",
    "28, 71000000, unaligned contexts",
    "28, 00000000, contexts in the header",
    "28, 60000000, contexts in the fixed part",
    "28, f8ffffff, contexts behind the end",
    "32, 0500, one context too many",
    "32, 4100, 65 contexts",
    "36, ff02, a dialect that is none",
    "50, ffff, DataLength behind the end"
  })
  void hostileRequests(int offset, String patch, String what) {
    assertMalformed(patched(captured(SMB311, "NEGOTIATE"), offset, patch), NegotiateRequest::read);
  }

  @ParameterizedTest
  @CsvSource({
    "4, ff02, a dialect that is none",
    "6, ffff, too many contexts",
    "56, 4000, security buffer in the body",
    "56, ffff, security buffer behind the end",
    "58, ffff, security buffer too long",
    "60, 00000000, contexts in the header",
    "60, f8ffffff, contexts behind the end"
  })
  void hostileResponses(int offset, String patch, String what) {
    assertMalformed(
        patched(captured(SMB311, "NEGOTIATE response"), offset, patch), NegotiateResponse::read);
  }

  @Test
  void contextsNeed311() {
    assertThatThrownBy(
            () -> request(List.of(Dialect.SMB_3_0), List.of(new SigningCapabilities(List.of(1)))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("contexts: 1 (expected: none without dialect 3.1.1)");
  }

  @Test
  void aDialectIsNeeded() {
    assertThatThrownBy(() -> request(List.of(), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aKnownContextComesOnce() {
    SigningCapabilities signing = new SigningCapabilities(List.of(1));
    assertMalformed(
        encode(request(List.of(Dialect.SMB_3_1_1), List.of(signing, signing))),
        NegotiateRequest::read);
  }

  private static NegotiateRequest request(List<Dialect> dialects, List<NegotiateContext> contexts) {
    return new NegotiateRequest(
        dialects, SecurityMode.NONE, Capabilities.NONE, Guid.ZERO, contexts);
  }
}
