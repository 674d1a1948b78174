package io.copychunk.message.fsctl;

import io.copychunk.wire.WireReader;
import io.copychunk.wire.WireWriter;
import java.util.List;

/**
 * FSCTL_QUERY_ALLOCATED_RANGES (MS-FSCC 2.3.48): which parts of a range are no holes.
 *
 * @param fileOffset where the range starts, 0 to 2<sup>63</sup>-1
 * @param length bytes, 0 to 2<sup>63</sup>-1
 */
public record QueryAllocatedRanges(long fileOffset, long length)
    implements Fsctl<List<FileAllocatedRangeBuffer>> {
  /** What fits into one credit. */
  private static final long MAX_OUTPUT = 65_536;

  /**
   * Reads the input.
   *
   * @param in the input alone
   * @return the input
   */
  public static QueryAllocatedRanges readInput(WireReader in) {
    return new QueryAllocatedRanges(in.size64("FileOffset"), in.size64("Length"));
  }

  @Override
  public int controlCode() {
    return FsctlCode.QUERY_ALLOCATED_RANGES;
  }

  @Override
  public void writeInput(WireWriter out) {
    // 0 FileOffset 8 | 8 Length 8
    out.bits64(fileOffset).bits64(length);
  }

  @Override
  public long maxOutputResponse() {
    return MAX_OUTPUT;
  }

  @Override
  public List<FileAllocatedRangeBuffer> readOutput(WireReader in) {
    return FileAllocatedRangeBuffer.readList(in);
  }

  /** Of ranges that are too many for one answer, those that are in it are right. */
  @Override
  public boolean acceptsOverflow() {
    return true;
  }
}
