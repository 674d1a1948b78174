package io.copychunk.message;

import static io.copychunk.testing.Messages.assertMalformed;
import static io.copychunk.testing.Messages.assertPrefixesMalformed;
import static io.copychunk.testing.Messages.assertRoundTrip;
import static io.copychunk.testing.Messages.decode;
import static io.copychunk.testing.Messages.encode;
import static io.copychunk.testing.Messages.patched;
import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.testing.Vectors;
import io.copychunk.wire.Command;
import io.copychunk.wire.WireReader;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** LOGOFF, TREE_DISCONNECT, ECHO and CANCEL, whose bodies say nothing. */
class BodilessTest {
  static Stream<Smb2Request<?>> requests() {
    return Stream.of(
        new LogoffRequest(), new TreeDisconnectRequest(), new EchoRequest(), new CancelRequest());
  }

  @ParameterizedTest
  @MethodSource("requests")
  void request(Smb2Request<?> request) {
    byte[] bytes = encode(request);
    assertThat(bytes).isEqualTo(Vectors.hex("00".repeat(64) + "04000000"));
    assertRoundTrip(request, in -> Smb2Request.read(request.command(), in));
    assertMalformed(patched(bytes, 0, "05"), in -> Smb2Request.read(request.command(), in));
    assertThat(request.payloadSize()).isZero();
  }

  @ParameterizedTest
  @MethodSource("requests")
  void response(Smb2Request<?> request) {
    if (request.command() == Command.CANCEL) {
      return;
    }
    byte[] bytes = Vectors.hex("00".repeat(64) + "04000000");
    WireReader in = WireReader.of(bytes);
    in.skip(64);
    Smb2Response response = request.readResponse(in);
    assertThat(encode(response)).isEqualTo(bytes);
    assertPrefixesMalformed(bytes, request::readResponse);
    assertMalformed(patched(bytes, 0, "09"), request::readResponse);
  }

  @Test
  void onlyAnErrorCouldAnswerCancel() {
    CancelRequest cancel = new CancelRequest();
    assertThat(cancel.responseStructureSize()).isEqualTo(ErrorResponse.STRUCTURE_SIZE);
    assertThat(decode(encode(ErrorResponse.EMPTY), cancel::readResponse))
        .isEqualTo(ErrorResponse.EMPTY);
  }
}
