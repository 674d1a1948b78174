package io.copychunk.message.fsctl;

import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;

/**
 * SRV_COPYCHUNK (2.2.31.1.1): one range to copy.
 *
 * @param sourceOffset where the range starts in the source; servers refuse negative values
 * @param targetOffset where it goes in the destination; servers refuse negative values
 * @param length bytes, 0 to 2<sup>32</sup>-1; servers refuse 0
 */
public record SrvCopyChunk(long sourceOffset, long targetOffset, long length) {
  /** The size of a chunk's description in bytes. */
  public static final int SIZE = 24;

  /** Checks that the length fits into 32 bits. */
  public SrvCopyChunk {
    if (length >>> 32 != 0) {
      throw new IllegalArgumentException("length: " + length + " (expected: 0..4294967295)");
    }
  }

  static SrvCopyChunk read(WireReader in) {
    SrvCopyChunk chunk = new SrvCopyChunk(in.bits64(), in.bits64(), in.u32());
    in.skip(4); // Reserved
    return chunk;
  }

  void write(WireWriter out) {
    // 0 SourceOffset 8 | 8 TargetOffset 8 | 16 Length 4 | 20 Reserved 4
    out.bits64(sourceOffset).bits64(targetOffset).u32(length).u32(0);
  }
}
