package io.copychunk.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.message.fsctl.SrvCopyChunkResponse;
import io.copychunk.message.fsctl.SrvRequestResumeKeyResponse;
import io.copychunk.testing.Captures.Message;
import io.copychunk.testing.ErrorMatrix;
import io.copychunk.testing.ErrorMatrix.Case;
import io.copychunk.wire.Command;
import io.copychunk.wire.FileId;
import io.copychunk.wire.HeaderFlags;
import io.copychunk.wire.NtStatus;
import io.copychunk.wire.Octets;
import io.copychunk.wire.Signature;
import io.copychunk.wire.Smb2Header;
import io.copychunk.wire.WireWriter;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What Samba answers to all kinds of IOCTL requests is read for what it is, and written again. */
class SambaErrorMatrixTest {
  private static final int ERROR = 9;
  private static final int IOCTL = 49;
  private static final FileId FILE_ID = new FileId(0xF1, 0xF2);

  static Stream<Case> answered() {
    return ErrorMatrix.cases().filter(Case::isAnswered);
  }

  static Stream<Case> errors() {
    return answered().filter(given -> given.structureSize() == ERROR);
  }

  static Stream<Case> keys() {
    return outputs().filter(Case::isResumeKey);
  }

  static Stream<Case> copies() {
    return outputs().filter(Case::isCopyChunk);
  }

  static Stream<Case> otherOutputs() {
    return outputs().filter(given -> !given.isResumeKey() && !given.isCopyChunk());
  }

  private static Stream<Case> outputs() {
    return answered().filter(given -> given.structureSize() == IOCTL);
  }

  @Test
  void noCaseIsLeftOut() {
    assertThat(ErrorMatrix.cases()).hasSize(126);
    assertThat(ErrorMatrix.cases().map(Case::name)).doesNotHaveDuplicates();
    assertThat(ErrorMatrix.cases().filter(given -> !given.isAnswered()).map(Case::name))
        .containsExactly("CC foreign key, fresh smbd process that never issued a key");
    assertThat(errors()).hasSize(44);
    assertThat(keys()).hasSize(16);
    assertThat(copies()).hasSize(57);
    assertThat(otherOutputs()).hasSize(8);
  }

  @ParameterizedTest
  @MethodSource("answered")
  void theStatusIsKnownByName(Case given) {
    assertThat(given.status().name()).isEqualTo("STATUS_" + given.statusName());
  }

  @ParameterizedTest
  @MethodSource("errors")
  void anErrorIsToldByItsStructureSize(Case given) {
    assertThat(given.status().isSuccess()).isFalse();

    assertThat(read(given, given.error().toByteArray())).isEqualTo(ErrorResponse.EMPTY);
  }

  @ParameterizedTest
  @MethodSource("keys")
  void aKeyIsTheFirstPartOfTheOutput(Case given) {
    assertThat(given.status()).isEqualTo(NtStatus.SUCCESS);
    SrvRequestResumeKeyResponse response = (SrvRequestResumeKeyResponse) output(given);

    assertThat(response.resumeKey().hex() + "0000000000000000")
        .isEqualTo(given.output().hex());
    assertThat(response.contextLength()).isZero();
    assertThat(response.context()).isEqualTo(Octets.EMPTY);
    assertThat(WireWriter.toBytes(response::writeOutput))
        .isEqualTo(given.output().toByteArray());
  }

  @ParameterizedTest
  @MethodSource("copies")
  void aCopyHasItsThreeNumbersWhateverTheStatus(Case given) {
    SrvCopyChunkResponse response = (SrvCopyChunkResponse) output(given);

    assertThat(response).isEqualTo(given.counters());
    assertThat(WireWriter.toBytes(response::writeOutput))
        .isEqualTo(given.output().toByteArray());
  }

  @ParameterizedTest
  @MethodSource("otherOutputs")
  void otherOutputIsLeftAsItIs(Case given) {
    assertThat(given.status()).isEqualTo(NtStatus.SUCCESS);

    assertThat(output(given)).isEqualTo(given.output());
  }

  /** The output of an IOCTL response, as the FSCTL reads it that was sent. */
  private static Object output(Case given) {
    IoctlResponse response = (IoctlResponse) read(given, ioctlBody(given));
    assertThat(response)
        .isEqualTo(new IoctlResponse(
            given.fsctl().controlCode(), FILE_ID, 0, Octets.EMPTY, given.output()));
    assertThat(response.output().size()).isEqualTo(given.outputCount());
    return given.fsctl().readOutput(response.output().reader());
  }

  /** Reads the message as the client does that sent the request, and checks that we write it so. */
  private static Smb2Message read(Case given, byte[] body) {
    Smb2Header header = header(given.status());
    byte[] bytes = WireWriter.toBytes(out -> {
      header.write(out);
      out.octets(Octets.copyOf(body));
    });
    assertThat(given.isSize(bytes.length)).as("%d bytes", bytes.length).isTrue();
    IoctlRequest request = new IoctlRequest(
        given.fsctl().controlCode(), FILE_ID, Octets.EMPTY, 0, given.maxOutput(), true);

    Smb2Message message = new Message(given.name(), bytes, header, request).decode();
    assertThat(WireWriter.toBytes(out -> {
          header.write(out);
          message.writeBody(out);
        }))
        .isEqualTo(bytes);
    return message;
  }

  private static byte[] ioctlBody(Case given) {
    byte[] output = given.output().toByteArray();
    ByteBuffer body = ByteBuffer.allocate(48 + output.length).order(ByteOrder.LITTLE_ENDIAN);
    body.putShort((short) IOCTL).putShort((short) 0).putInt(given.fsctl().controlCode());
    body.putLong(FILE_ID.persistent()).putLong(FILE_ID.volatileId());
    body.putInt(112).putInt(0); // where the input would be
    body.putInt(112).putInt(given.outputCount());
    return body.putLong(0).put(output).array();
  }

  private static Smb2Header header(NtStatus status) {
    return new Smb2Header(
        1, status, Command.IOCTL, 1, HeaderFlags.SERVER_TO_REDIR, 0, 7, 1, 0, 1, Signature.NONE);
  }
}
