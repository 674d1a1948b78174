package io.copychunk.client.copy;

import io.copychunk.client.AllocatedRanges;
import io.copychunk.client.AsyncSmbFile;
import io.copychunk.client.CopyRange;
import io.copychunk.client.FileRange;
import io.copychunk.client.error.SmbProtocolException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Finds out which parts of a file are no holes. */
final class DataRanges {
  private DataRanges() {}

  /**
   * Asks a server, as often as it takes.
   *
   * @param file the file
   * @param size its size in bytes
   * @return the parts in their order
   */
  static CompletableFuture<List<FileRange>> of(AsyncSmbFile file, long size) {
    return more(file, 0, size, new ArrayList<>());
  }

  private static CompletableFuture<List<FileRange>> more(
      AsyncSmbFile file, long offset, long size, List<FileRange> found) {
    return Futures.then(file.queryAllocatedRanges(offset, size - offset), answer -> {
      found.addAll(answer.ranges());
      if (answer.complete()) {
        return CompletableFuture.completedFuture(found);
      }
      long end = end(answer, offset);
      if (end <= offset) {
        return CompletableFuture.failedFuture(new SmbProtocolException(file.path()
            + ": QUERY_ALLOCATED_RANGES: more ranges, and none was told behind " + offset));
      }
      return more(file, end, size, found);
    });
  }

  private static long end(AllocatedRanges answer, long offset) {
    List<FileRange> ranges = answer.ranges();
    return ranges.isEmpty() ? offset : ranges.get(ranges.size() - 1).end();
  }

  /** What of some ranges is data; both lists are in the order of their place in the source. */
  static List<CopyRange> within(List<CopyRange> ranges, List<FileRange> data) {
    List<CopyRange> within = new ArrayList<>();
    int next = 0;
    for (CopyRange range : ranges) {
      long end = range.sourceOffset() + range.length();
      while (next < data.size() && data.get(next).end() <= range.sourceOffset()) {
        next++;
      }
      for (int i = next; i < data.size() && data.get(i).offset() < end; i++) {
        long from = Math.max(range.sourceOffset(), data.get(i).offset());
        long to = Math.min(end, data.get(i).end());
        within.add(range.after(from - range.sourceOffset()).first(to - from));
      }
    }
    return within;
  }

  /** What of a file is not data. */
  static List<FileRange> holes(List<FileRange> data, long size) {
    List<FileRange> holes = new ArrayList<>();
    long at = 0;
    for (FileRange range : data) {
      if (range.offset() > at) {
        holes.add(new FileRange(at, range.offset() - at));
      }
      at = range.end();
    }
    if (at < size) {
      holes.add(new FileRange(at, size - at));
    }
    return holes;
  }
}
