package io.copychunk.client.copy;

import io.copychunk.client.AsyncSmbFile;
import io.copychunk.client.AsyncSmbSession;
import io.copychunk.client.CopyRange;
import io.copychunk.client.FileRange;
import io.copychunk.client.copy.Ladder.Rung;
import io.copychunk.client.copy.internal.Futures;
import io.copychunk.fscc.FileEndOfFileInformation;
import io.copychunk.fscc.FileFsAttributeInformation;
import io.copychunk.fscc.FileSystemAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The data of one file or stream on its way: which methods there are for it, what each takes, and which
 * parts are holes.
 */
final class Content {
  static final int STREAM_PIECE = 1 << 18;
  private static final Refusal OTHER_SESSION =
      Refusal.here("source and target are not of the same session");
  private static final Refusal NO_KEY = Refusal.here("there is no resume key of the source");

  private final SourceFile source;
  private final Destination into;
  private final AsyncSmbFile target;
  private final Ends ends;
  private final CopyOptions options;
  private final Tally tally;
  private final List<Loss> losses;
  private @Nullable CompletableFuture<Void> grown;
  private @Nullable CompletableFuture<List<FileRange>> data;

  /**
   * Who is at both ends, and what is known of what lies between them.
   *
   * @param source the session of the source
   * @param target the session of the target
   * @param learnt what is known of the methods from share to share
   * @param limits what is known of the target's server
   * @param volumes what is known of the source's share
   */
  record Ends(
      AsyncSmbSession source,
      AsyncSmbSession target,
      LearntMethods learnt,
      LearntLimits limits,
      LearntVolumes volumes) {
    boolean areOfOneSession() {
      return source == target;
    }
  }

  /**
   * Where the data goes.
   *
   * @param file the target
   * @param startsEmpty whether it had no content before
   * @param size what it is to have in the end
   * @param early what was sent already, or null
   */
  record Destination(
      AsyncSmbFile file,
      boolean startsEmpty,
      long size,
      @Nullable EarlyCopyChunk early) {}

  Content(
      SourceFile source,
      Destination into,
      Ends ends,
      CopyOptions options,
      Tally tally,
      List<Loss> losses) {
    this.source = source;
    this.into = into;
    this.target = into.file();
    this.ends = ends;
    this.options = options;
    this.tally = tally;
    this.losses = losses;
  }

  /** The ladder for this content. */
  Ladder ladder() {
    return ladder(options.maxWindow());
  }

  /** A ladder that has no more than so many requests under way, and with one keeps their order. */
  Ladder ladder(int maxWindow) {
    List<Rung> rungs = new ArrayList<>();
    for (CopyMethod method : options.methods()) {
      rungs.add(
          switch (method) {
            case CLONE ->
              rung(
                  method,
                  this::sessions,
                  this::readyToClone,
                  () -> new CloneMover(source.file(), target));
            case OFFLOAD ->
              rung(
                  method,
                  this::sessions,
                  this::dataOf,
                  () -> new OffloadMover(source.file(), target, this::grown));
            case COPYCHUNK -> rung(method, this::key, this::dataOf, this::copyChunk);
            case STREAM -> rung(method, () -> null, this::dataOf, this::stream);
          });
    }
    return new Ladder(rungs, ends.learnt(), maxWindow, tally, source.file().path());
  }

  /** All of it. */
  List<CopyRange> whole() {
    return source.size() == 0 ? List.of() : List.of(CopyRange.at(0, source.size()));
  }

  /**
   * Makes the target what the data alone has not made it: as long as it is to be, and with holes where
   * the source has them. Not before the data is there, for a target that had content loses it.
   */
  CompletableFuture<Void> complete() {
    if (data == null && into.startsEmpty()) {
      return Futures.done();
    }
    CompletableFuture<Void> zeroed =
        data == null || into.startsEmpty() ? Futures.done() : data.thenCompose(this::zeroHoles);
    return zeroed.thenCompose(done -> target.set(new FileEndOfFileInformation(into.size())));
  }

  /** Makes the target long enough for what does not make it longer, once, and never shorter. */
  private synchronized CompletableFuture<Void> grown() {
    if (grown == null) {
      grown = target.size() >= into.size()
          ? Futures.done()
          : target.set(new FileEndOfFileInformation(into.size()));
    }
    return grown;
  }

