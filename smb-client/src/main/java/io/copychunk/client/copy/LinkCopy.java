package io.copychunk.client.copy;

import io.copychunk.client.AsyncSmbFile;
import io.copychunk.client.AsyncSmbOpening;
import io.copychunk.client.OpenOptions;
import io.copychunk.client.copy.internal.Futures;
import io.copychunk.client.error.SmbCopyException;
import io.copychunk.client.error.SmbCopyException.Reason;
import io.copychunk.client.error.SmbStatusException;
import io.copychunk.fscc.FileBasicInformation;
import io.copychunk.fscc.FileNetworkOpenInformation;
import io.copychunk.fscc.ReparseDataBuffer;
import io.copychunk.wire.NtStatus;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * A link, or another reparse point, that is copied as itself, with the promises of a file:
 *
 * <ol>
 *   <li>what the source holds is read; what the target's name stands for is looked at
 *   <li>a file or directory of another name is created, made a link, and read again
 *   <li>it gets its name, with times and attributes, and is closed
 * </ol>
 *
 * <p>Each is one round trip.
 */
final class LinkCopy {
  /** By which servers say that there are no links with them, or none for this user. */
  private static final Set<NtStatus> CAN_NOT = Set.of(
      NtStatus.NOT_SUPPORTED,
      NtStatus.NOT_IMPLEMENTED,
      NtStatus.INVALID_DEVICE_REQUEST,
      NtStatus.FS_DRIVER_REQUIRED,
      NtStatus.NOT_A_REPARSE_POINT,
      NtStatus.IO_REPARSE_TAG_INVALID,
      NtStatus.PRIVILEGE_NOT_HELD,
      NtStatus.ACCESS_DENIED);

  private final FileLocation from;
  private final FileLocation to;
  private final CopyOptions options;
  private final Cancellation cancellation;
  private final List<Loss> losses = Collections.synchronizedList(new ArrayList<>());
  private final long begun = System.nanoTime();

  /**
   * What is at a path, itself.
   *
   * @param openedAs its times and attributes
   * @param holds what it holds, or null when it is no link
   */
  private record Found(
      FileNetworkOpenInformation openedAs, @Nullable ReparseDataBuffer holds) {
    boolean isDirectory() {
      return openedAs.fileAttributes().isDirectory();
    }
  }

  LinkCopy(FileLocation from, FileLocation to, CopyOptions options, Cancellation cancellation) {
    this.from = from;
    this.to = to;
    this.options = options;
    this.cancellation = cancellation;
  }

  /** Copies; completes when nothing is under way any more. */
  CompletableFuture<CopyResult> run() {
    CompletableFuture<Found> reading = cancellation.step(this::read);
    CompletableFuture<@Nullable Found> looking = options.assumeNew()
        ? CompletableFuture.completedFuture(null)
        : cancellation.step(this::look);
    return Futures.compose(Futures.all(reading, looking), (both, failure) -> {
      if (reading.isCompletedExceptionally()) { // of two failures, that of the source is told
        return reading.thenApply(source -> result());
      }
      return failure == null
          ? copy(reading.join(), looking.join())
          : CompletableFuture.failedFuture(failure);
    });
  }

  private CompletableFuture<Found> read() {
    AsyncSmbOpening opening = opening(from);
    CompletableFuture<ReparseDataBuffer> holds = opening.getReparsePoint();
    return Futures.then(
        opening.openAndClose(),
        file -> Futures.compose(
            holds,
            (value, failure) -> failure == null
                ? CompletableFuture.completedFuture(new Found(file.openedAs(), value))
                : CompletableFuture.failedFuture(explained(from, "can not be read", failure))));
  }

  private CompletableFuture<@Nullable Found> look() {
    AsyncSmbOpening opening = opening(to);
    CompletableFuture<ReparseDataBuffer> holds = opening.getReparsePoint();
    return Futures.compose(opening.openAndClose(), (file, failure) -> {
      if (failure == null) {
        return Futures.compose(
            holds, (value, none) -> CompletableFuture.completedFuture(found(file, value)));
      }
      return failure instanceof SmbStatusException refused
              && refused.status().equals(NtStatus.OBJECT_NAME_NOT_FOUND)
          ? CompletableFuture.completedFuture(null)
          : CompletableFuture.failedFuture(failure);
    });
  }

