package io.copychunk.wire;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;

/**
 * Writes little-endian fields of one message and patches the offsets and lengths that point
 * forward, so that message code does no arithmetic.
 *
 * <p>Offsets count from where the writer was made, which for an SMB2 message is the first byte of
 * the header. A writer does not own its buffer and is confined to the thread that uses it.
 */
public final class WireWriter {
  private final ByteBuf buffer;
  private final int start;

  private WireWriter(ByteBuf buffer) {
    this.buffer = buffer;
    this.start = buffer.writerIndex();
  }

  /** A place that was left free for an offset, a length or a count that is known only later. */
  public static final class Slot {
    private final int index;
    private final int width;

    private Slot(int index, int width) {
      this.index = index;
      this.width = width;
    }
  }

  /** Writes one part of a message. */
  @FunctionalInterface
  public interface Part {
    /**
     * Writes the part.
     *
     * @param out where it goes
     */
    void write(WireWriter out);
  }

  /**
   * A writer that appends to a buffer.
   *
   * @param buffer where the bytes go; offset 0 is its writer index now
   * @return the writer
   */
  public static WireWriter appendingTo(ByteBuf buffer) {
    return new WireWriter(buffer);
  }

  /**
   * The bytes of one part that stands alone.
   *
   * @param part what to write
   * @return a new array
   */
  public static byte[] toBytes(Part part) {
    ByteBuf buffer = Unpooled.buffer();
    part.write(new WireWriter(buffer));
    byte[] bytes = new byte[buffer.readableBytes()];
    buffer.readBytes(bytes);
    return bytes;
  }

  /**
   * A writer whose offsets count from here, for structures with offsets of their own.
   *
   * @return a writer that appends to the same buffer
   */
  public WireWriter nested() {
    return new WireWriter(buffer);
  }

  /**
   * The offset of the next byte to be written.
   *
   * @return bytes from the start of the message
   */
  public int position() {
    return buffer.writerIndex() - start;
  }

  /**
   * Writes 8 bits.
   *
   * @param value the low 8 bits count
   * @return this writer
   */
  public WireWriter u8(int value) {
    buffer.writeByte(value);
    return this;
  }

  /**
   * Writes 16 bits.
   *
   * @param value the low 16 bits count
   * @return this writer
   */
  public WireWriter u16(int value) {
    buffer.writeShortLE(value);
    return this;
  }

  /**
   * Writes an unsigned 32-bit integer.
   *
   * @param value 0 to 4294967295
   * @return this writer
   * @throws IllegalArgumentException when the value does not fit
   */
  public WireWriter u32(long value) {
    if (value >>> 32 != 0) {
      throw new IllegalArgumentException("u32: " + value + " (expected: 0..4294967295)");
    }
    buffer.writeIntLE((int) value);
    return this;
  }

  /**
   * Writes 32 bits.
   *
   * @param value the bits
   * @return this writer
   */
  public WireWriter bits32(int value) {
    buffer.writeIntLE(value);
    return this;
  }

  /**
   * Writes 64 bits.
   *
   * @param value the bits
   * @return this writer
   */
  public WireWriter bits64(long value) {
    buffer.writeLongLE(value);
    return this;
  }

  /**
   * Writes a GUID.
   *
   * @param guid the 16 bytes
   * @return this writer
   */
  public WireWriter guid(Guid guid) {
    return bits64(guid.low()).bits64(guid.high());
  }

  /**
   * Writes an SMB2_FILEID.
   *
   * @param fileId the 16 bytes
   * @return this writer
   */
  public WireWriter fileId(FileId fileId) {
    return bits64(fileId.persistent()).bits64(fileId.volatileId());
  }

  /**
   * Writes bytes.
   *
   * @param bytes all of them are written
   * @return this writer
   */
  public WireWriter bytes(byte[] bytes) {
    buffer.writeBytes(bytes);
    return this;
  }

  /**
   * Writes bytes.
   *
   * @param octets all of them are written
   * @return this writer
   */
  public WireWriter octets(Octets octets) {
    octets.writeTo(buffer);
    return this;
  }

  /**
   * Writes a file's data.
   *
   * @param data what is between its position and its limit is written; neither moves
   * @return this writer
   */
  public WireWriter byteBuffer(ByteBuffer data) {
    buffer.writeBytes(data.duplicate());
    return this;
  }

  /**
   * Writes text as UTF-16LE, without a terminating NUL.
   *
   * @param text unpaired surrogates are kept as they are
   * @return this writer
   */
  public WireWriter utf16(CharSequence text) {
    buffer.ensureWritable(2 * text.length());
    for (int i = 0; i < text.length(); i++) {
      buffer.writeShortLE(text.charAt(i));
    }
    return this;
  }

  /**
   * Writes zeros.
   *
   * @param count how many
   * @return this writer
   */
  public WireWriter zeros(int count) {
    buffer.writeZero(count);
    return this;
  }

  /**
   * Writes zeros up to the next offset that is a multiple of {@code alignment}.
   *
   * @param alignment a power of two
   * @return this writer
   */
  public WireWriter align(int alignment) {
    return zeros(-position() & (alignment - 1));
  }

  /**
   * Leaves 8 bits free.
   *
   * @return to be given to {@link #set} or {@link #payload}
   */
  public Slot u8Slot() {
    return slot(1);
  }

  /**
   * Leaves 16 bits free.
   *
   * @return to be given to {@link #set} or {@link #payload}
   */
  public Slot u16Slot() {
    return slot(2);
  }

  /**
   * Leaves 32 bits free.
   *
   * @return to be given to {@link #set} or {@link #payload}
   */
  public Slot u32Slot() {
    return slot(4);
  }

  /**
   * Fills a slot.
   *
   * @param slot made by this writer
   * @param value must fit into the slot
   * @throws IllegalArgumentException when the value does not fit
   */
  public void set(Slot slot, long value) {
    if (value < 0 || value >>> (8 * slot.width) != 0) {
      throw new IllegalArgumentException(
          "value: " + value + " (expected: to fit into " + 8 * slot.width + " bits)");
    }
    switch (slot.width) {
      case 1 -> buffer.setByte(slot.index, (int) value);
      case 2 -> buffer.setShortLE(slot.index, (int) value);
      default -> buffer.setIntLE(slot.index, (int) value);
    }
  }

  /**
   * Writes what an offset and a length point to, and fills both. An empty payload leaves both 0.
   *
   * @param offset receives the offset of the payload's first byte
   * @param length receives the payload's length in bytes
   * @param alignment the payload's offset is a multiple of it; a power of two
   * @param payload writes the payload
   * @throws IllegalArgumentException when the offset or the length does not fit into its slot
   */
  public void payload(Slot offset, Slot length, int alignment, Part payload) {
    int unaligned = buffer.writerIndex();
    align(alignment);
    int from = buffer.writerIndex();
    payload.write(this);
    int written = buffer.writerIndex() - from;
    if (written == 0) {
      buffer.writerIndex(unaligned);
      return;
    }
    set(offset, from - start);
    set(length, written);
  }

  private Slot slot(int width) {
    Slot slot = new Slot(buffer.writerIndex(), width);
    buffer.writeZero(width);
    return slot;
  }
}
