package io.copychunk.client.internal.connection;

import io.copychunk.client.config.WireListener;
import io.copychunk.client.error.SmbException;
import io.copychunk.client.error.SmbIntegrityException;
import io.copychunk.client.error.SmbProtocolException;
import io.copychunk.client.error.SmbTransportException;
import io.copychunk.client.internal.transport.InboundMessage;
import io.copychunk.client.internal.transport.Protection;
import io.copychunk.message.ErrorResponse;
import io.copychunk.message.Smb2Request;
import io.copychunk.message.Smb2Response;
import io.copychunk.wire.Command;
import io.copychunk.wire.NtStatus;
import io.copychunk.wire.Smb2Header;
import io.copychunk.wire.WireReader;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.DecoderException;
import java.io.IOException;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stage 5: gives each response to the request that it answers (3.2.5.1.1, 3.2.5.1.2, 3.2.5.1.4 to
 * 3.2.5.1.8). Knows no crypto: it only insists that what had to be signed or encrypted
 * was.
 */
final class Dispatcher extends ChannelInboundHandlerAdapter {
  private static final Logger logger = LoggerFactory.getLogger(Dispatcher.class);

  private final Connection connection;
  private final OutstandingRequests outstanding;
  private final SequenceWindow window;
  private final WireListener listener;
  private final StrayAnswers strays;

  Dispatcher(
      Connection connection,
      OutstandingRequests outstanding,
      SequenceWindow window,
      WireListener listener) {
    this.connection = connection;
    this.outstanding = outstanding;
    this.window = window;
    this.listener = listener;
    this.strays = new StrayAnswers(connection);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) throws SmbException {
    InboundMessage message = (InboundMessage) msg;
    try {
      if (!connection.isClosed()) {
        connection.reading();
        listener.onMessage(false, message.header(), message.bytes().readableBytes());
        receive(message);
      }
    } finally {
      message.release();
    }
  }

  @Override
  public void channelReadComplete(ChannelHandlerContext ctx) {
    connection.readComplete();
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    connection.pump();
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    connection.fail(
        new SmbTransportException(connection + ": the server has closed the connection"));
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    Throwable root =
        cause instanceof DecoderException && cause.getCause() != null ? cause.getCause() : cause;
    if (root instanceof SmbException e) {
      connection.fail(e);
    } else if (root instanceof IOException e) {
      connection.fail(new SmbTransportException(connection + ": " + SocketErrors.reason(e), e));
    } else {
      logger.error("{}: unexpected failure", connection, root);
      connection.fail(new SmbProtocolException(connection + ": unexpected failure: " + root, root));
    }
  }

  private void receive(InboundMessage message) throws SmbException {
    Smb2Header header = message.header();
    if (!header.isResponse()) {
      throw new SmbProtocolException(header.command() + ": SERVER_TO_REDIR is clear");
    }
    if (header.messageId() == Smb2Header.UNSOLICITED) {
      receiveUnsolicited(header);
      return;
    }
    PendingRequest<?> request = outstanding.find(header.messageId());
    if (request == null) {
      strays.drop(header);
      return;
    }
    checkMatch(request, header);
    if (header.status().equals(NtStatus.PENDING)) {
      boolean genuine = request.scope().protection() == Protection.ENCRYPTED;
      if (genuine) {
        requireProtection(request, message);
      }
      receiveInterim(request, header, genuine);
    } else {
      receiveFinal(request, message);
    }
  }

  /**
   * The only oplock that we ever ask for is of level II. No client has to answer when that is broken
   * (3.2.5.19.1), and as nothing is cached, nothing else is to be done.
   */
  private void receiveUnsolicited(Smb2Header header) throws SmbProtocolException {
    if (header.command() != Command.OPLOCK_BREAK) {
      throw new SmbProtocolException(
          "unsolicited message: " + header.command() + " (expected: OPLOCK_BREAK)");
    }
    logger.debug("{}: ignored a break notification", connection);
  }