  private static Found found(AsyncSmbFile file, @Nullable ReparseDataBuffer holds) {
    return new Found(file.openedAs(), holds);
  }

  private static AsyncSmbOpening opening(FileLocation location) {
    return location
        .share()
        .opening(location.path(), OpenOptions.attributes().withOpenReparsePoint());
  }

  private CompletableFuture<CopyResult> copy(Found source, @Nullable Found existing) {
    if (cancellation.isCancelled()) {
      return CompletableFuture.failedFuture(Cancellation.cancelledCopy());
    }
    ReparseDataBuffer holds = source.holds();
    if (existing != null && !options.replace()) {
      return failed(Reason.TARGET_EXISTS, to + ": exists already");
    }
    if (existing != null && holds.equals(existing.holds())) {
      return CompletableFuture.completedFuture(result()); // a directory could not be replaced
    }
    if (existing != null && existing.isDirectory()) {
      return failed(
          Reason.TARGET_IS_DIRECTORY,
          to + ": is a directory, or leads to another one (expected: a"
              + " free name, a file, or the same link)");
    }
    FileBasicInformation basics = options.basics().of(source.openedAs());
    Target.Last last = basics == null
        ? Target.Last.NOTHING
        : asked -> asked.set(basics).exceptionally(failure -> lost(failure));
    return Finishing.of(
            make(source, holds),
            target -> cancellation.step(Futures::done),
            Finishing.committing(last))
        .thenApply(done -> result());
  }

  /** What the server creates has to be removed by somebody, so this is not cancelled. */
  private CompletableFuture<Target> make(Found source, ReparseDataBuffer holds) {
    List<CompletableFuture<?>> along = new ArrayList<>();
    CompletableFuture<Target> opening =
        TemporaryTarget.createLink(to, options, source.isDirectory(), asked -> {
          along.add(asked.setReparsePoint(holds));
          along.add(
              options.verify() == Verify.NONE
                  ? Futures.done()
                  : asked.getReparsePoint().thenAccept(made -> requireSame(holds, made)));
        });
    return opening.thenCompose(target -> Futures.compose(
        along.get(0),
        (made, refused) -> Futures.compose(
            along.get(1),
            (same, other) -> refused == null && other == null
                ? CompletableFuture.completedFuture(target)
                : undo(
                    target, refused == null ? other : explained(to, "can not be made", refused)))));
  }

  private static CompletableFuture<Target> undo(Target target, Throwable failure) {
    return Finishing.of(
            CompletableFuture.completedFuture(target),
            unused -> CompletableFuture.failedFuture(failure),
            Finishing.committing(Target.Last.NOTHING))
        .thenApply(never -> target);
  }

  private void requireSame(ReparseDataBuffer expected, ReparseDataBuffer made) {
    if (!made.equals(expected)) {
      throw new CompletionException(
          new SmbCopyException(Reason.NOT_EQUAL, to + ": the copy is another link"));
    }
  }

  @SuppressWarnings("NullAway") // there is no value that a Void future could complete with
  private Void lost(Throwable failure) {
    Throwable cause = Futures.root(failure);
    if (!(cause instanceof SmbStatusException)) { // a lost connection, or a cancel
      throw new CompletionException(cause);
    }
    losses.add(new Loss(
        options.preserves(Preserve.TIMES) ? Preserve.TIMES : Preserve.ATTRIBUTES,
        String.valueOf(cause.getMessage())));
    return null;
  }

  private static Throwable explained(FileLocation where, String what, Throwable failure) {
    return failure instanceof SmbStatusException refused && CAN_NOT.contains(refused.status())
        ? new SmbCopyException(
            Reason.LINK,
            where + ": the link " + what + " as itself: " + refused.status().meaning() + " ["
                + refused.status() + "]",
            null,
            refused)
        : failure;
  }

  private static <T> CompletableFuture<T> failed(Reason reason, String message) {
    return CompletableFuture.failedFuture(new SmbCopyException(reason, message));
  }

  private CopyResult result() {
    return new CopyResult(
        from.toString(),
        to.toString(),
        0,
        Map.of(),
        List.of(),
        losses,
        null,
        false,
        Duration.ofNanos(System.nanoTime() - begun));
  }
}
