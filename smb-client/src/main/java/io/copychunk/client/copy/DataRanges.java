package io.copychunk.client.copy;

import io.copychunk.client.AllocatedRanges;
import io.copychunk.client.AsyncSmbFile;
import io.copychunk.client.CopyRange;
import io.copychunk.client.FileRange;
import io.copychunk.client.copy.internal.Futures;
import io.copychunk.client.error.SmbProtocolException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** Finds out which parts of a file are no holes. */
final class DataRanges {
  private DataRanges() {}

  /** A file in more pieces than so many answers tell is taken for data from there on. */
  private static final int MOST_ANSWERS = 256;

  /**
   * Asks a server, as often as it takes.
   *
   * @param file the file
   * @param size its size in bytes
   * @return the parts in their order
   */
  static CompletableFuture<List<FileRange>> of(AsyncSmbFile file, long size) {
    List<FileRange> found = new ArrayList<>();
    AtomicInteger answers = new AtomicInteger();
    CompletableFuture<Void> asking = Futures.repeat(() -> {
      long offset = found.isEmpty() ? 0 : found.get(found.size() - 1).end();
      if (offset >= size) {
        return CompletableFuture.completedFuture(false);
      }
      if (answers.getAndIncrement() == MOST_ANSWERS) {
        found.add(new FileRange(offset, size - offset));
        return CompletableFuture.completedFuture(false);
      }
      return Futures.then(
          file.queryAllocatedRanges(offset, size - offset),
          answer -> added(file, offset, answer, found));
    });
    return Futures.then(asking, done -> CompletableFuture.completedFuture(found));
  }

  /** Adds an answer to what was found before; comes to whether there is more. */
  private static CompletableFuture<Boolean> added(
      AsyncSmbFile file, long offset, AllocatedRanges answer, List<FileRange> found) {
    found.addAll(answer.ranges());
    if (answer.complete()) {
      return CompletableFuture.completedFuture(false);
    }
    return answer.ranges().isEmpty()
        ? CompletableFuture.failedFuture(new SmbProtocolException(file.path()
            + ": QUERY_ALLOCATED_RANGES: more ranges, and none was told behind " + offset))
        : CompletableFuture.completedFuture(true);
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