  private @Nullable Refusal sessions() {
    return ends.areOfOneSession() ? null : OTHER_SESSION;
  }

  private @Nullable Refusal key() {
    Refusal other = sessions();
    return other == null && source.key() == null ? NO_KEY : other;
  }

  private CompletableFuture<List<CopyRange>> readyToClone(List<CopyRange> ranges) {
    CompletableFuture<Void> offered = ends.learnt().hasWorked(CopyMethod.CLONE)
        ? Futures.done()
        : target.query(FileFsAttributeInformation.CLASS).thenAccept(Content::requireCloning);
    return offered.thenCompose(isOffered -> grown()).thenApply(isGrown -> ranges);
  }

  private static void requireCloning(FileFsAttributeInformation volume) {
    if (!volume.fileSystemAttributes().has(FileSystemAttributes.SUPPORTS_BLOCK_REFCOUNTING)) {
      throw new MethodRefusedException(
          new Refusal("the target's file system does not offer to share blocks", true));
    }
  }

  private CompletableFuture<List<CopyRange>> dataOf(List<CopyRange> ranges) {
    if (!options.preserves(Preserve.SPARSENESS) || !source.mayHaveHoles()) {
      return CompletableFuture.completedFuture(ranges);
    }
    return data().thenApply(parts -> {
      List<CopyRange> within = DataRanges.within(ranges, parts);
      tally.skipped(Ranges.size(ranges) - Ranges.size(within));
      return within;
    });
  }

  /** Which parts are data; asked once, and the target made sparse if that is not all. */
  private synchronized CompletableFuture<List<FileRange>> data() {
    if (data == null) {
      List<FileRange> whole = List.of(new FileRange(0, source.size()));
      data = DataRanges.of(source.file(), source.size())
          .thenCompose(parts -> parts.equals(whole)
              ? CompletableFuture.completedFuture(parts)
              : target.setSparse(true).thenApply(sparse -> parts))
          .exceptionally(failure -> {
            lost(failure);
            return whole;
          });
    }
    return data;
  }

  private CompletableFuture<Void> zeroHoles(List<FileRange> parts) {
    CompletableFuture<Void> zeroed = Futures.done();
    for (FileRange hole : DataRanges.holes(parts, source.size())) {
      zeroed = zeroed.thenCompose(before -> target.setZeroData(hole));
    }
    return zeroed;
  }

  private void lost(Throwable failure) {
    Throwable cause = Futures.root(failure);
    if (Refusals.of(CopyMethod.CLONE, cause) == null) {
      throw new CompletionException(cause);
    }
    losses.add(new Loss(Preserve.SPARSENESS, String.valueOf(cause.getMessage())));
  }

  private Mover copyChunk() {
    SourceKey key = source.key();
    if (key == null) {
      throw new IllegalStateException("the rung has an obstacle");
    }
    EarlyCopyChunk early = into.early();
    CopyChunkMover.Sender sender =
        early == null ? target::copyChunk : early.before(target::copyChunk);
    return new CopyChunkMover(key, sender, target.path(), ends.limits());
  }

  private Mover stream() {
    int largest = Math.min(ends.source().maxReadSize(), ends.target().maxWriteSize());
    return new StreamMover(
        source.file()::read,
        target::write,
        Math.min(STREAM_PIECE, largest),
        source.file().path());
  }

  /** Makes ready for a method. */
  @FunctionalInterface
  private interface Preparation {
    CompletableFuture<List<CopyRange>> prepare(List<CopyRange> ranges);
  }

  private static Rung rung(
      CopyMethod method,
      Supplier<@Nullable Refusal> obstacle,
      Preparation preparation,
      Supplier<Mover> mover) {
    return new Rung() {
      @Override
      public CopyMethod method() {
        return method;
      }

      @Override
      public @Nullable Refusal obstacle() {
        return obstacle.get();
      }

      @Override
      public CompletableFuture<List<CopyRange>> prepare(List<CopyRange> ranges) {
        return preparation.prepare(ranges);
      }

      @Override
      public Mover mover() {
        return mover.get();
      }
    };
  }
}
