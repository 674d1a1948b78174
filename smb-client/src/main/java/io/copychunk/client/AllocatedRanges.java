package io.copychunk.client;

import io.copychunk.client.internal.session.IoctlAnswer;
import io.copychunk.message.fsctl.FileAllocatedRangeBuffer;
import io.copychunk.wire.NtStatus;
import java.util.ArrayList;
import java.util.List;

/**
 * The parts of a file that are no holes.
 *
 * @param ranges in their order; they do not overlap, and are within what was asked for
 * @param complete whether there are no more of them behind the last
 */
public record AllocatedRanges(List<FileRange> ranges, boolean complete) {
  /** Copies the list. */
  public AllocatedRanges {
    ranges = List.copyOf(ranges);
  }

  /** What a server has answered, cut to what was asked for. */
  static AllocatedRanges of(IoctlAnswer<List<FileAllocatedRangeBuffer>> answer, FileRange asked) {
    List<FileRange> ranges = new ArrayList<>();
    for (FileAllocatedRangeBuffer range : answer.value()) {
      long from = Math.max(asked.offset(), range.fileOffset());
      long to = Math.min(asked.end(), range.fileOffset() + range.length());
      if (from < to) {
        ranges.add(new FileRange(from, to - from));
      }
    }
    return new AllocatedRanges(ranges, !answer.status().equals(NtStatus.BUFFER_OVERFLOW));
  }
}
