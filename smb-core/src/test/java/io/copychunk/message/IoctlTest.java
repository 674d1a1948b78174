package io.copychunk.message;

import static io.copychunk.testing.Messages.assertBytes;
import static io.copychunk.testing.Messages.assertMalformed;
import static io.copychunk.testing.Messages.assertPrefixesMalformed;
import static io.copychunk.testing.Messages.assertRoundTrip;
import static io.copychunk.testing.Messages.captured;
import static io.copychunk.testing.Messages.decode;
import static io.copychunk.testing.Messages.encode;
import static io.copychunk.testing.Messages.patched;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.copychunk.message.fsctl.FsctlCode;
import io.copychunk.message.fsctl.RawFsctl;
import io.copychunk.message.fsctl.SrvCopyChunk;
import io.copychunk.message.fsctl.SrvCopyChunkCopy;
import io.copychunk.message.fsctl.SrvRequestResumeKey;
import io.copychunk.wire.FileId;
import io.copychunk.wire.MalformedMessageException;
import io.copychunk.wire.NtStatus;
import io.copychunk.wire.Octets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IoctlTest {
  private static final String FILE = "samba-smb311-gmac.json";
  private static final String RESUME_KEY = "IOCTL 0x00140078 FSCTL_SRV_REQUEST_RESUME_KEY";
  private static final String COPYCHUNK = "IOCTL 0x001440f2 FSCTL_SRV_COPYCHUNK";
  private static final FileId SOURCE = new FileId(0xeb1a2396L, 0x6480de8cL);
  private static final FileId DESTINATION = new FileId(0x988fb7c8L, 0xfabd247dL);
  private static final Octets KEY =
      Octets.ofHex("96231aeb000000008cde8064000000007800140000000000");

  private final IoctlRequest resumeKey = IoctlRequest.of(SOURCE, new SrvRequestResumeKey());

  @Test
  void resumeKeyRequest() {
    assertBytes(resumeKey, captured(FILE, RESUME_KEY), IoctlRequest::read);
  }

  @Test
  void copyChunkRequest() {
    assertBytes(
        IoctlRequest.of(
            DESTINATION,
            new SrvCopyChunkCopy(
                KEY,
                List.of(new SrvCopyChunk(0, 0, 65536), new SrvCopyChunk(65536, 65536, 65536)),
                false)),
        captured(FILE, COPYCHUNK),
        IoctlRequest::read);
  }

  @Test
  void resumeKeyResponse() {
    assertBytes(
        new IoctlResponse(
            FsctlCode.SRV_REQUEST_RESUME_KEY,
            SOURCE,
            0,
            Octets.EMPTY,
            Octets.ofHex(KEY.hex() + "0000000000000000")),
        captured(FILE, RESUME_KEY + " response"),
        resumeKey::readResponse);
  }

  @Test
  void responseThatSendsTheInputBack() {
    assertRoundTrip(
        new IoctlResponse(1, SOURCE, 0, Octets.ofHex("010203"), Octets.ofHex("0405")),
        IoctlResponse::read);
  }

  @Test
  void responseWithoutOutput() {
    IoctlResponse response = new IoctlResponse(1, SOURCE, 0, Octets.EMPTY, Octets.EMPTY);
    assertRoundTrip(response, IoctlResponse::read);
  }

  @Test
  void theResponseMustEchoTheControlCode() {
    assertRefused(
        patched(captured(FILE, RESUME_KEY + " response"), 4, "f2"), "CtlCode: 0x001400f2");
  }

  @Test
  void theResponseMustEchoTheFileId() {
    assertRefused(patched(captured(FILE, RESUME_KEY + " response"), 8, "00"), "FileId: ");
  }

  @Test
  void inACompoundTheFileIdIsNotKnown() {
    IoctlRequest request = IoctlRequest.of(FileId.PREVIOUS, new SrvRequestResumeKey());
    byte[] response = captured(FILE, RESUME_KEY + " response");
    assertThat(decode(response, request::readResponse).fileId()).isEqualTo(SOURCE);
    assertPrefixesMalformed(response, request::readResponse);
  }

  @Test
  void moreOutputThanAskedForIsRefused() {
    IoctlRequest request = IoctlRequest.of(SOURCE, new SrvRequestResumeKey(31));
    assertThatThrownBy(
            () -> decode(captured(FILE, RESUME_KEY + " response"), request::readResponse))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessage("OutputCount: 32 (expected: <= 31)");
  }

  @Test
  void theOffsetOfNothingMeansNothing() {
    byte[] bytes = patched(captured(FILE, RESUME_KEY + " response"), 24, "ffffffff");
    assertThat(decode(bytes, resumeKey::readResponse).output().size()).isEqualTo(32);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0900, StructureSize of an error",
    "28, 21000000, input too long",
    "28, ffffffff, input far too long",
    "32, 00000000, output in the header",
    "32, 6f000000, output in the fixed part",
    "32, 71000000, output behind the end",
    "32, ffffffff, output far behind the end",
    "36, 21000000, output too long",
    "36, ffffffff, output far too long"
  })
  void hostileResponses(int offset, String patch, String what) {
    assertMalformed(
        patched(captured(FILE, RESUME_KEY + " response"), offset, patch), resumeKey::readResponse);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 3100",
    "24, 00000000",
    "24, 77000000",
    "24, ffffffff",
    "28, 51000000",
    "28, ffffffff"
  })
  void hostileRequests(int offset, String patch) {
    assertMalformed(patched(captured(FILE, COPYCHUNK), offset, patch), IoctlRequest::read);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0x1_0000_0000L})
  void sizesFitInto32Bits(long size) {
    assertThatThrownBy(() -> new IoctlRequest(1, SOURCE, Octets.EMPTY, size, 0, true))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new IoctlRequest(1, SOURCE, Octets.EMPTY, 0, size, true))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 32, 32",
    "100, 0, 12, 100",
    "0, 70000, 70000, 140000",
    "0, 4294967295, 4294967295, 2147483647"
  })
  void theLargerSideCostsCredits(int input, long maxInput, long maxOutput, int payloadSize) {
    Octets octets = Octets.copyOf(new byte[input]);
    assertThat(new IoctlRequest(1, SOURCE, octets, maxInput, maxOutput, true).payloadSize())
        .isEqualTo(payloadSize);
  }

  @Test
  void anyStatusMayComeWithABody() {
    assertThat(resumeKey.accepts(NtStatus.INVALID_PARAMETER)).isTrue();
    assertThat(resumeKey.responseStructureSize()).isEqualTo(49);
  }

  @Test
  void namesAreShownAndContentIsNot() {
    assertThat(resumeKey.toString())
        .isEqualTo("IoctlRequest[controlCode=SRV_REQUEST_RESUME_KEY, "
            + "fileId=0x00000000eb1a2396:0x000000006480de8c, input=Octets[0], "
            + "maxOutputResponse=32]");
    assertThat(IoctlRequest.of(SOURCE, new RawFsctl(0x12345678, KEY, 0)).toString())
        .contains("0x12345678", "Octets[24]");
  }

  private void assertRefused(byte[] response, String message) {
    assertThat(encode(decode(response, IoctlResponse::read))).isEqualTo(response);
    assertThatThrownBy(() -> decode(response, resumeKey::readResponse))
        .isInstanceOf(MalformedMessageException.class)
        .hasMessageStartingWith(message);
  }
}
