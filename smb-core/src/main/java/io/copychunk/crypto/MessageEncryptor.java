package io.copychunk.crypto;

import io.copychunk.wire.Octets;
import io.copychunk.wire.Signature;
import io.copychunk.wire.TransformHeader;
import io.copychunk.wire.WireWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;

/**
 * Encrypts the messages of one session in one direction (3.1.4.3). A message is all that one
 * transport frame carries: a request, or a compound of them.
 *
 * <p>The nonce is a counter that starts at 1 and never goes back, so a message that is sent again
 * has to be encrypted again. There must be one encryptor only for a key.
 *
 * <p>An encryptor reuses its ciphers and its buffers, and so is confined to one thread.
 */
public final class MessageEncryptor {
  /**
   * How many blocks of 16 bytes may be encrypted with one key: 256 TiB. What remains hidden about
   * the plaintext shrinks with the square of the blocks (2^2b / 2^129, twice as many blocks in CCM):
   * here the chance to tell it from noise is below 2^-38, and the end comes long before 2^64, where
   * nonces would repeat.
   */
  static final long REFUSED_AFTER = 1L << 44;

  /** What a message costs besides its own blocks: authenticated header, length, tag. */
  private static final int BLOCKS_A_MESSAGE = 5;

  private static final int BLOCK = 16;

  private final CipherAlgorithm algorithm;
  private final MessageCipher cipher;
  private final long sessionId;
  private final byte[] header = new byte[TransformHeader.SIZE];
  private long nonce;
  private long blocks;

  /**
   * Creates an encryptor.
   *
   * @param algorithm the negotiated cipher
   * @param key the key for this direction, 16 or 32 bytes; may be wiped afterwards
   * @param sessionId the session that the key belongs to
   * @throws IllegalArgumentException when the key has not the length that the cipher wants
   */
  public MessageEncryptor(CipherAlgorithm algorithm, byte[] key, long sessionId) {
    this(algorithm, key, sessionId, 0);
  }

  /** An encryptor that has encrypted some blocks already, each in a message of its own. */
  MessageEncryptor(CipherAlgorithm algorithm, byte[] key, long sessionId, long blocks) {
    this.algorithm = algorithm;
    this.cipher = MessageCipher.of(algorithm, key);
    this.sessionId = sessionId;
    this.blocks = blocks;
    this.nonce = blocks;
  }

  /**
   * Encrypts a message under a nonce that was never used before.
   *
   * @param message its readable bytes are the message; neither they nor its indices change
   * @param alloc where the result comes from
   * @return a new buffer with the TRANSFORM_HEADER and the encrypted message, to be released by the
   *     caller
   * @throws IllegalArgumentException when the message is empty
   * @throws IllegalStateException when the key has been used as often as it may be
   */
  public ByteBuf encrypt(ByteBuf message, ByteBufAllocator alloc) {
    int length = message.readableBytes();
    if (length == 0) {
      throw new IllegalArgumentException("message: 0 bytes (expected: > 0)");
    }
    if (blocks >= REFUSED_AFTER) {
      throw new IllegalStateException("The key has encrypted " + blocks + " blocks");
    }
    blocks += BLOCKS_A_MESSAGE + length / BLOCK;
    nonce++;
    byte[] field = new byte[TransformHeader.NONCE_SIZE];
    for (int i = 0; i < Long.BYTES; i++) {
      field[i] = (byte) (nonce >>> Byte.SIZE * i);
    }
    return encrypt(message, alloc, Octets.copyOf(field));
  }

  /** Encrypts a message with a given Nonce field. */
  ByteBuf encrypt(ByteBuf message, ByteBufAllocator alloc, Octets nonceField) {
    int length = message.readableBytes();
    ByteBuf frame = alloc.heapBuffer(TransformHeader.SIZE + length + MessageCipher.TAG_SIZE);
    try {
      new TransformHeader(Signature.NONE, nonceField, length, TransformHeader.ENCRYPTED, sessionId)
          .write(WireWriter.appendingTo(frame));
      frame.getBytes(0, header);
      int to = frame.arrayOffset() + TransformHeader.SIZE;
      cipher.encrypt(header, message, message.readerIndex(), length, frame.array(), to);
      frame.setBytes(0, header);
      return frame.writerIndex(TransformHeader.SIZE + length);
    } catch (RuntimeException e) {
      frame.release();
      throw e;
    }
  }

  /** Tells the cipher only. */
  @Override
  public String toString() {
    return "MessageEncryptor[" + algorithm + "]";
  }
}
