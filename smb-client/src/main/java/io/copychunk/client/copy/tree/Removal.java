package io.copychunk.client.copy.tree;

import io.copychunk.client.copy.FileLocation;
import io.copychunk.client.copy.internal.Fingerprint;
import io.copychunk.client.copy.internal.Futures;
import io.copychunk.client.copy.internal.LongTable;
import io.copychunk.client.error.SmbCopyException;
import io.copychunk.client.error.SmbCopyException.Reason;
import io.copychunk.client.error.SmbStatusException;
import io.copychunk.fscc.FileIdBothDirectoryInformation;
import io.copychunk.wire.NtStatus;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Removes what the target has and the source has not. Goes through both twice: to count, and, if it is
 * not too much, to remove. What can not be read when it counts ends it, and nothing is removed.
 *
 * <p>Links that are told as such are removed themselves. Samba follows those of its own file system and
 * shows them as directories: they are recognised by what is above them, or by being there twice, and
 * never gone into, for what they stand for is not the target's.
 */
final class Removal {
  private static final int TURNS = 64;

  /** So few are removed whatever share of the target they are. */
  private static final long FEW = 10;

  /** No name. */
  private static final LongTable NONE = new LongTable(0, 0);

  private final DirectoryRequests requests;
  private final TreeOptions options;
  private final TreeTally tally;
  private final EntryByEntry entries;
  private final Fingerprint fingerprint = Fingerprint.random();
  private final AtomicLong seen = new AtomicLong();
  private final AtomicLong extra = new AtomicLong();
  private volatile boolean removing;
  private volatile boolean cancelled;

  /**
   * A directory of the target.
   *
   * @param path from the tree's root
   * @param id what its server calls it, 0 where that is not known
   */
  private record Place(String path, long id) {
    String pathOf(FileIdBothDirectoryInformation entry) {
      return path.isEmpty() ? entry.fileName() : path + "\\" + entry.fileName();
    }

    Place child(FileIdBothDirectoryInformation entry) {
      return new Place(pathOf(entry), entry.fileId());
    }
  }

