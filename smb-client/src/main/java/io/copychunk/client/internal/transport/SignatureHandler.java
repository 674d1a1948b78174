package io.copychunk.client.internal.transport;

import io.copychunk.client.error.SmbIntegrityException;
import io.copychunk.wire.NtStatus;
import io.copychunk.wire.Smb2Header;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;

/**
 * Stage 4: signs what goes out and verifies what comes in, before any body is parsed (3.1.4.1,
 * 3.1.5.1, 3.2.5.1.3).
 *
 * <p>A message that claims to be signed and whose session has a key must verify, else the
 * connection ends. Whether a message had to be signed depends on its request, and is judged by the
 * dispatcher from {@link InboundMessage#protection}.
 */
public final class SignatureHandler extends ChannelDuplexHandler {
  private final CipherLookup ciphers;

  /**
   * Creates the stage.
   *
   * @param ciphers of the connection's sessions
   */
  public SignatureHandler(CipherLookup ciphers) {
    this.ciphers = ciphers;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) throws SmbIntegrityException {
    InboundMessage message = (InboundMessage) msg;
    Smb2Header header = message.header();
    SessionCiphers session = isToBeVerified(message) ? ciphers.find(header.sessionId()) : null;
    if (session == null) {
      ctx.fireChannelRead(message);
      return;
    }
    if (!session.signer().verify(message.bytes())) {
      message.release();
      throw new SmbIntegrityException("the signature of the server's "
          + header.command()
          + " response (MessageId "
          + header.messageId()
          + ") is wrong: somebody on the path may be altering messages");
    }
    ctx.fireChannelRead(message.asSigned());
  }

  /**
   * 3.2.5.1.3: neither break notifications nor interim responses are verified, nor what was in an
   * encrypted frame.
   */
  private static boolean isToBeVerified(InboundMessage message) {
    Smb2Header header = message.header();
    return message.protection() == Protection.NONE
        && header.isSigned()
        && header.messageId() != Smb2Header.UNSOLICITED
        && !header.status().equals(NtStatus.PENDING);
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
    EncodedChain encoded = (EncodedChain) msg;
    if (encoded.chain().protection() == Protection.SIGNED) {
      SessionCiphers session = ciphers.find(encoded.chain().sessionId());
      if (session == null) {
        encoded.bytes().release();
        promise.setFailure(new SmbIntegrityException(
            "no signing key for session 0x" + Long.toHexString(encoded.chain().sessionId())));
        return;
      }
      for (int i = 0; i < encoded.messages(); i++) {
        session.signer().sign(encoded.message(i));
      }
    }
    encoded.chain().sent().accept(encoded.bytes());
    ctx.write(encoded, promise);
  }
}
