package io.copychunk.message.fsctl;

import io.copychunk.wire.MalformedMessageException;
import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * FILE_ALLOCATED_RANGE_BUFFER (MS-FSCC 2.3.48): a part of a file that is no hole.
 *
 * @param fileOffset where it starts, 0 to 2<sup>63</sup>-1
 * @param length bytes, 0 to 2<sup>63</sup>-1; it does not end beyond 2<sup>63</sup>-1
 */
public record FileAllocatedRangeBuffer(long fileOffset, long length) {
  /** The size of a range in bytes. */
  public static final int SIZE = 16;

  /**
   * Reads the output of FSCTL_QUERY_ALLOCATED_RANGES: ranges in their order that do not overlap.
   *
   * @param in the output alone; what does not make a whole range at its end is ignored
   * @return the ranges
   */
  public static List<FileAllocatedRangeBuffer> readList(WireReader in) {
    List<FileAllocatedRangeBuffer> ranges = new ArrayList<>();
    long end = 0;
    while (in.remaining() >= SIZE) {
      long fileOffset = in.size64("FileOffset");
      long length = in.size64("Length");
      if (fileOffset < end || length > Long.MAX_VALUE - fileOffset) {
        throw new MalformedMessageException("range: FileOffset " + fileOffset + ", Length " + length
            + " (expected: >= " + end + ", not beyond 2^63)");
      }
      end = fileOffset + length;
      ranges.add(new FileAllocatedRangeBuffer(fileOffset, length));
    }
    return List.copyOf(ranges);
  }

  /**
   * Writes ranges.
   *
   * @param out where they go
   * @param ranges in their order
   */
  public static void writeList(WireWriter out, List<FileAllocatedRangeBuffer> ranges) {
    // 0 FileOffset 8 | 8 Length 8
    ranges.forEach(range -> out.bits64(range.fileOffset).bits64(range.length));
  }
}
