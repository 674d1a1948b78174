package io.copychunk.crypto;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.copychunk.wire.MalformedMessageException;
import io.copychunk.wire.TransformHeader;
import io.copychunk.wire.WireReader;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.bouncycastle.crypto.InvalidCipherTextException;
import org.bouncycastle.crypto.engines.AESEngine;
import org.bouncycastle.crypto.modes.AEADCipher;
import org.bouncycastle.crypto.modes.CCMBlockCipher;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.params.AEADParameters;
import org.bouncycastle.crypto.params.KeyParameter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MessageEncryptionTest {
  private static final long SESSION_ID = 0x0123456789ABCDEFL;
  private static final ByteBufAllocator ALLOC = UnpooledByteBufAllocator.DEFAULT;

  @ParameterizedTest
  @EnumSource
  void bouncyCastleWritesTheSameFrames(CipherAlgorithm algorithm) throws Exception {
    Random random = new Random(algorithm.id());
    MessageEncryptor encryptor = new MessageEncryptor(algorithm, key(algorithm), SESSION_ID);
    MessageDecryptor decryptor = new MessageDecryptor(algorithm, key(algorithm), SESSION_ID);
    for (int size : sizes(random)) {
      byte[] bytes = random(random, size);
      byte[] frame = ByteBufUtil.getBytes(encryptor.encrypt(Unpooled.wrappedBuffer(bytes), ALLOC));
      assertThat(frame).as("%d bytes", size).isEqualTo(oracle(algorithm, frame, bytes));
      assertThat(decrypted(decryptor, frame)).as("%d bytes", size).isEqualTo(bytes);
    }
  }

  private static int[] sizes(Random random) {
    return Stream.of(
            IntStream.rangeClosed(1, 66).toArray(),
            IntStream.rangeClosed(4080, 4112).toArray(),
            IntStream.rangeClosed(8176, 8208).toArray(),
            IntStream.rangeClosed(16_368, 16_400).toArray(),
            IntStream.of(24_576, 32_767, 32_768, 32_769, 65_535, 65_536, 65_537).toArray(),
            random.ints(60, 1, 70_001).toArray())
        .flatMapToInt(IntStream::of)
        .toArray();
  }

  /** The frame that Bouncy Castle makes of a message, under the header of another frame. */
  private static byte[] oracle(CipherAlgorithm algorithm, byte[] frame, byte[] message)
      throws InvalidCipherTextException {
    AEADCipher cipher = switch (algorithm) {
      case AES_128_CCM, AES_256_CCM -> CCMBlockCipher.newInstance(AESEngine.newInstance());
      case AES_128_GCM, AES_256_GCM -> GCMBlockCipher.newInstance(AESEngine.newInstance());
    };
    byte[] nonce = Arrays.copyOfRange(frame, 20, 20 + algorithm.nonceSize());
    byte[] authenticated = Arrays.copyOfRange(frame, 20, TransformHeader.SIZE);
    cipher.init(
        true, new AEADParameters(new KeyParameter(key(algorithm)), 128, nonce, authenticated));
    byte[] out = new byte[cipher.getOutputSize(message.length)];
    int written = cipher.processBytes(message, 0, message.length, out, 0);
    assertThat(written + cipher.doFinal(out, written)).isEqualTo(message.length + 16);
    byte[] expected = Arrays.copyOf(frame, TransformHeader.SIZE + message.length);
    System.arraycopy(out, message.length, expected, 4, 16);
    System.arraycopy(out, 0, expected, TransformHeader.SIZE, message.length);
    return expected;
  }

  @ParameterizedTest
  @EnumSource
  void anyFlippedBitIsNoticed(CipherAlgorithm algorithm) {
    MessageDecryptor decryptor = new MessageDecryptor(algorithm, key(algorithm), SESSION_ID);
    byte[] bytes = random(new Random(1), 77);
    byte[] frame = encrypted(algorithm, bytes);
    int malformed = 0;
    int wrong = 0;
    for (int bit = 0; bit < 8 * frame.length; bit++) {
      byte[] flipped = frame.clone();
      flipped[bit / 8] ^= (byte) (1 << bit % 8);
      ByteBuf buffer = Unpooled.wrappedBuffer(flipped);
      try {
        assertThat(decryptor.decrypt(buffer, ALLOC)).as("bit %d", bit).isNull();
        wrong++;
      } catch (MalformedMessageException e) {
        malformed++;
      }
      assertThat(buffer.refCnt()).isEqualTo(1);
    }
    // ProtocolId, OriginalMessageSize, Flags and SessionId are refused before they are verified.
    assertThat(malformed).isEqualTo(8 * (4 + 4 + 2 + 8));
    assertThat(wrong).isEqualTo(8 * (16 + 16 + 2 + 77));
    assertThat(decrypted(decryptor, frame)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @EnumSource
  void framesOfAnotherLengthAreRefused(CipherAlgorithm algorithm) {
    MessageDecryptor decryptor = new MessageDecryptor(algorithm, key(algorithm), SESSION_ID);
    byte[] frame = encrypted(algorithm, random(new Random(1), 40));
    for (int length = 0; length < frame.length + 20; length++) {
      if (length != frame.length) {
        ByteBuf other = Unpooled.wrappedBuffer(Arrays.copyOf(frame, length));
        assertThatExceptionOfType(MalformedMessageException.class)
            .as("%d bytes", length)
            .isThrownBy(() -> decryptor.decrypt(other, ALLOC));
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void framesOfNoMessageAreRefused(CipherAlgorithm algorithm) {
    MessageDecryptor decryptor = new MessageDecryptor(algorithm, key(algorithm), SESSION_ID);
    byte[] frame = Arrays.copyOf(encrypted(algorithm, new byte[1]), TransformHeader.SIZE);
    Arrays.fill(frame, 36, 40, (byte) 0);
    assertThatExceptionOfType(MalformedMessageException.class)
        .isThrownBy(() -> decryptor.decrypt(Unpooled.wrappedBuffer(frame), ALLOC))
        .withMessage("encrypted message: 0 bytes (expected: > 0)");
  }

  @ParameterizedTest
  @EnumSource
  void refusalsNameTheField(CipherAlgorithm algorithm) {
    assertRefused(algorithm, 0, "ProtocolId: 0x424d53fc (expected: 0x424d53fd)");
    assertRefused(algorithm, 36, "OriginalMessageSize: 8 (expected: 9, the bytes that follow)");
    assertRefused(algorithm, 42, "Flags: 0x0000 (expected: 0x0001)");
    assertRefused(algorithm, 44, "SessionId: 0x0123456789abcdee (expected: 0x0123456789abcdef)");
  }

  private static void assertRefused(CipherAlgorithm algorithm, int offset, String message) {
    MessageDecryptor decryptor = new MessageDecryptor(algorithm, key(algorithm), SESSION_ID);
    byte[] frame = encrypted(algorithm, new byte[9]);
    frame[offset] ^= 1;
    assertThatExceptionOfType(MalformedMessageException.class)
        .isThrownBy(() -> decryptor.decrypt(Unpooled.wrappedBuffer(frame), ALLOC))
        .withMessage(message);
  }

  @ParameterizedTest
  @EnumSource
  void nothingIsLeftBehindWhenTheTagIsWrong(CipherAlgorithm algorithm) {
    byte[] frame = encrypted(algorithm, random(new Random(2), 20_000));
    frame[4] ^= 1;
    for (boolean direct : new boolean[] {false, true}) {
      byte[] out = random(new Random(3), 20_010);
      byte[] before = out.clone();
      ByteBuf in = direct ? Unpooled.directBuffer() : Unpooled.buffer();
      in.writeBytes(frame);
      assertThat(MessageCipher.of(algorithm, key(algorithm))
              .decrypt(Arrays.copyOf(frame, 52), in, 52, 20_000, out, 5))
          .isFalse();
      in.release();
      assertThat(Arrays.copyOf(out, 5)).isEqualTo(Arrays.copyOf(before, 5));
      assertThat(Arrays.copyOfRange(out, 5, 20_005)).containsOnly(0);
      assertThat(Arrays.copyOfRange(out, 20_005, 20_010))
          .isEqualTo(Arrays.copyOfRange(before, 20_005, 20_010));
    }
  }

  @ParameterizedTest
  @EnumSource
  void allKindsOfBuffersAreEncryptedAlike(CipherAlgorithm algorithm) {
    MessageDecryptor decryptor = new MessageDecryptor(algorithm, key(algorithm), SESSION_ID);
    for (int size : new int[] {1, 64, 8192, 16_384, 20_000, 70_000}) {
      byte[] bytes = random(new Random(size), size);
      byte[] expected = encrypted(algorithm, bytes);
      for (ByteBuf message : buffers(bytes)) {
        ByteBuf frame =
            new MessageEncryptor(algorithm, key(algorithm), SESSION_ID).encrypt(message, ALLOC);
        assertThat(ByteBufUtil.getBytes(frame)).as("%s", message).isEqualTo(expected);
        assertThat(ByteBufUtil.getBytes(message)).isEqualTo(bytes);
        assertThat(message.refCnt()).isEqualTo(1);
        message.release();
        assertThat(frame.refCnt()).isEqualTo(1);
        frame.release();
      }
      for (ByteBuf frame : buffers(expected)) {
        ByteBuf message = Objects.requireNonNull(decryptor.decrypt(frame, ALLOC));
        assertThat(ByteBufUtil.getBytes(message)).as("%s", frame).isEqualTo(bytes);
        assertThat(ByteBufUtil.getBytes(frame)).isEqualTo(expected);
        assertThat(frame.refCnt()).isEqualTo(1);
        frame.release();
        assertThat(message.refCnt()).isEqualTo(1);
        message.release();
      }
    }
  }

  private static List<ByteBuf> buffers(byte[] bytes) {
    int half = bytes.length / 2;
    return List.of(
        Unpooled.buffer().writeZero(3).writeBytes(bytes).skipBytes(3),
        Unpooled.directBuffer().writeZero(5).writeBytes(bytes).skipBytes(5),
        Unpooled.buffer().writeZero(9).writeBytes(bytes).skipBytes(9).slice(),
        Unpooled.wrappedBuffer(bytes).asReadOnly(),
        Unpooled.wrappedBuffer(
            Unpooled.copiedBuffer(bytes, 0, half),
            Unpooled.copiedBuffer(bytes, half, bytes.length - half)));
  }

  /** The buffers of a pool are pieces of one array, in any order. */
  @ParameterizedTest
  @EnumSource
  void messageAndFrameMayShareAnArray(CipherAlgorithm algorithm) {
    PooledByteBufAllocator pool = new PooledByteBufAllocator(false, 1, 0, 8192, 6, 0, 0, false);
    MessageDecryptor decryptor = new MessageDecryptor(algorithm, key(algorithm), SESSION_ID);
    byte[] bytes = random(new Random(4), 40_000);
    byte[] expected = encrypted(algorithm, bytes);
    ByteBuf first = pool.heapBuffer(80_000);
    ByteBuf second = pool.heapBuffer(40_000).writeBytes(bytes);
    ByteBuf third = pool.heapBuffer(80_000);
    first.release();
    ByteBuf before = encrypt(algorithm, second, pool);
    third.release();
    ByteBuf after = encrypt(algorithm, second, pool);
    assertThat(before.array()).isSameAs(second.array());
    for (ByteBuf frame : new ByteBuf[] {before, after}) {
      assertThat(ByteBufUtil.getBytes(frame)).isEqualTo(expected);
      ByteBuf message = Objects.requireNonNull(decryptor.decrypt(frame, pool));
      assertThat(message.array()).isSameAs(frame.array());
      assertThat(ByteBufUtil.getBytes(message)).isEqualTo(bytes);
      assertThat(ByteBufUtil.getBytes(frame)).isEqualTo(expected);
      message.release();
      frame.release();
    }
    assertThat(ByteBufUtil.getBytes(second)).isEqualTo(bytes);
    second.release();
  }

  private static ByteBuf encrypt(
      CipherAlgorithm algorithm, ByteBuf message, ByteBufAllocator alloc) {
    return new MessageEncryptor(algorithm, key(algorithm), SESSION_ID).encrypt(message, alloc);
  }

  @ParameterizedTest
  @EnumSource
  void aMessageThatIsSentAgainHasAnotherNonce(CipherAlgorithm algorithm) {
    MessageEncryptor encryptor = new MessageEncryptor(algorithm, key(algorithm), SESSION_ID);
    MessageDecryptor decryptor = new MessageDecryptor(algorithm, key(algorithm), SESSION_ID);
    byte[] bytes = random(new Random(5), 100);
    ByteBuf message = Unpooled.wrappedBuffer(bytes);
    Set<List<Byte>> encrypted = new HashSet<>();
    for (int i = 1; i <= 300; i++) {
      byte[] frame = ByteBufUtil.getBytes(encryptor.encrypt(message, ALLOC));
      WireReader nonce = TransformHeader.read(WireReader.of(frame)).nonce().reader();
      assertThat(nonce.bits64()).isEqualTo(i);
      assertThat(nonce.bits64()).isZero();
      List<Byte> ciphertext = new ArrayList<>();
      for (byte octet : Arrays.copyOfRange(frame, TransformHeader.SIZE, frame.length)) {
        ciphertext.add(octet);
      }
      assertThat(encrypted.add(ciphertext)).isTrue();
      assertThat(decrypted(decryptor, frame)).isEqualTo(bytes);
    }
  }

  @ParameterizedTest
  @EnumSource
  void theSameFrameMayComeAnyNumberOfTimes(CipherAlgorithm algorithm) {
    MessageDecryptor decryptor = new MessageDecryptor(algorithm, key(algorithm), SESSION_ID);
    byte[] bytes = random(new Random(6), 100);
    byte[] frame = encrypted(algorithm, bytes);
    byte[] wrong = frame.clone();
    wrong[60] ^= 1;
    for (int i = 0; i < 3; i++) {
      assertThat(decrypted(decryptor, frame)).isEqualTo(bytes);
      assertThat(decrypted(decryptor, frame)).isEqualTo(bytes);
      assertThat(decryptor.decrypt(Unpooled.wrappedBuffer(wrong), ALLOC)).isNull();
    }
  }

  @ParameterizedTest
  @EnumSource
  void aKeyThatIsSpentEncryptsNothingMore(CipherAlgorithm algorithm) {
    ByteBuf message = Unpooled.wrappedBuffer(new byte[16]);
    MessageEncryptor spent = new MessageEncryptor(
        algorithm, key(algorithm), SESSION_ID, MessageEncryptor.REFUSED_AFTER - 6);
    spent.encrypt(message, ALLOC);
    for (int i = 0; i < 2; i++) {
      assertThatIllegalStateException().isThrownBy(() -> spent.encrypt(message, ALLOC));
    }
  }

  @Test
  void thereIsNoEmptyMessage() {
    MessageEncryptor encryptor =
        new MessageEncryptor(CipherAlgorithm.AES_128_GCM, new byte[16], SESSION_ID);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> encryptor.encrypt(Unpooled.EMPTY_BUFFER, ALLOC));
  }

  @ParameterizedTest
  @EnumSource
  void onlyKeysOfTheRightLengthAreTaken(CipherAlgorithm algorithm) {
    byte[] other = new byte[48 - algorithm.keyBits() / 8];
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MessageEncryptor(algorithm, other, SESSION_ID));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MessageDecryptor(algorithm, other, SESSION_ID));
  }

  @ParameterizedTest
  @EnumSource
  void theKeyMayBeWiped(CipherAlgorithm algorithm) {
    byte[] bytes = random(new Random(7), 50);
    byte[] key = key(algorithm);
    MessageEncryptor encryptor = new MessageEncryptor(algorithm, key, SESSION_ID);
    MessageDecryptor decryptor = new MessageDecryptor(algorithm, key, SESSION_ID);
    Arrays.fill(key, (byte) 0);
    byte[] frame = ByteBufUtil.getBytes(encryptor.encrypt(Unpooled.wrappedBuffer(bytes), ALLOC));
    assertThat(frame).isEqualTo(encrypted(algorithm, bytes));
    assertThat(decrypted(decryptor, frame)).isEqualTo(bytes);
  }

  @Test
  void stringsTellTheAlgorithmOnly() {
    assertThat(new MessageEncryptor(CipherAlgorithm.AES_128_CCM, new byte[16], 7))
        .hasToString("MessageEncryptor[AES-128-CCM]");
    assertThat(new MessageDecryptor(CipherAlgorithm.AES_256_GCM, new byte[32], 7))
        .hasToString("MessageDecryptor[AES-256-GCM]");
  }

  private static byte[] encrypted(CipherAlgorithm algorithm, byte[] bytes) {
    return ByteBufUtil.getBytes(encrypt(algorithm, Unpooled.wrappedBuffer(bytes), ALLOC));
  }

  private static byte[] decrypted(MessageDecryptor decryptor, byte[] frame) {
    return ByteBufUtil.getBytes(Objects.requireNonNull(
        decryptor.decrypt(Unpooled.wrappedBuffer(frame), ALLOC), "the tag is wrong"));
  }

  private static byte[] key(CipherAlgorithm algorithm) {
    return random(new Random(algorithm.keyBits()), algorithm.keyBits() / 8);
  }

  private static byte[] random(Random random, int size) {
    byte[] bytes = new byte[size];
    random.nextBytes(bytes);
    return bytes;
  }
}
