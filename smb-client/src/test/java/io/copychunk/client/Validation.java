package io.copychunk.client;

import io.copychunk.message.IoctlRequest;
import io.copychunk.message.NegotiateResponse;
import io.copychunk.message.fsctl.FsctlCode;
import io.copychunk.message.fsctl.ValidateNegotiateInfoResponse;
import io.copychunk.testing.Answer;
import io.copychunk.testing.Received;
import io.copychunk.testing.Responses;
import io.copychunk.testing.ScriptedServer;
import io.copychunk.wire.FileId;
import io.copychunk.wire.Octets;
import io.copychunk.wire.WireWriter;
import org.assertj.core.api.Assertions;

/** The server's part of VALIDATE_NEGOTIATE_INFO. */
final class Validation {
  private Validation() {}

  /** Confirms what a server of the negotiated dialect has answered. */
  static void genuine(Flow flow) {
    genuine(expect(flow), ScriptedServer.negotiateResponse(flow.connection.dialect()));
  }

  /** Confirms what a server has answered. */
  static void genuine(Received<IoctlRequest> request, NegotiateResponse told) {
    answer(
            request,
            new ValidateNegotiateInfoResponse(
                told.capabilities(), told.serverGuid(), told.securityMode(), told.dialect()))
        .send();
  }

  static Received<IoctlRequest> expect(Flow flow) {
    Received<IoctlRequest> request = flow.peer.expect(IoctlRequest.class);
    Assertions.assertThat(request.body().controlCode())
        .isEqualTo(FsctlCode.VALIDATE_NEGOTIATE_INFO);
    Assertions.assertThat(request.header().isSigned()).isTrue();
    return request;
  }

  static Answer answer(Received<IoctlRequest> request, ValidateNegotiateInfoResponse told) {
    return request.answer(Responses.output(
        request.body(), FileId.PREVIOUS, Octets.copyOf(WireWriter.toBytes(told::writeOutput))));
  }
}
