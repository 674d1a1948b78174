package io.copychunk.client.copy;

import io.copychunk.client.AsyncSmbOpening;
import io.copychunk.client.OpenOptions;
import io.copychunk.client.copy.internal.Callbacks;
import io.copychunk.client.copy.internal.Futures;
import io.copychunk.client.error.SmbCopyException;
import io.copychunk.client.error.SmbCopyException.Reason;
import io.copychunk.client.error.SmbStatusException;
import io.copychunk.fscc.FileNetworkOpenInformation;
import io.copychunk.fscc.FileStandardInformation;
import io.copychunk.wire.NtStatus;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One file from its opening to its new name. The steps follow each other; what can travel together in a
 * step does:
 *
 * <ol>
 *   <li>source opened, with its key; what the target's name stands for is looked at
 *   <li>target created, and by the same frame filled with what one COPYCHUNK copies; the source's
 *       streams asked for
 *   <li>the rest of the data, streams
 *   <li>source closed, target looked at: neither is what it should not be
 *   <li>target renamed, its times and attributes set, and closed; in place together with the step before
 * </ol>
 *
 * <p>Each is one round trip where data and streams are moved by one window of requests, and nothing
 * has to be learnt first; the third is none for small files without streams.
 */
final class FileCopy {
  private final FileLocation from;
  private final FileLocation to;
  private final CopyOptions options;
  private final Content.Ends ends;
  private final Cancellation cancellation;
  private final Tally tally;
  private final List<Fallback> fallbacks = Collections.synchronizedList(new ArrayList<>());
  private final List<Loss> losses = Collections.synchronizedList(new ArrayList<>());
  private volatile boolean sourceChanged;
  private volatile @Nullable String sha256;

  FileCopy(
      FileLocation from,
      FileLocation to,
      CopyOptions options,
      Content.Ends ends,
      Cancellation cancellation,
      Callbacks callbacks) {
    this.from = from;
    this.to = to;
    this.options = options;
    this.ends = ends;
    this.cancellation = cancellation;
    this.tally = new Tally(from.toString(), options, callbacks);
  }

  /** Copies; completes when nothing is under way any more. */
  CompletableFuture<CopyResult> run() {
    boolean wantsKey = options.allows(CopyMethod.COPYCHUNK) && ends.areOfOneSession();
    // Not a step that can be cancelled: what the server opens has to be known to be closed.
    CompletableFuture<SourceFile> opening =
        SourceFile.open(from, forSource(), ends.learnt(), wantsKey);
    CompletableFuture<Existing> looking = options.assumeNew()
        ? CompletableFuture.completedFuture(Existing.NOTHING)
        : cancellation.step(() -> Existing.at(to));
    return Futures.compose(Futures.all(opening, looking), (both, failure) -> {
      if (opening.isCompletedExceptionally()) { // of two failures, that of the source is told
        return opening.thenApply(source -> result(source));
      }
      SourceFile source = opening.join();
      CompletableFuture<Void> copied = failure == null
          ? checked(source, looking.join()).thenCompose(checked -> copy(source))
          : CompletableFuture.failedFuture(failure);
      return Futures.compose(
          copied,
          (done, cause) -> Futures.compose(
              source.file().close(),
              (closed, ignored) ->
                  cause == null // it was only read, so that it can not be closed is no loss
                      ? CompletableFuture.completedFuture(result(source))
                      : CompletableFuture.failedFuture(explained(cause))));
    });
  }

  private OpenOptions forSource() {
    OpenOptions how = SourceFile.READ;
    return asksForWhole() ? how.withAaplQuery() : how;
  }

  /** Not where it would be in vain: a server may treat the whole connection differently from then on. */
  private boolean asksForWhole() {
    return options.appleCopyFile()
        && options.allows(CopyMethod.COPYCHUNK)
        && ends.areOfOneSession()
        && !from.isStream()
        && !to.isStream();
  }

