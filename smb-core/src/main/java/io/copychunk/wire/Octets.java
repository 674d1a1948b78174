package io.copychunk.wire;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * An immutable sequence of bytes whose meaning is somebody else's: a token, a payload, a salt.
 *
 * <p>{@link #toString} tells the length only, since any of them may be secret.
 */
public final class Octets {
  /** No bytes. */
  public static final Octets EMPTY = new Octets(new byte[0]);

  private final byte[] bytes;

  private Octets(byte[] bytes) {
    this.bytes = bytes;
  }

  /**
   * A copy of the bytes.
   *
   * @param bytes may be changed afterwards
   * @return the octets
   */
  public static Octets copyOf(byte[] bytes) {
    return bytes.length == 0 ? EMPTY : new Octets(bytes.clone());
  }

  /**
   * A copy of what a buffer holds between its position and its limit.
   *
   * @param buffer its position does not move
   * @return the octets
   */
  public static Octets copyOf(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.duplicate().get(bytes);
    return wrap(bytes);
  }

  /**
   * The bytes of a hexadecimal string.
   *
   * @param hex an even number of hexadecimal digits
   * @return the octets
   */
  public static Octets ofHex(CharSequence hex) {
    return wrap(HexFormat.of().parseHex(hex));
  }

  /** Takes the array over; the caller must not keep it. */
  static Octets wrap(byte[] bytes) {
    return bytes.length == 0 ? EMPTY : new Octets(bytes);
  }

  /**
   * How many they are.
   *
   * @return bytes
   */
  public int size() {
    return bytes.length;
  }

  /**
   * Whether there are none.
   *
   * @return whether {@link #size} is 0
   */
  public boolean isEmpty() {
    return bytes.length == 0;
  }

  /**
   * A copy of the bytes.
   *
   * @return a new array
   */
  public byte[] toByteArray() {
    return bytes.clone();
  }

  /**
   * A view of the bytes.
   *
   * @return a new read-only buffer
   */
  public ByteBuffer asByteBuffer() {
    return ByteBuffer.wrap(bytes).asReadOnlyBuffer();
  }

  /**
   * A reader over the bytes.
   *
   * @return a reader that stands at offset 0
   */
  public WireReader reader() {
    return WireReader.of(bytes);
  }

  /**
   * The bytes in hexadecimal.
   *
   * @return two lower-case digits a byte
   */
  public String hex() {
    return HexFormat.of().formatHex(bytes);
  }

  void writeTo(ByteBuf out) {
    out.writeBytes(bytes);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof Octets that && Arrays.equals(bytes, that.bytes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return "Octets[" + bytes.length + "]";
  }
}
