package io.copychunk.client.copy;

import io.copychunk.client.AsyncSmbCompound;
import io.copychunk.client.AsyncSmbFile;
import io.copychunk.client.OnDiskId;
import io.copychunk.client.OpenOptions;
import io.copychunk.client.copy.internal.Futures;
import io.copychunk.client.error.SmbCopyException;
import io.copychunk.client.error.SmbCopyException.Reason;
import io.copychunk.client.error.SmbStatusException;
import io.copychunk.fscc.FileBasicInformation;
import io.copychunk.fscc.FileFsAttributeInformation;
import io.copychunk.fscc.FileFullEaInformation;
import io.copychunk.fscc.FileStreamInformation;
import io.copychunk.fscc.FileSystemAttributes;
import io.copychunk.fscc.InformationClass;
import io.copychunk.fscc.SecurityDescriptor;
import io.copychunk.fscc.SecurityInformation;
import io.copychunk.fscc.SettableInformation;
import io.copychunk.wire.AccessMask;
import io.copychunk.wire.NtStatus;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * What a copy carries over besides the data. What the server refuses is noted as lost; the copy goes
 * on without it.
 */
final class Extras {
  /** There is nothing to carry over, so nothing is lost. */
  private static final Set<NtStatus> NOTHING_THERE =
      Set.of(NtStatus.NO_EAS_ON_FILE, NtStatus.EAS_NOT_SUPPORTED);

  /** With the right to take it away again. */
  private static final OpenOptions FOR_STREAM =
      OpenOptions.create().withFurtherAccess(AccessMask.DELETE);

  private final FileLocation from;
  private final SourceFile source;
  private final CopyOptions options;
  private final Content.Ends ends;
  private final Tally tally;
  private final List<Loss> losses;

  Extras(
      FileLocation from,
      SourceFile source,
      CopyOptions options,
      Content.Ends ends,
      Tally tally,
      List<Loss> losses) {
    this.from = from;
    this.source = source;
    this.options = options;
    this.ends = ends;
    this.tally = tally;
    this.losses = losses;
  }

  /** The streams of the source besides its own data; none where they are not to be carried over. */
  CompletableFuture<List<String>> namedStreams() {
    if (!options.preserves(Preserve.STREAMS) || from.isStream()) {
      return CompletableFuture.completedFuture(List.of());
    }
    return Futures.then(
        mayBeNamed(),
        mayBe -> mayBe ? askForNames() : CompletableFuture.completedFuture(List.of()));
  }

  private CompletableFuture<Boolean> mayBeNamed() {
    OnDiskId id = source.file().onDiskId();
    return id == null
        ? CompletableFuture.completedFuture(true)
        : ends.volumes()
            .haveNamedStreams(
                id.volumeId(),
                () -> source
                    .file()
                    .query(FileFsAttributeInformation.CLASS)
                    .thenApply(volume ->
                        volume.fileSystemAttributes().has(FileSystemAttributes.NAMED_STREAMS)));
  }

  private CompletableFuture<List<String>> askForNames() {
    return source
        .file()
        .query(FileStreamInformation.CLASS)
        .handle((found, failure) -> failure == null ? found : none(failure))
        .thenApply(found -> found.streams().stream()
            .filter(stream -> !stream.isUnnamed())
            .map(FileStreamInformation.Stream::streamName)
            .toList());
  }

  /** Copies streams, one after the other. */
  CompletableFuture<Void> carryStreams(
      List<String> names, Target target, Cancellation cancellation, List<Fallback> fallbacks) {
    if (!names.isEmpty() && methodsForStreams().isEmpty()) {
      losses.add(new Loss(
          Preserve.STREAMS, "none of " + options.methods() + " copies streams: " + names.size()));
      return Futures.done();
    }
    // They are opened by name, which a file that is to be deleted does not allow.
    CompletableFuture<Void> carried = names.isEmpty() ? Futures.done() : target.keep();
    for (String name : names) {
      carried = carried.thenCompose(before -> carryStream(name, target, cancellation, fallbacks));
    }
    return carried;
  }

  private List<CopyMethod> methodsForStreams() {
    return options.methods().stream()
        .filter(method -> method != CopyMethod.CLONE && method != CopyMethod.OFFLOAD)
        .toList();
  }

  /** A file system without streams says so in many ways; then there is nothing to carry over. */
  private static FileStreamInformation none(Throwable failure) {
    if (Refusals.of(CopyMethod.CLONE, Futures.root(failure)) == null) {
      throw new CompletionException(Futures.root(failure));
    }
    return new FileStreamInformation(List.of());
  }

  private CompletableFuture<Void> carryStream(
      String name, Target target, Cancellation cancellation, List<Fallback> fallbacks) {
    boolean wantsKey = options.allows(CopyMethod.COPYCHUNK) && ends.areOfOneSession();
    CompletableFuture<Void> carried = Futures.then(
        SourceFile.open(from.stream(name), ends.learnt(), wantsKey),
        stream -> closing(
            stream.file(),
            Futures.then(
                target.location().share().open(target.location().stream(name).path(), FOR_STREAM),
                copy -> closingOrDeleting(copy, move(stream, copy, cancellation, fallbacks)))));
    return carried.exceptionally(failure -> lost(Preserve.STREAMS, failure));
  }

