package io.copychunk.message;

import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

/**
 * SMB2_LOCK_ELEMENT (2.2.26.1): one range to lock or to unlock.
 *
 * @param offset where it starts; 64 bits
 * @param length bytes; 64 bits
 * @param flags what to do, as on the wire
 */
public record LockElement(long offset, long length, int flags) {
  static final int SIZE = 24;

  private static final int SHARED = 0x1;
  private static final int EXCLUSIVE = 0x2;
  private static final int UNLOCK = 0x4;
  private static final int FAIL_IMMEDIATELY = 0x10;

  /**
   * Lets others read the range, and nobody write it.
   *
   * @param offset where it starts
   * @param length bytes
   * @return fails at once where it can not be had
   */
  public static LockElement shared(long offset, long length) {
    return new LockElement(offset, length, SHARED | FAIL_IMMEDIATELY);
  }

  /**
   * Lets nobody else read or write the range.
   *
   * @param offset where it starts
   * @param length bytes
   * @return fails at once where it can not be had
   */
  public static LockElement exclusive(long offset, long length) {
    return new LockElement(offset, length, EXCLUSIVE | FAIL_IMMEDIATELY);
  }

  /**
   * Ends a lock of the very same range.
   *
   * @param offset where it starts
   * @param length bytes
   * @return the element
   */
  public static LockElement unlock(long offset, long length) {
    return new LockElement(offset, length, UNLOCK);
  }

  static LockElement read(WireReader in) {
    LockElement lock = new LockElement(in.bits64(), in.bits64(), in.bits32());
    in.skip(4); // Reserved
    return lock;
  }

  void write(WireWriter out) {
    // 0 Offset 8 | 8 Length 8 | 16 Flags 4 | 20 Reserved 4
    out.bits64(offset).bits64(length).bits32(flags).bits32(0);
  }
}
