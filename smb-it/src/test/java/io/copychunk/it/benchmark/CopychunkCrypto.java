package io.copychunk.it.benchmark;

import io.copychunk.crypto.CipherAlgorithm;
import io.copychunk.crypto.MessageDecryptor;
import io.copychunk.crypto.MessageEncryptor;
import io.copychunk.crypto.MessageSigner;
import io.copychunk.crypto.SigningAlgorithm;
import io.copychunk.it.benchmark.ProtectedMessage.ThereAndBack;
import io.copychunk.wire.Command;
import io.copychunk.wire.Smb2Header;
import io.copychunk.wire.WireWriter;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.PooledByteBufAllocator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Our signers and ciphers, on the buffers of a pool. */
final class CopychunkCrypto {
  private static final int MESSAGE_ID_OFFSET = 24;
  private static final long SESSION_ID = 1;
  private static final ByteBufAllocator ALLOC = PooledByteBufAllocator.DEFAULT;

  private CopychunkCrypto() {}

  static ThereAndBack of(
      @Nullable SigningAlgorithm signing,
      @Nullable CipherAlgorithm cipher,
      int size,
      boolean direct) {
    ByteBuf message = direct ? ALLOC.directBuffer(size) : ALLOC.heapBuffer(size);
    Smb2Header.request(Command.WRITE, 0, SESSION_ID, 1).write(WireWriter.appendingTo(message));
    message.writeZero(size - Smb2Header.SIZE);
    return signing != null
        ? signed(signing, message)
        : encrypted(Objects.requireNonNull(cipher), message, direct);
  }

  private static ThereAndBack signed(SigningAlgorithm algorithm, ByteBuf message) {
    MessageSigner signer = new MessageSigner(algorithm, new byte[MessageSigner.SIZE]);
    MessageSigner verifier = new MessageSigner(algorithm, new byte[MessageSigner.SIZE]);
    return () -> {
      message.setLongLE(MESSAGE_ID_OFFSET, message.getLongLE(MESSAGE_ID_OFFSET) + 1);
      signer.sign(message);
      if (!verifier.verify(message)) {
        throw new IllegalStateException("The signature is wrong");
      }
      return message.getByte(Smb2Header.SIGNATURE_OFFSET);
    };
  }

  private static ThereAndBack encrypted(
      CipherAlgorithm algorithm, ByteBuf message, boolean direct) {
    byte[] key = new byte[algorithm.keyBits() / Byte.SIZE];
    MessageEncryptor encryptor = new MessageEncryptor(algorithm, key, SESSION_ID);
    MessageDecryptor decryptor = new MessageDecryptor(algorithm, key, SESSION_ID);
    ByteBuf first = encryptor.encrypt(message, ALLOC);
    ByteBuf received = direct ? ALLOC.directBuffer() : ALLOC.heapBuffer();
    received.writeBytes(first);
    first.release();
    return () -> {
      encryptor.encrypt(message, ALLOC).release();
      ByteBuf decrypted = decryptor.decrypt(received, ALLOC);
      if (decrypted == null) {
        throw new IllegalStateException("The tag is wrong");
      }
      int last = decrypted.getByte(decrypted.readableBytes() - 1);
      decrypted.release();
      return last;
    };
  }
}
