package io.copychunk.message;

import io.copychunk.wire.Command;
import io.copychunk.wire.MalformedMessageException;
import io.copychunk.wire.NtStatus;
import io.copychunk.wire.WireReader;

/**
 * The body of a request, which knows how its response is read.
 *
 * @param <R> the response
 */
public sealed interface Smb2Request<R extends Smb2Response> extends Smb2Message
    permits NegotiateRequest,
        SessionSetupRequest,
        LogoffRequest,
        TreeConnectRequest,
        TreeDisconnectRequest,
        CreateRequest,
        CloseRequest,
        FlushRequest,
        ReadRequest,
        WriteRequest,
        LockRequest,
        IoctlRequest,
        CancelRequest,
        EchoRequest,
        QueryDirectoryRequest,
        QueryInfoRequest,
        SetInfoRequest {
  /**
   * Reads the body of any request, for scripted servers and fuzzers.
   *
   * @param command what the header names
   * @param in stands behind the header; its offsets count from the header's first byte
   * @return the request
   * @throws MalformedMessageException also for a command that has no request here
   */
  static Smb2Request<?> read(Command command, WireReader in) {
    return switch (command) {
      case NEGOTIATE -> NegotiateRequest.read(in);
      case SESSION_SETUP -> SessionSetupRequest.read(in);
      case LOGOFF -> LogoffRequest.read(in);
      case TREE_CONNECT -> TreeConnectRequest.read(in);
      case TREE_DISCONNECT -> TreeDisconnectRequest.read(in);
      case CREATE -> CreateRequest.read(in);
      case CLOSE -> CloseRequest.read(in);
      case FLUSH -> FlushRequest.read(in);
      case READ -> ReadRequest.read(in);
      case WRITE -> WriteRequest.read(in);
      case LOCK -> LockRequest.read(in);
      case IOCTL -> IoctlRequest.read(in);
      case CANCEL -> CancelRequest.read(in);
      case ECHO -> EchoRequest.read(in);
      case QUERY_DIRECTORY -> QueryDirectoryRequest.read(in);
      case QUERY_INFO -> QueryInfoRequest.read(in);
      case SET_INFO -> SetInfoRequest.read(in);
      case CHANGE_NOTIFY, OPLOCK_BREAK, SERVER_TO_CLIENT_NOTIFICATION ->
        throw new MalformedMessageException(
            "Command: " + command + " (expected: one with a request)");
    };
  }

  /**
   * The command that the header names.
   *
   * @return the command
   */
  Command command();

  /**
   * What the CreditCharge is computed from (3.1.5.2): the larger of what is sent and what may come
   * back.
   *
   * @return bytes; 0 for commands that always cost one credit
   */
  default int payloadSize() {
    return 0;
  }

  /**
   * The StructureSize of the response to this request, by which it is told from an error response.
   *
   * @return odd when the response has a variable part
   */
  int responseStructureSize();

  /**
   * Whether a response with this failing status carries the command's own body when its
   * StructureSize says so.
   *
   * @param status the status of the response, not a success
   * @return whether {@link #readResponse} is to be tried
   */
  default boolean accepts(NtStatus status) {
    return false;
  }

  /**
   * Whether a server may answer with STATUS_PENDING first (3.3.4.2).
   *
   * @return true, but for commands that are always answered at once
   */
  default boolean mayPend() {
    return true;
  }

  /**
   * Reads the body of the response.
   *
   * @param in stands behind the header; its offsets count from the header's first byte
   * @return the response
   */
  R readResponse(WireReader in);
}
