package io.copychunk.testing;

import io.copychunk.message.ErrorResponse;
import io.copychunk.message.Smb2Message;
import io.copychunk.message.Smb2Request;
import io.copychunk.wire.NtStatus;
import io.copychunk.wire.Smb2Header;

/**
 * A request that came to a {@link ScriptedPeer}.
 *
 * @param peer where it came to
 * @param header its header
 * @param body its body
 * @param bytes the whole message with its padding
 * @param encrypted whether it came in an encrypted frame
 * @param <Q> the request
 */
public record Received<Q extends Smb2Request<?>>(
    ScriptedPeer peer, Smb2Header header, Q body, byte[] bytes, boolean encrypted) {
  /** An answer, to be changed and sent. */
  public Answer answer(Smb2Message response) {
    return new Answer(this, response);
  }

  /** An ERROR response, to be changed and sent. */
  public Answer refusal(NtStatus status) {
    return answer(ErrorResponse.EMPTY).status(status);
  }

  /** An interim response, to be changed and sent; its AsyncId is the MessageId, as with Samba. */
  public Answer interim() {
    return refusal(NtStatus.PENDING).async(header.messageId()).unsigned();
  }

  /** The same with the body's type known. */
  public <T extends Smb2Request<?>> Received<T> as(Class<T> type) {
    return new Received<>(peer, header, type.cast(body), bytes, encrypted);
  }

  @Override
  public String toString() {
    return "%s #%d %s".formatted(header.command(), header.messageId(), body);
  }
}
