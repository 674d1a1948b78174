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

import io.copychunk.fscc.FileEndOfFileInformation;
import io.copychunk.fscc.FileStandardInformation;
import io.copychunk.fscc.InfoType;
import io.copychunk.wire.FileId;
import io.copychunk.wire.NtStatus;
import io.copychunk.wire.Octets;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** READ, WRITE, FLUSH, LOCK, QUERY_INFO, SET_INFO and QUERY_DIRECTORY. */
class FileCommandsTest {
  private static final FileId FILE_ID = new FileId(0x11, 0x22);
  private static final ByteBuffer DATA = ByteBuffer.wrap(new byte[] {1, 2, 3, 4, 5});

  @Test
  void requests() {
    assertRoundTrip(new ReadRequest(FILE_ID, 1L << 40, 65_536, 3), ReadRequest::read);
    assertRoundTrip(new WriteRequest(FILE_ID, 1L << 40, DATA, true), WriteRequest::read);
    assertRoundTrip(new FlushRequest(FILE_ID), FlushRequest::read);
    assertRoundTrip(
        new LockRequest(
            0x31, FILE_ID, List.of(LockElement.exclusive(1, 2), LockElement.shared(1L << 40, 5))),
        LockRequest::read);
    assertRoundTrip(
        new QueryDirectoryRequest(
            37, QueryDirectoryRequest.RESTART_SCANS, 5, FILE_ID, "*.bin", 65_536),
        QueryDirectoryRequest::read);
    assertRoundTrip(
        new QueryInfoRequest(
            InfoType.FILE, 15, 1000, 1, 2, FileId.PREVIOUS, Octets.ofHex("010203")),
        QueryInfoRequest::read);
    assertRoundTrip(
        SetInfoRequest.of(FILE_ID, new FileEndOfFileInformation(7)), SetInfoRequest::read);
  }

  @Test
  void responses() {
    assertRoundTrip(new ReadResponse(DATA, 6), ReadResponse::read);
    assertRoundTrip(new WriteResponse(5), WriteResponse::read);
    assertRoundTrip(new FlushResponse(), FlushResponse::read);
    assertRoundTrip(new LockResponse(), LockResponse::read);
    assertRoundTrip(new QueryDirectoryResponse(Octets.ofHex("0102")), QueryDirectoryResponse::read);
    assertRoundTrip(new QueryInfoResponse(Octets.ofHex("0102")), QueryInfoResponse::read);
    assertRoundTrip(new SetInfoResponse(), SetInfoResponse::read);
  }

  @Test
  void aQueryAsARealClientHasSentIt() {
    String file = "samba-smb311-gmac.json";
    QueryInfoRequest asked =
        decode(captured(file, "QUERY_INFO FileStandardInformation"), QueryInfoRequest::read);

    assertBytes(
        QueryInfoRequest.of(
            asked.fileId(), FileStandardInformation.CLASS, asked.outputBufferLength()),
        captured(file, "QUERY_INFO FileStandardInformation"),
        QueryInfoRequest::read);
  }

  @Test
  void creditsAreChargedForDataInEitherDirection() {
    assertThat(new ReadRequest(FILE_ID, 0, 100_000, 0).payloadSize()).isEqualTo(100_000);
    assertThat(new WriteRequest(FILE_ID, 0, DATA, false).payloadSize()).isEqualTo(5);
    assertThat(new QueryDirectoryRequest(37, 0, 0, FILE_ID, "*", 70_000).payloadSize())
        .isEqualTo(70_000);
    assertThat(QueryInfoRequest.of(FILE_ID, FileStandardInformation.CLASS, 99).payloadSize())
        .isEqualTo(99);
  }

  @Test
  void moreThanWasAskedForIsRefused() {
    byte[] read = encode(new ReadResponse(DATA, 0));
    byte[] written = encode(new WriteResponse(6));
    byte[] output = encode(new QueryInfoResponse(Octets.ofHex("010203")));

    assertMalformed(read, in -> new ReadRequest(FILE_ID, 0, 4, 0).readResponse(in));
    assertThat(decode(read, in -> new ReadRequest(FILE_ID, 0, 5, 0).readResponse(in))
            .data())
        .isEqualTo(DATA);
    assertMalformed(written, in -> new WriteRequest(FILE_ID, 0, DATA, false).readResponse(in));
    assertMalformed(
        output,
        in -> QueryInfoRequest.of(FILE_ID, FileStandardInformation.CLASS, 2).readResponse(in));
    assertMalformed(
        encode(new QueryDirectoryResponse(Octets.ofHex("010203"))),
        in -> new QueryDirectoryRequest(37, 0, 0, FILE_ID, "*", 2).readResponse(in));
  }

  @ParameterizedTest
  @CsvSource({
    "2, 00", // DataOffset in front of the data, where the header is
    "2, 4f",
    "2, ff",
    "4, ffffffff",
    "4, 06000000"
  })
  void readResponsesThatPointElsewhere(int offset, String patch) {
    assertMalformed(patched(encode(new ReadResponse(DATA, 0)), offset, patch), ReadResponse::read);
  }

  @ParameterizedTest
  @CsvSource({"2, ffff", "2, 6f00", "4, ffffffff", "4, 06000000"})
  void writeRequestsThatPointElsewhere(int offset, String patch) {
    assertMalformed(
        patched(encode(new WriteRequest(FILE_ID, 0, DATA, false)), offset, patch),
        WriteRequest::read);
  }

  @ParameterizedTest
  @CsvSource({"2, 0000", "2, 0300"})
  void lockRequestsWithAnotherCount(int offset, String patch) {
    assertMalformed(
        patched(encode(new LockRequest(FILE_ID, List.of(LockElement.unlock(1, 2)))), offset, patch),
        LockRequest::read);
    assertThatThrownBy(() -> new LockRequest(FILE_ID, List.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void informationThatWasCutIsAnAnswer() {
    assertThat(QueryInfoRequest.of(FILE_ID, FileStandardInformation.CLASS, 2)
            .accepts(NtStatus.BUFFER_OVERFLOW))
        .isTrue();
    assertThat(new ReadRequest(FILE_ID, 0, 4, 0).accepts(NtStatus.BUFFER_OVERFLOW))
        .isTrue();
    assertThat(new ReadRequest(FILE_ID, 0, 4, 0).accepts(NtStatus.END_OF_FILE)).isFalse();
  }

  @Test
  void dataIsNotShown() {
    assertThat(new ReadResponse(DATA, 0).toString()).contains("5 bytes").doesNotContain("1, 2");
    assertThat(new WriteRequest(FILE_ID, 0, DATA, false).toString()).contains("5 bytes");
  }

  @Test
  void dataThatIsWrittenKeepsItsPlace() {
    ByteBuffer data = ByteBuffer.wrap(new byte[] {9, 1, 2, 9}, 1, 2);

    encode(new WriteRequest(FILE_ID, 0, data, false));

    assertThat(data.position()).isEqualTo(1);
    assertThat(data.remaining()).isEqualTo(2);
  }
}
