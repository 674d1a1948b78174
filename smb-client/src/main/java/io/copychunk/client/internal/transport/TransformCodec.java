package io.copychunk.client.internal.transport;

import io.copychunk.client.error.SmbException;
import io.copychunk.client.error.SmbIntegrityException;
import io.copychunk.client.error.SmbProtocolException;
import io.copychunk.crypto.MessageDecryptor;
import io.copychunk.crypto.MessageEncryptor;
import io.copychunk.wire.MalformedMessageException;
import io.copychunk.wire.Smb2Header;
import io.copychunk.wire.TransformHeader;
import io.copychunk.wire.WireReader;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;

/**
 * Stage 2: encrypts what goes out and decrypts what comes in (3.1.4.3, 3.2.5.1, 3.2.5.1.1).
 *
 * <p>The ProtocolId tells what a frame holds. Plain SMB2 messages pass; whether they had to be
 * encrypted depends on their requests, and is judged by the dispatcher. A TRANSFORM_HEADER must name
 * a session that has a cipher, and what it covers must be genuine and plain SMB2: all else ends the
 * connection, a COMPRESSION_TRANSFORM_HEADER, which was not negotiated, and SMB1 included.
 */
public final class TransformCodec extends ChannelDuplexHandler {
  private final CipherLookup ciphers;

  /**
   * Creates the stage.
   *
   * @param ciphers of the connection's sessions
   */
  public TransformCodec(CipherLookup ciphers) {
    this.ciphers = ciphers;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object msg) throws SmbException {
    ByteBuf frame = (ByteBuf) msg;
    if (protocolId(frame) == TransformHeader.PROTOCOL_ID) {
      PlainFrame decrypted;
      try {
        decrypted = decrypt(ctx, frame);
      } finally {
        frame.release();
      }
      ctx.fireChannelRead(decrypted.touch("decrypted"));
      return;
    }
    requireSmb2(frame);
    ctx.fireChannelRead(new PlainFrame(frame, null).touch("transform"));
  }

  private PlainFrame decrypt(ChannelHandlerContext ctx, ByteBuf frame) throws SmbException {
    try {
      long sessionId = TransformHeader.read(WireReader.of(frame)).sessionId();
      SessionCiphers session = ciphers.find(sessionId);
      MessageDecryptor decryptor = session == null ? null : session.decryptor();
      if (decryptor == null) {
        throw new SmbProtocolException(
            "TRANSFORM_HEADER: SessionId: 0x%x (expected: a session with a cipher)"
                .formatted(sessionId));
      }
      ByteBuf plain = decryptor.decrypt(frame, ctx.alloc());
      if (plain == null) {
        throw new SmbIntegrityException("an encrypted frame of the server is not genuine: "
            + "somebody on the path may be altering messages");
      }
      requireSmb2(plain);
      return new PlainFrame(plain, sessionId);
    } catch (MalformedMessageException e) {
      throw new SmbProtocolException("malformed TRANSFORM_HEADER: " + e.getMessage(), e);
    }
  }

  /** Releases the frame when it is something else. */
  private static void requireSmb2(ByteBuf frame) throws SmbProtocolException {
    int protocolId = protocolId(frame);
    if (protocolId != Smb2Header.PROTOCOL_ID) {
      frame.release();
      throw new SmbProtocolException("ProtocolId: 0x%08x (expected: 0x%08x, plain SMB2)"
          .formatted(protocolId, Smb2Header.PROTOCOL_ID));
    }
  }

  /** Of less than a ProtocolId, what there is: that is none which is known. */
  private static int protocolId(ByteBuf frame) {
    return frame.readableBytes() < Integer.BYTES ? 0 : frame.getIntLE(frame.readerIndex());
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object msg, ChannelPromise promise) {
    EncodedChain encoded = (EncodedChain) msg;
    if (encoded.chain().protection() != Protection.ENCRYPTED) {
      ctx.write(encoded.bytes().touch("plain"), promise);
      return;
    }
    ByteBuf frame;
    try {
      frame = encryptor(encoded).encrypt(encoded.bytes(), ctx.alloc());
    } catch (SmbIntegrityException | IllegalStateException e) {
      promise.setFailure(e);
      return;
    } finally {
      encoded.bytes().release();
    }
    ctx.write(frame.touch("encrypted"), promise);
  }

  private MessageEncryptor encryptor(EncodedChain encoded) throws SmbIntegrityException {
    long sessionId = encoded.chain().sessionId();
    SessionCiphers session = ciphers.find(sessionId);
    MessageEncryptor encryptor = session == null ? null : session.encryptor();
    if (encryptor == null) {
      throw new SmbIntegrityException("no cipher for session 0x" + Long.toHexString(sessionId));
    }
    return encryptor;
  }
}
