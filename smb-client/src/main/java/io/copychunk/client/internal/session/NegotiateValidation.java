package io.copychunk.client.internal.session;

import io.copychunk.client.error.SmbException;
import io.copychunk.client.error.SmbIntegrityException;
import io.copychunk.client.error.SmbTimeoutException;
import io.copychunk.client.error.SmbTransportException;
import io.copychunk.client.internal.connection.Connection;
import io.copychunk.client.internal.connection.FailedRequestException;
import io.copychunk.client.internal.connection.NegotiateOffer;
import io.copychunk.client.internal.connection.NegotiatedProtocol;
import io.copychunk.client.internal.connection.RequestScope;
import io.copychunk.client.internal.transport.Protection;
import io.copychunk.message.IoctlRequest;
import io.copychunk.message.IoctlResponse;
import io.copychunk.message.NegotiateResponse;
import io.copychunk.message.fsctl.ValidateNegotiateInfo;
import io.copychunk.message.fsctl.ValidateNegotiateInfoResponse;
import io.copychunk.wire.Dialect;
import io.copychunk.wire.FileId;
import io.copychunk.wire.MalformedMessageException;
import io.copychunk.wire.NtStatus;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Asks the server under a signature whether it saw the NEGOTIATE that we sent, once per session on
 * its first tree connect (3.2.5.5, 3.2.5.14.12). Needed where a 3.x dialect was offered and less
 * than 3.1.1, which protects itself, was agreed on. Confined to the event loop.
 */
final class NegotiateValidation {
  /** How servers that know 2.x only refuse, acceptable since the refusal is signed. */
  private static final Set<NtStatus> REFUSALS_OF_OLD_SERVERS =
      Set.of(NtStatus.FILE_CLOSED, NtStatus.INVALID_DEVICE_REQUEST, NtStatus.NOT_SUPPORTED);

  private final Connection connection;
  private final NegotiatedProtocol protocol;
  private boolean done;

  NegotiateValidation(Connection connection, NegotiatedProtocol protocol) {
    this.connection = connection;
    this.protocol = protocol;
  }

  /**
   * Validates, unless it was done or is not needed.
   *
   * @param scope of a tree that was just connected
   * @return completes when the negotiation is known to be genuine; when it is not, or the server does
   *     not say, the connection is closed and the future fails with {@link SmbIntegrityException} or
   *     {@link SmbTimeoutException}; when the question was not even asked, as by a session that was
   *     closed, the future alone fails
   */
  CompletableFuture<Void> validate(RequestScope scope) {
    NegotiateOffer offer = protocol.offer();
    boolean offered3x =
        offer.dialects().stream().anyMatch(dialect -> dialect.isAtLeast(Dialect.SMB_3_0));
    boolean provable = scope.protection().isAtLeast(Protection.SIGNED);
    if (done || !provable || !offered3x || protocol.dialect() == Dialect.SMB_3_1_1) {
      return CompletableFuture.completedFuture(null);
    }
    ValidateNegotiateInfo info = new ValidateNegotiateInfo(
        offer.capabilities(), offer.clientGuid(), offer.securityMode(), offer.dialects());
    CompletableFuture<Void> result = new CompletableFuture<>();
    connection
        .send(scope, IoctlRequest.of(FileId.PREVIOUS, info))
        .whenComplete((reply, failure) -> {
          SmbException error = failure == null
              ? check(protocol, info, reply.status(), reply.body())
              : checkRefusal(protocol, failure);
          if (error == null) {
            done = true;
            result.complete(null);
          } else {
            if (error.scope() == SmbException.Scope.CONNECTION) {
              connection.close(error);
            }
            result.completeExceptionally(error);
          }
        });
    return result;
  }

  private @Nullable SmbException check(
      NegotiatedProtocol protocol,
      ValidateNegotiateInfo info,
      NtStatus status,
      IoctlResponse response) {
    if (!status.isSuccess()) {
      return tampered("VALIDATE_NEGOTIATE_INFO failed: " + status);
    }
    try {
      ValidateNegotiateInfoResponse seen = info.readOutput(response.output().reader());
      NegotiateResponse negotiated = protocol.response();
      boolean genuine = seen.capabilities().equals(negotiated.capabilities())
          && seen.serverGuid().equals(negotiated.serverGuid())
          && seen.securityMode().equals(negotiated.securityMode())
          && seen.dialect() == negotiated.dialect();
      return genuine ? null : tampered("the server says that it negotiated " + seen);
    } catch (MalformedMessageException e) {
      return tampered(e.getMessage());
    }
  }

  private @Nullable SmbException checkRefusal(NegotiatedProtocol protocol, Throwable failure) {
    if (failure instanceof FailedRequestException failed) {
      boolean old = !protocol.dialect().isAtLeast(Dialect.SMB_3_0)
          && REFUSALS_OF_OLD_SERVERS.contains(failed.status());
      return old ? null : tampered("VALIDATE_NEGOTIATE_INFO failed: " + failed.status());
    }
    if (failure instanceof SmbTransportException) {
      return tampered("the server closed the connection on VALIDATE_NEGOTIATE_INFO");
    }
    if (failure instanceof SmbTimeoutException) {
      return new SmbTimeoutException(
          connection + ": no answer to VALIDATE_NEGOTIATE_INFO, which proves the negotiation",
          SmbException.Scope.CONNECTION);
    }
    return failure instanceof SmbException e ? e : tampered(failure.toString());
  }

  private SmbIntegrityException tampered(@Nullable String why) {
    return new SmbIntegrityException(
        connection + ": the negotiation may have been tampered with: " + why);
  }
}