  private CompletableFuture<Target> openTarget(SourceFile source, @Nullable EarlyCopyChunk early) {
    boolean asks = asksForWhole() && source.file().supportsAaplCopyFile();
    CopyOptions how = asks == options.appleCopyFile()
        ? options
        : options.toBuilder().appleCopyFile(asks).build();
    Consumer<AsyncSmbOpening> along = early == null ? nothing -> {} : early::with;
    return how.inPlace()
        ? InPlaceTarget.open(to, how, along)
        : TemporaryTarget.create(to, how, along);
  }

  /** A name that was free when it was looked at may be taken when it is to be had. */
  private Throwable explained(Throwable cause) {
    return !options.replace()
            && cause instanceof SmbStatusException refused
            && refused.status().equals(NtStatus.OBJECT_NAME_COLLISION)
        ? new SmbCopyException(Reason.TARGET_EXISTS, to + ": exists already")
        : cause;
  }

  private CompletableFuture<Void> checked(SourceFile source, Existing existing) {
    return Futures.of(() -> {
      check(source, existing);
      return null;
    });
  }

  private void check(SourceFile source, Existing existing) throws SmbCopyException {
    if (isSame(source, existing)) {
      throw new SmbCopyException(Reason.SAME_FILE, from + " and " + to + " are the same file");
    }
    existing.requireReplaceable(to, options);
  }

  private boolean isSame(SourceFile source, Existing existing) {
    if (!existing.exists() || !ends.areOfOneSession()) {
      return false;
    }
    if (existing.id() != null && source.file().onDiskId() != null) {
      return existing.id().equals(source.file().onDiskId())
          && from.streamPart().equals(to.streamPart());
    }
    return from.toString().equalsIgnoreCase(to.toString());
  }

  private CompletableFuture<Void> copy(SourceFile source) {
    if (cancellation.isCancelled()) {
      return CompletableFuture.failedFuture(Cancellation.cancelledCopy());
    }
    tally.size(source.size());
    EarlyCopyChunk early =
        asksForWhole() ? null : EarlyCopyChunk.of(source, options, ends.learnt(), ends.limits());
    CompletableFuture<Target> opening = openTarget(source, early);
    Extras extras = new Extras(from, source, options, ends, tally, losses);
    CompletableFuture<List<String>> streams = cancellation.step(extras::namedStreams);
    return Finishing.of(
        opening,
        target -> copyWhole(source, target).thenCompose(whole -> {
          CompletableFuture<Void> filled = whole.isCopied()
              ? streams.handle((names, failure) -> null) // it has them
              : fill(source, target, early, whole.refusal())
                  .thenCompose(moved -> streams)
                  .thenCompose(
                      names -> extras.carryStreams(names, target, cancellation, fallbacks));
          return filled.thenCompose(carried -> finish(source, target, extras));
        }),
        target -> commit(source, target, extras));
  }

  /** By one request, where that is asked for and the server can. */
  private CompletableFuture<AppleCopy.Outcome> copyWhole(SourceFile source, Target target) {
    if (!options.appleCopyFile() || !options.allows(CopyMethod.COPYCHUNK)) {
      return CompletableFuture.completedFuture(AppleCopy.NOT_ASKED_FOR);
    }
    if (from.isStream() || to.isStream()) {
      return CompletableFuture.completedFuture(AppleCopy.OF_STREAM);
    }
    return cancellation.step(() -> new AppleCopy(source, target, ends, tally).run());
  }

  private CompletableFuture<Void> fill(
      SourceFile source,
      Target target,
      @Nullable EarlyCopyChunk early,
      @Nullable Refusal whyNotWhole) {
    var into = new Content.Destination(target.file(), target.startsEmpty(), source.size(), early);
    Content content = new Content(source, into, ends, options, tally, losses);
    Ladder ladder = content.ladder();
    if (whyNotWhole != null) {
      ladder.after(CopyMethod.COPYCHUNK, whyNotWhole);
    }
    return cancellation
        .step(ladder.move(content.whole()), ladder::cancel)
        .whenComplete((moved, failure) -> fallbacks.addAll(ladder.fallbacks()))
        .thenCompose(moved -> cancellation.step(content::complete));
  }

