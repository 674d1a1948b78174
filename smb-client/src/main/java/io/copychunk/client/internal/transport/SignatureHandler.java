package io.copychunk.client.internal.transport;

import io.copychunk.client.error.SmbIntegrityException;
import io.copychunk.crypto.MessageSigner;
import io.copychunk.wire.NtStatus;
import io.copychunk.wire.Smb2Header;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;

/**
 * Stage 4: signs what goes out and verifies what comes in, before any body is parsed (3.1.4.1,
 * 3.1.5.1, 3.2.5.1.3).
 *
 * <p>A message that claims to be signed and whose session has a key must verify, else the
 * connection ends. Whether a message had to be signed depends on its request, and is judged by the
 * dispatcher from {@link InboundMessage#verified}.
 */
public final class SignatureHandler extends ChannelDuplexHandler {
  private final SessionKeyLookup keys;

  /**
   * Creates the stage.
   *
   * @param keys the signing keys of the connection's sessions
   */
  public SignatureHandler(SessionKeyLookup keys) {
    this.keys = keys;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) throws SmbIntegrityException {
    InboundMessage message = (InboundMessage) msg;
    Smb2Header header = message.header();
    MessageSigner signer = isToBeVerified(header) ? keys.signer(header.sessionId()) : null;
    if (signer == null) {
      ctx.fireChannelRead(message);
      return;
    }
    if (!signer.verify(message.bytes())) {
      message.release();
      throw new SmbIntegrityException("the signature of the server's "
          + header.command()
          + " response (MessageId "
          + header.messageId()
          + ") is wrong: somebody on the path may be altering messages");
    }
    ctx.fireChannelRead(message.asVerified());
  }

  /** 3.2.5.1.3: neither break notifications nor interim responses are verified. */
  private static boolean isToBeVerified(Smb2Header header) {
    return header.isSigned()
        && header.messageId() != Smb2Header.UNSOLICITED
        && !header.status().equals(NtStatus.PENDING);
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
    EncodedChain encoded = (EncodedChain) msg;
    ByteBuf bytes = encoded.bytes();
    if (encoded.chain().signed()) {
      long sessionId = encoded.chain().messages().get(0).header().sessionId();
      MessageSigner signer = keys.signer(sessionId);
      if (signer == null) {
        bytes.release();
        promise.setFailure(new SmbIntegrityException(
            "no signing key for session 0x" + Long.toHexString(sessionId)));
        return;
      }
      for (int i = 0; i < encoded.messages(); i++) {
        signer.sign(encoded.message(i));
      }
    }
    encoded.chain().sent().accept(bytes);
    ctx.write(bytes.touch("signed"), promise);
  }
}
