package io.copychunk.client.copy;

import io.copychunk.client.AsyncSmbFile;
import io.copychunk.client.CopyRange;
import io.copychunk.client.copy.internal.Callbacks;
import io.copychunk.client.copy.internal.Futures;
import io.copychunk.client.error.SmbCopyException;
import io.copychunk.client.error.SmbCopyException.Reason;
import io.copychunk.client.error.SmbNotSupportedException;
import io.copychunk.fscc.FileStandardInformation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Ranges from one open file to another, or within one. They are copied in their order; where ranges of
 * one file overlap, each is copied as if all of it was read before any of it is written.
 */
final class RangesCopy {
  private final AsyncSmbFile from;
  private final AsyncSmbFile to;
  private final List<CopyRange> ranges;
  private final CopyOptions options;
  private final Content.Ends ends;
  private final Cancellation cancellation;
  private final Tally tally;
  private final List<Fallback> fallbacks = Collections.synchronizedList(new ArrayList<>());

  RangesCopy(
      AsyncSmbFile from,
      AsyncSmbFile to,
      List<CopyRange> ranges,
      CopyOptions options,
      Content.Ends ends,
      Cancellation cancellation,
      Callbacks callbacks) {
    this.from = from;
    this.to = to;
    this.ranges = List.copyOf(ranges);
    this.options = options.toBuilder().preserve(List.of()).build();
    this.ends = ends;
    this.cancellation = cancellation;
    this.tally = new Tally(from.path(), options, callbacks);
    tally.size(Ranges.size(ranges));
  }

  CompletableFuture<CopyResult> run() {
    CompletableFuture<SourceFile> keyed = cancellation.step(this::withKey);
    CompletableFuture<FileStandardInformation> now =
        cancellation.step(() -> to.query(FileStandardInformation.CLASS));
    return Futures.then(Futures.all(keyed, now), both -> {
      long size = ranges.stream()
          .mapToLong(range -> range.targetOffset() + range.length())
          .reduce(now.join().endOfFile(), Math::max);
      var into = new Content.Destination(to, now.join().endOfFile() == 0, size, null);
      Content content = new Content(keyed.join(), into, ends, options, tally, List.of());
      return copy(content).thenApply(done -> result());
    });
  }

  private CompletableFuture<SourceFile> withKey() {
    boolean wanted = options.allows(CopyMethod.COPYCHUNK)
        && ends.areOfOneSession()
        && ends.learnt().refusal(CopyMethod.COPYCHUNK) == null;
    if (!wanted) {
      return CompletableFuture.completedFuture(new SourceFile(from, null));
    }
    return Futures.compose(from.requestResumeKey(), (key, failure) -> {
      if (failure == null) {
        return CompletableFuture.completedFuture(new SourceFile(from, new SourceKey(from, key)));
      }
      return failure instanceof SmbNotSupportedException
          ? CompletableFuture.completedFuture(new SourceFile(from, null))
          : CompletableFuture.failedFuture(failure);
    });
  }

  private CompletableFuture<Void> copy(Content content) {
    if (!isSameFile()) {
      // Of two that write the same, the later one counts; a server may do both at once.
      return move(content, ranges, Ranges.overlapInTarget(ranges) ? 1 : options.maxWindow());
    }
    CompletableFuture<Void> copied = Futures.done();
    for (CopyRange range : ranges) { // one may write what the next one reads
      copied = copied.thenCompose(before -> within(content, range));
    }
    return copied;
  }

  private CompletableFuture<Void> within(Content content, CopyRange range) {
    long shift = Math.abs(range.targetOffset() - range.sourceOffset());
    if (shift == 0) {
      tally.skipped(range.length());
      return Futures.done();
    }
    if (shift >= range.length()) {
      return move(content, List.of(range), options.maxWindow());
    }
    if (shift >= Shift.PIECE) {
      return move(content, Shift.pieces(range, shift), 1); // no piece overlaps itself
    }
    if (!options.allows(CopyMethod.STREAM)) {
      return CompletableFuture.failedFuture(new SmbCopyException(
          Reason.NO_METHOD,
          to.path() + ": a range that is moved by " + shift + " bytes takes stream (expected: >= "
              + Shift.PIECE + ", or no overlap)"));
    }
    return cancellation.step(() -> Shift.of(from, to, range, tally));
  }

  private CompletableFuture<Void> move(Content content, List<CopyRange> some, int window) {
    Ladder ladder = content.ladder(window);
    return cancellation
        .step(ladder.move(some), ladder::cancel)
        .whenComplete((moved, failure) -> fallbacks.addAll(ladder.fallbacks()));
  }

  private boolean isSameFile() {
    if (from == to) {
      return true;
    }
    if (!ends.areOfOneSession()) {
      return false;
    }
    @Nullable Object one = from.onDiskId();
    @Nullable Object other = to.onDiskId();
    return one != null && other != null
        ? one.equals(other)
        : from.path().equalsIgnoreCase(to.path());
  }

  private CopyResult result() {
    return new CopyResult(
        from.path(),
        to.path(),
        Ranges.size(ranges),
        tally.bytes(),
        fallbacks,
        List.of(),
        null,
        false,
        tally.elapsed());
  }
}
