package io.copychunk.testing;

import io.copychunk.crypto.CipherAlgorithm;
import io.copychunk.crypto.MessageDecryptor;
import io.copychunk.crypto.MessageEncryptor;
import io.copychunk.wire.Octets;
import io.copychunk.wire.TransformHeader;
import io.copychunk.wire.WireReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Frames of sessions whose keys are known, one session for each cipher, and who decrypts them. */
final class EncryptedFrames {
  static final String NOT_GENUINE = "not genuine";

  private static final int[] SIZES = {1, 16, 77, 400};
  private static final Map<CipherAlgorithm, List<byte[]>> GENUINE = new TreeMap<>();
  private static final List<MessageDecryptor> DECRYPTORS = new ArrayList<>();

  static {
    for (CipherAlgorithm cipher : CipherAlgorithm.values()) {
      MessageEncryptor encryptor = new MessageEncryptor(cipher, key(cipher), sessionId(cipher));
      List<byte[]> frames = new ArrayList<>();
      for (int size : SIZES) {
        ByteBuf plain = Unpooled.wrappedBuffer(new byte[size]);
        frames.add(
            ByteBufUtil.getBytes(encryptor.encrypt(plain, UnpooledByteBufAllocator.DEFAULT)));
      }
      GENUINE.put(cipher, frames);
      DECRYPTORS.add(new MessageDecryptor(cipher, key(cipher), sessionId(cipher)));
    }
  }

  private static final Set<Octets> ALL_GENUINE = GENUINE.values().stream()
      .flatMap(List::stream)
      .map(Octets::copyOf)
      .collect(Collectors.toUnmodifiableSet());

  private EncryptedFrames() {}

  /** All frames that are genuine, by their cipher. */
  static Map<CipherAlgorithm, List<byte[]>> genuine() {
    return GENUINE;
  }

  /**
   * Decrypts a frame in the session that it names, or in the first one.
   *
   * @return the plaintext in hexadecimal, or {@link #NOT_GENUINE}
   * @throws AssertionError when a plaintext came of a frame that nobody encrypted
   */
  static synchronized String decrypt(byte[] frame) {
    long named = TransformHeader.read(WireReader.of(frame)).sessionId();
    int index = named >= 1 && named <= DECRYPTORS.size() ? (int) named - 1 : 0;
    ByteBuf plain = DECRYPTORS
        .get(index)
        .decrypt(Unpooled.wrappedBuffer(frame), UnpooledByteBufAllocator.DEFAULT);
    if (plain == null) {
      return NOT_GENUINE;
    }
    try {
      if (!ALL_GENUINE.contains(Octets.copyOf(frame))) {
        throw new AssertionError("a plaintext came of a frame that nobody encrypted");
      }
      return ByteBufUtil.hexDump(plain);
    } finally {
      plain.release();
    }
  }

  private static long sessionId(CipherAlgorithm cipher) {
    return cipher.ordinal() + 1;
  }

  private static byte[] key(CipherAlgorithm cipher) {
    byte[] key = new byte[cipher.keyBits() / Byte.SIZE];
    Arrays.fill(key, (byte) cipher.id());
    return key;
  }
}
