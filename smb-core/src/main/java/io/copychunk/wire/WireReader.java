package io.copychunk.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;

/**
 * Reads little-endian fields of one message, every read checked against its bounds.
 *
 * <p>Offsets inside a message count from its start, which for an SMB2 message is the first byte of
 * the header. {@link #region} is the only way to follow an offset: it refuses whatever is not
 * wholly inside the message and behind what was read so far.
 *
 * <p>A reader does not own its buffer, never changes the buffer's indices, and is confined to the
 * thread that uses it. All methods throw {@link MalformedMessageException} when the bytes do not
 * suffice.
 */
public final class WireReader {
  private final ByteBuf buffer;
  private final int start;
  private final int end;
  private int index;

  private WireReader(ByteBuf buffer, int start, int end) {
    this.buffer = buffer;
    this.start = start;
    this.end = end;
    this.index = start;
  }

  /**
   * A reader over the readable bytes of a buffer.
   *
   * @param message the message; offset 0 is its reader index
   * @return a reader that stands at offset 0
   */
  public static WireReader of(ByteBuf message) {
    return new WireReader(message, message.readerIndex(), message.writerIndex());
  }

  /**
   * A reader over an array.
   *
   * @param message the message; not copied
   * @return a reader that stands at offset 0
   */
  public static WireReader of(byte[] message) {
    return of(Unpooled.wrappedBuffer(message));
  }

  /**
   * The offset of the next byte to be read.
   *
   * @return bytes from the start of the message
   */
  public int position() {
    return index - start;
  }

  /**
   * What is left.
   *
   * @return bytes between the position and the end
   */
  public int remaining() {
    return end - index;
  }

  /**
   * Reads an unsigned byte.
   *
   * @return 0 to 255
   */
  public int u8() {
    return buffer.getUnsignedByte(advance(1));
  }

  /**
   * Reads an unsigned 16-bit integer.
   *
   * @return 0 to 65535
   */
  public int u16() {
    return buffer.getUnsignedShortLE(advance(2));
  }

  /**
   * Reads an unsigned 32-bit integer that counts something.
   *
   * @return 0 to 4294967295
   */
  public long u32() {
    return buffer.getUnsignedIntLE(advance(4));
  }

  /**
   * Reads 32 bits that are an identifier or a set of flags.
   *
   * @return the bits
   */
  public int bits32() {
    return buffer.getIntLE(advance(4));
  }

  /**
   * Reads 64 bits that are an identifier, a time or a set of flags.
   *
   * @return the bits
   */
  public long bits64() {
    return buffer.getLongLE(advance(8));
  }

  /**
   * Reads a 64-bit size or offset, which the file system keeps below 2<sup>63</sup>.
   *
   * @param field the field's name, for the exception
   * @return 0 to {@link Long#MAX_VALUE}
   */
  public long size64(String field) {
    long value = bits64();
    if (value < 0) {
      throw new MalformedMessageException(
          field + ": 0x" + Long.toHexString(value) + " (expected: < 2^63)");
    }
    return value;
  }

  /**
   * Reads a GUID.
   *
   * @return the 16 bytes
   */
  public Guid guid() {
    return new Guid(bits64(), bits64());
  }

  /**
   * Reads an SMB2_FILEID.
   *
   * @return the 16 bytes
   */
  public FileId fileId() {
    return new FileId(bits64(), bits64());
  }

  /**
   * Reads bytes.
   *
   * @param length how many
   * @return a new array
   */
  public byte[] bytes(long length) {
    byte[] bytes = new byte[checkedLength(length)];
    buffer.getBytes(advance(bytes.length), bytes);
    return bytes;
  }

  /**
   * Reads a file's data.
   *
   * @param length how many bytes
   * @return a copy, from position 0 to the limit
   */
  public ByteBuffer byteBuffer(long length) {
    return ByteBuffer.wrap(bytes(length));
  }

  /**
   * Reads bytes whose meaning is somebody else's.
   *
   * @param length how many
   * @return a copy
   */
  public Octets octets(long length) {
    return Octets.wrap(bytes(length));
  }

  /**
   * Reads everything that is left.
   *
   * @return a copy
   */
  public Octets rest() {
    return octets(remaining());
  }

  /**
   * Reads UTF-16LE text. Unpaired surrogates are kept as they are.
   *
   * @param length bytes, even
   * @return the text
   */
  public String utf16(long length) {
    if ((length & 1) != 0) {
      throw new MalformedMessageException("UTF-16 length: " + length + " (expected: even)");
    }
    int from = advance(checkedLength(length));
    char[] chars = new char[(int) length / 2];
    for (int i = 0; i < chars.length; i++) {
      chars[i] = (char) buffer.getUnsignedShortLE(from + 2 * i);
    }
    return new String(chars);
  }

  /**
   * Steps over bytes that have no meaning for us.
   *
   * @param length how many
   */
  public void skip(long length) {
    advance(checkedLength(length));
  }

  /**
   * Steps forward to the next offset that is a multiple of {@code alignment}, or to the end if that
   * comes first.
   *
   * @param alignment a power of two
   */
  public void align(int alignment) {
    int aligned = (position() + alignment - 1) & -alignment;
    index = Math.min(start + aligned, end);
  }

  /**
   * Reads the StructureSize that opens every body.
   *
   * @param expected what the specification says
   */
  public void structureSize(int expected) {
    int actual = u16();
    if (actual != expected) {
      throw new MalformedMessageException(
          "StructureSize: " + actual + " (expected: " + expected + ")");
    }
  }

  /**
   * The next 16 bits, without reading them.
   *
   * @return 0 to 65535
   */
  public int peekU16() {
    int value = u16();
    index -= 2;
    return value;
  }

  /**
   * Follows an offset. The region must lie between the position and the end of this reader, so that
   * an offset can not point back into fields that were read already. A length of zero gives an
   * empty region whatever the offset says, as the specification asks.
   *
   * @param offset bytes from the start of the message
   * @param length bytes
   * @return a reader of its own that stands at offset 0 of the region; this reader does not move
   */
  public WireReader region(long offset, long length) {
    if (length == 0) {
      return new WireReader(buffer, index, index);
    }
    if (offset < position() || length < 0 || offset + length > end - start) {
      throw new MalformedMessageException("region: offset "
          + offset
          + ", length "
          + length
          + " (expected: within "
          + position()
          + ".."
          + (end - start)
          + ")");
    }
    int from = start + (int) offset;
    return new WireReader(buffer, from, from + (int) length);
  }

  /**
   * Follows an offset to a part that reaches to the end of the message.
   *
   * @param offset bytes from the start of the message
   * @return a reader of its own that stands at offset 0 of the part; this reader does not move
   */
  public WireReader regionFrom(long offset) {
    return region(offset, end - start - offset);
  }

  private int checkedLength(long length) {
    if (length < 0 || length > remaining()) {
      throw new MalformedMessageException(
          "length: " + length + " at offset " + position() + " (expected: <= " + remaining() + ")");
    }
    return (int) length;
  }

  private int advance(int length) {
    if (length > end - index) {
      checkedLength(length);
    }
    int from = index;
    index += length;
    return from;
  }
}