  private CompletableFuture<Void> move(
      SourceFile stream, AsyncSmbFile copy, Cancellation cancellation, List<Fallback> fallbacks) {
    CopyOptions plain = options.toBuilder()
        .methods(methodsForStreams().toArray(CopyMethod[]::new))
        .preserve(List.of())
        .build();
    var into = new Content.Destination(copy, copy.size() == 0, stream.size(), null);
    Content content = new Content(stream, into, ends, plain, tally, losses);
    Ladder ladder = content.ladder();
    return cancellation
        .step(ladder.move(content.whole()), ladder::cancel)
        .whenComplete((moved, failure) -> fallbacks.addAll(ladder.fallbacks()))
        .thenCompose(moved -> content.complete());
  }

  /** Whether there is anything that takes an open with rights of its own. */
  boolean areCarriedByName() {
    return options.preserves(Preserve.EXTENDED_ATTRIBUTES) || options.preserves(Preserve.SECURITY);
  }

  /** What takes an open with rights of its own, which a file that is to be deleted does not allow. */
  CompletableFuture<Void> carryByName(Target target) {
    CompletableFuture<Void> carried = Futures.done();
    if (options.preserves(Preserve.EXTENDED_ATTRIBUTES)) {
      carried = carry(
          Preserve.EXTENDED_ATTRIBUTES,
          AccessMask.READ_EA,
          FileFullEaInformation.CLASS,
          target,
          AccessMask.WRITE_EA);
    }
    if (options.preserves(Preserve.SECURITY)) {
      SecurityInformation parts =
          SecurityInformation.OWNER.with(SecurityInformation.GROUP).with(SecurityInformation.DACL);
      carried = carried.thenCompose(before -> carry(
          Preserve.SECURITY,
          AccessMask.READ_CONTROL,
          SecurityDescriptor.classOf(parts),
          target,
          AccessMask.WRITE_DAC.with(AccessMask.WRITE_OWNER)));
    }
    return carried;
  }

  /**
   * Carries over times and attributes. Last of all, for anything else changes them: a rename on Samba
   * sets ARCHIVE.
   */
  CompletableFuture<Void> carryBasics(AsyncSmbFile copy, AsyncSmbCompound last) {
    FileBasicInformation basics = options.basics().of(source.file().openedAs(), copy.openedAs());
    return basics == null
        ? Futures.done()
        : last.set(basics)
            .exceptionally(failure -> lost(
                options.preserves(Preserve.TIMES) ? Preserve.TIMES : Preserve.ATTRIBUTES, failure));
  }

  /** Reads something of the source and sets it on the target, each opened with the rights for it. */
  private <T extends SettableInformation> CompletableFuture<Void> carry(
      Preserve what,
      AccessMask toRead,
      InformationClass<T> information,
      Target target,
      AccessMask toSet) {
    CompletableFuture<T> reading =
        Futures.then(open(from, toRead), file -> closing(file, file.query(information)));
    return Futures.then(
            reading,
            value ->
                value instanceof FileFullEaInformation ea && ea.attributes().isEmpty()
                    ? Futures.done()
                    : Futures.then(
                        open(target.location(), toSet), file -> closing(file, file.set(value))))
        .exceptionally(failure -> lost(what, failure));
  }

  private static CompletableFuture<AsyncSmbFile> open(FileLocation location, AccessMask rights) {
    return location
        .share()
        .open(location.path(), OpenOptions.attributes().withFurtherAccess(rights));
  }

  /** Closes a file when something is done, and then comes to the same. */
  private static <T> CompletableFuture<T> closing(AsyncSmbFile file, CompletableFuture<T> work) {
    return Futures.compose(
        work,
        (value, failure) -> Futures.compose(
            file.close(),
            (closed, ignored) -> failure == null
                ? CompletableFuture.completedFuture(value)
                : CompletableFuture.failedFuture(failure)));
  }

  /** Closes a stream when it is filled; one that could not be filled is no stream to keep. */
  private static CompletableFuture<Void> closingOrDeleting(
      AsyncSmbFile stream, CompletableFuture<Void> filling) {
    return Futures.compose(
        filling,
        (filled, failure) -> failure == null
            ? stream.close()
            : Futures.compose(
                stream.deleteAndClose(),
                (deleted, left) -> CompletableFuture.failedFuture(
                    left == null
                        ? failure
                        : new SmbCopyException(
                            Reason.LEFTOVER,
                            failure.getMessage() + "; and the half stream " + stream.path()
                                + " could not be removed: " + left.getMessage(),
                            stream.path(),
                            failure))));
  }

  private Void lost(Preserve what, Throwable failure) {
    Throwable cause = Futures.root(failure);
    if (!(cause instanceof SmbStatusException refused)) { // a lost connection, or a cancel
      throw new CompletionException(cause);
    }
    if (NOTHING_THERE.contains(refused.status())) {
      return nothing();
    }
    losses.add(new Loss(what, String.valueOf(cause.getMessage())));
    return nothing();
  }

  @SuppressWarnings("NullAway") // there is no value that a Void future could complete with
  private static Void nothing() {
    return null;
  }
}