  private CompletableFuture<Void> finish(SourceFile source, Target target, Extras extras) {
    return cancellation
        .step(tally::told)
        .thenCompose(told -> options.verify() == Verify.FULL
            ? cancellation.step(() -> compareContent(source, target))
            : Futures.done())
        .thenCompose(same -> isCheckedLate(target, extras)
            ? Futures.done()
            : cancellation.step(
                () -> Futures.all(requireUnchanged(source), compareSize(source, target))))
        .thenCompose(same -> extras.areCarriedByName()
            ? cancellation.step(() -> target.keep().thenCompose(kept -> extras.carryByName(target)))
            : Futures.done())
        .thenCompose(carried -> cancellation.isCancelled()
            ? CompletableFuture.failedFuture(Cancellation.cancelledCopy())
            : Futures.done());
  }

  private static boolean isCheckedLate(Target target, Extras extras) {
    return target.canBeCheckedLate() && !extras.areCarriedByName();
  }

  private CompletableFuture<Void> commit(SourceFile source, Target target, Extras extras) {
    Target.Last last = asked -> extras.carryBasics(target.file(), asked);
    if (!isCheckedLate(target, extras)) {
      return Finishing.committing(last).apply(target);
    }
    return Futures.all(
        requireUnchanged(source),
        Futures.then(target.commit(last), closed -> compareSize(source, closed)));
  }

  private CompletableFuture<Void> requireUnchanged(SourceFile source) {
    return source.close(from).thenAccept(this::judge);
  }

  private void judge(@Nullable String change) {
    if (change == null) {
      return;
    }
    if (!options.sourceMayChange()) {
      throw new CompletionException(new SmbCopyException(
          Reason.SOURCE_CHANGED, from + ": has changed while it was copied: " + change));
    }
    sourceChanged = true;
  }

  private CompletableFuture<Void> compareSize(SourceFile source, Target target) {
    return options.verify() == Verify.NONE
        ? Futures.done()
        : Futures.then(
            target.file().query(FileStandardInformation.CLASS),
            now -> requireSize(now.endOfFile(), source));
  }

  private CompletableFuture<Void> compareSize(
      SourceFile source, @Nullable FileNetworkOpenInformation closed) {
    if (options.verify() == Verify.NONE) {
      return Futures.done();
    }
    return closed == null
        ? Futures.then(
            to.share().opening(to.path(), OpenOptions.attributes()).openAndClose(),
            now -> requireSize(now.size(), source))
        : requireSize(closed.endOfFile(), source);
  }

  private CompletableFuture<Void> requireSize(long size, SourceFile source) {
    return size == source.size()
        ? Futures.done()
        : CompletableFuture.failedFuture(new SmbCopyException(
            Reason.NOT_EQUAL,
            to + ": the copy has " + size + " bytes (expected: " + source.size() + ")"));
  }

  private CompletableFuture<Void> compareContent(SourceFile source, Target target) {
    CompletableFuture<String> original =
        Digest.of(source.file(), source.size(), ends.source().maxReadSize());
    CompletableFuture<String> copy =
        Digest.of(target.file(), source.size(), ends.target().maxReadSize());
    return Futures.then(Digest.same(original, copy, to), this::noteDigest);
  }

  private CompletableFuture<Void> noteDigest(String digest) {
    sha256 = digest;
    return Futures.done();
  }

  private CopyResult result(SourceFile source) {
    return new CopyResult(
        from.toString(),
        to.toString(),
        source.size(),
        tally.bytes(),
        fallbacks,
        losses,
        sha256,
        sourceChanged,
        tally.elapsed());
  }
}