  /** A directory is in another one than its name says. */
  private static final class LinkedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    LinkedException(Place place) {
      super(place.path() + ": is a link", null, false, false);
    }
  }

  Removal(FileLocation source, FileLocation target, TreeOptions options, TreeTally tally) {
    this.requests = new DirectoryRequests(source, target);
    this.options = options;
    this.tally = tally;
    this.entries = new EntryByEntry(requests, TURNS, () -> cancelled);
  }

  /** Fails when too much would be removed; then nothing is. */
  CompletableFuture<Void> run() {
    return Futures.then(requests.lookAt("", false), found -> {
      if (found == null) { // of a rehearsal
        return Futures.done();
      }
      Place root = new Place("", found.fileId());
      return Futures.then(compare(root, 0), counted -> {
        if (extra.get() > most()) {
          return CompletableFuture.failedFuture(tooMany());
        }
        removing = !options.dryRun();
        return removing && extra.get() > 0 ? compare(root, 0) : Futures.done();
      });
    });
  }

  /** Nothing more is begun; what is under way ends by itself. */
  void cancel() {
    cancelled = true;
  }

  /** That nothing at all is left to copy is rather a mistake than meant. */
  private long most() {
    if (options.maxRemovals() != TreeOptions.AT_MOST_HALF) {
      return options.maxRemovals();
    }
    return extra.get() == seen.get() ? 0 : Math.max(FEW, seen.get() / 2);
  }

  private SmbCopyException tooMany() {
    return new SmbCopyException(
        Reason.TOO_MANY_REMOVALS,
        String.format(
            Locale.ROOT,
            "%s: %,d of %,d files and directories would be removed (expected: at most %,d), so nothing was",
            requests.target(""),
            extra.get(),
            seen.get(),
            most()));
  }

  /**
   * The root, or a directory that both have.
   *
   * @param above the directory that it should be in, 0 where that is not known
   */
  private CompletableFuture<Void> compare(Place place, long above) {
    LongTable names = new LongTable(0, 0);
    CompletableFuture<Void> listed = entries.goThrough(requests.openOnly(place.path()), entry -> {
      names.add(fingerprint.ofAnyCase(entry.fileName()));
      return null;
    });
    return Futures.then(listed, all -> goThrough(place, above, names));
  }

  /** Sees to the files first: then it is known whether two of the directories are the same one. */
  private CompletableFuture<Void> goThrough(Place place, long above, LongTable kept) {
    Siblings siblings = new Siblings();
    CompletableFuture<Void> files = entries.goThrough(unlinked(place, above), entry -> {
      if (isInto(entry)) {
        siblings.add(entry.fileId());
        return null;
      }
      return isOurs(place, entry) && !isKept(entry, kept)
          ? remove(place, entry, kept, Futures::done)
          : null;
    });
    return Futures.then(
        files,
        seenTo -> siblings.areNone()
            ? Futures.done()
            : entries.goThrough(
                requests.openTarget(place.path()),
                entry -> isInto(entry) && isOurs(place, entry)
                    ? directory(place, entry, kept, siblings)
                    : null));
  }

  private CompletableFuture<DirectoryRequests.Opened> unlinked(Place place, long above) {
    return Futures.then(requests.openTarget(place.path()), opened -> {
      long actual = opened.listing().parentFileId();
      if (above == 0 || actual == 0 || actual == above) {
        return CompletableFuture.completedFuture(opened);
      }
      opened.listing().close();
      return CompletableFuture.failedFuture(new LinkedException(place));
    });
  }

  private CompletableFuture<Void> directory(
      Place parent, FileIdBothDirectoryInformation entry, LongTable kept, Siblings siblings) {
    Place place = parent.child(entry);
    boolean isOnce = siblings.isOnce(place.id());
    if (!isKept(entry, kept)) {
      return remove(
          parent,
          entry,
          kept,
          () -> isOnce
              ? Futures.compose(goThrough(place, parent.id(), NONE), Removal::unlessLinked)
              : Futures.done());
    }
    CompletableFuture<Void> compared = isOnce
        ? compareIfDirectory(place, parent.id())
        : CompletableFuture.failedFuture(new LinkedException(place));
    return Futures.compose(compared, (done, failure) -> {
      if (failure instanceof LinkedException && (removing || options.dryRun())) {
        tally.skipped(place.path(), "it is a link, so nothing in it is removed");
      }
      return unlessLinked(done, failure);
    });
  }

  private static CompletableFuture<Void> unlessLinked(
      @Nullable Void done, @Nullable Throwable failure) {
    return failure == null || failure instanceof LinkedException
        ? Futures.done()
        : CompletableFuture.failedFuture(failure);
  }

  /** Where the source has a file of this name, that was told when it could not be copied. */
  private CompletableFuture<Void> compareIfDirectory(Place place, long above) {
    return Futures.then(
        requests.lookAtSource(place.path()),
        found -> found != null && found.isDirectory() ? compare(place, above) : Futures.done());
  }

  /**
   * Removes something when what is in it is, or counts it.
   *
   * @param kept names that the source has; none inside of what it has not
   */
  private CompletableFuture<Void> remove(
      Place place,
      FileIdBothDirectoryInformation entry,
      LongTable kept,
      Supplier<CompletableFuture<Void>> inside) {
    String path = place.pathOf(entry);
    if (!removing) {
      return Futures.then(inside.get(), done -> counted(path));
    }
    CompletableFuture<Boolean> gone = kept == NONE
        ? CompletableFuture.completedFuture(true)
        : requests.lookAtSource(path).thenApply(found -> found == null);
    return Futures.then(
        gone,
        really -> really
            ? Futures.then(inside.get(), done -> removeItself(path, entry))
            : Futures.done());
  }

  private CompletableFuture<Void> counted(String path) {
    extra.incrementAndGet();
    if (options.dryRun()) {
      tally.wouldRemove(path);
    }
    return Futures.done();
  }

  private CompletableFuture<Void> removeItself(String path, FileIdBothDirectoryInformation entry) {
    return Futures.compose(requests.remove(path, entry.fileAttributes()), (removed, failure) -> {
      if (failure == null) {
        tally.removed(path);
      } else if (failure instanceof SmbStatusException refused
          && refused.status().equals(NtStatus.DIRECTORY_NOT_EMPTY)) {
        tally.skipped(path, "not all that is in it is removed");
      } else {
        tally.failed(path, failure);
      }
      return Futures.done();
    });
  }

  /** What is not copied is not removed either. */
  private boolean isOurs(Place place, FileIdBothDirectoryInformation entry) {
    if (!options.filter().test(place.pathOf(entry), entry)) {
      return false;
    }
    if (!removing) {
      seen.incrementAndGet();
    }
    return true;
  }

  private boolean isKept(FileIdBothDirectoryInformation entry, LongTable kept) {
    return kept.contains(fingerprint.ofAnyCase(entry.fileName()));
  }

  private static boolean isInto(FileIdBothDirectoryInformation entry) {
    return entry.fileAttributes().isDirectory() && !entry.fileAttributes().isReparsePoint();
  }
}