  /** 3.2.5.1.2, and that the server does not speak of another session or tree. */
  private static void checkMatch(PendingRequest<?> request, Smb2Header header)
      throws SmbProtocolException {
    if (header.command() != request.command()) {
      throw new SmbProtocolException("Command: "
          + header.command()
          + " (expected: "
          + request.command()
          + " for MessageId "
          + header.messageId()
          + ")");
    }
    RequestScope scope = request.scope();
    if (scope.sessionId() != 0 && header.sessionId() != scope.sessionId()) {
      throw new SmbProtocolException(
          "SessionId: 0x%x (expected: 0x%x)".formatted(header.sessionId(), scope.sessionId()));
    }
    if (scope.treeId() != 0 && !header.isAsync() && header.treeId() != scope.treeId()) {
      throw new SmbProtocolException(
          "TreeId: 0x%x (expected: 0x%x)".formatted(header.treeId(), scope.treeId()));
    }
    boolean first = request.asyncId() == 0 && header.status().equals(NtStatus.PENDING);
    if (header.isAsync() && !first && header.asyncId() != request.asyncId()) {
      throw new SmbProtocolException(
          "AsyncId: 0x%x (expected: 0x%x)".formatted(header.asyncId(), request.asyncId()));
    }
  }

  /** 3.2.5.1.1, 3.2.5.1.3: a response must not be protected less than its request was. */
  private static void requireProtection(PendingRequest<?> request, InboundMessage message)
      throws SmbIntegrityException {
    Protection required = request.scope().protection();
    if (!message.protection().isAtLeast(required)) {
      Smb2Header header = message.header();
      throw new SmbIntegrityException("the server's "
          + header.command()
          + " response (MessageId "
          + header.messageId()
          + ", "
          + header.status()
          + ") is not "
          + required.name().toLowerCase(Locale.ROOT)
          + " though its request was");
    }
  }

  /**
   * 3.2.5.1.5: the answer comes later. Interim responses are never signed, but encrypted: one that
   * may be forged prolongs the wait for its own answer, once, and is no sign that the server lives.
   */
  private void receiveInterim(PendingRequest<?> request, Smb2Header header, boolean genuine)
      throws SmbProtocolException {
    if (!request.request().mayPend()
        || !header.isAsync()
        || header.asyncId() == 0
        || request.asyncId() != 0) {
      strays.drop(header);
      return;
    }
    request.asyncId(header.asyncId());
    request.lastHeard(connection.now());
    if (genuine) {
      connection.progressed();
    }
    window.grant(header.credits());
  }

  private <R extends Smb2Response> void receiveFinal(
      PendingRequest<R> request, InboundMessage message) throws SmbException {
    Smb2Header header = message.header();
    requireProtection(request, message);
    connection.answered(request);
    strays.fits();
    window.answered(request.creditCharge());
    window.grant(header.credits());
    outstanding.remove(request);
    request.wasReceived(message.bytes());
    if (connection.holds(request, header.status())) {
      return;
    }
    WireReader in = WireReader.of(message.bytes());
    in.skip(Smb2Header.SIZE);
    try {
      if (carriesOwnBody(request.request(), header.status(), in)) {
        complete(request, new Reply<>(header, request.request().readResponse(in)));
      } else {
        ErrorResponse.read(in); // holds nothing that is acted on, but has to be one
        request.completeExceptionally(
            new FailedRequestException(request.command(), header.status()));
      }
    } catch (RuntimeException e) {
      // Of MalformedMessageException, or of whatever a server's bytes may provoke: somebody waits.
      SmbProtocolException malformed = new SmbProtocolException(
          "malformed " + header.command() + " response: " + e.getMessage(), e);
      request.completeExceptionally(malformed);
      throw malformed;
    }
  }

  private static <R extends Smb2Response> void complete(PendingRequest<R> request, Reply<R> reply) {
    if (request.isAbandoned()) {
      request.lateReply().accept(reply);
    } else {
      request.complete(reply);
    }
  }

  /**
   * A failing status may come with the body of the command all the same: what decides is the
   * StructureSize.
   */
  private static boolean carriesOwnBody(Smb2Request<?> request, NtStatus status, WireReader in) {
    return status.isSuccess()
        || (request.accepts(status) && in.peekU16() == request.responseStructureSize());
  }
}
