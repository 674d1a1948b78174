package io.copychunk.client.copy.tree;

import io.copychunk.client.AsyncSmbFile;
import io.copychunk.client.AsyncSmbOpening;
import io.copychunk.client.OnDiskId;
import io.copychunk.client.OpenOptions;
import io.copychunk.client.copy.FileLocation;
import io.copychunk.client.copy.internal.Futures;
import io.copychunk.client.error.SmbStatusException;
import io.copychunk.fscc.FileAttributes;
import io.copychunk.fscc.FileBasicInformation;
import io.copychunk.fscc.FileDispositionInformation;
import io.copychunk.fscc.FileIdBothDirectoryInformation;
import io.copychunk.fscc.FileNetworkOpenInformation;
import io.copychunk.wire.AccessMask;
import io.copychunk.wire.NtStatus;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What is asked about directories, each in one round trip. Paths are from the tree's root. */
final class DirectoryRequests {
  private static final String ALL = "*";
  private static final Set<NtStatus> NOTHING_THERE =
      Set.of(NtStatus.OBJECT_NAME_NOT_FOUND, NtStatus.OBJECT_PATH_NOT_FOUND);

  private final FileLocation source;
  private final FileLocation target;

  /**
   * A directory of the source that was opened, and its counterpart.
   *
   * @param listing gives further entries
   * @param page its first entries, or null when it is empty
   * @param made its counterpart, closed again; null when it was not to be made
   */
  record Opened(
      AsyncSmbFile listing,
      @Nullable List<FileIdBothDirectoryInformation> page,
      @Nullable AsyncSmbFile made) {}

  private record Listed(
      AsyncSmbFile listing, @Nullable List<FileIdBothDirectoryInformation> page) {}

  DirectoryRequests(FileLocation source, FileLocation target) {
    this.source = source;
    this.target = target;
  }

  FileLocation source(String path) {
    return path.isEmpty() ? source : source.child(path);
  }

  FileLocation target(String path) {
    return path.isEmpty() ? target : target.child(path);
  }

  /**
   * Opens a directory of the source, and makes that of the target if it is not there; both at once. What
   * was made for one that can not be listed is removed again.
   */
  CompletableFuture<Opened> open(String path) {
    CompletableFuture<Listed> listing = list(source(path));
    return Futures.compose(
        make(path),
        (made, notMade) -> Futures.compose(listing, (listed, notListed) -> {
          if (notListed != null) {
            return made == null
                ? CompletableFuture.failedFuture(notListed)
                : unmake(path, made, notListed);
          }
          if (notMade != null) {
            listed.listing().close();
            return CompletableFuture.failedFuture(notMade);
          }
          return CompletableFuture.completedFuture(
              new Opened(listed.listing(), listed.page(), made));
        }));
  }

  private CompletableFuture<Opened> unmake(String path, AsyncSmbFile made, Throwable why) {
    return Futures.compose(unmake(path, made), (done, left) -> {
      if (left != null) {
        why.addSuppressed(left);
      }
      return CompletableFuture.failedFuture(why);
    });
  }

  /** Removes a directory of the target again, if it was made by {@link #open}. */
  CompletableFuture<Void> unmake(String path, @Nullable AsyncSmbFile made) {
    return made != null && made.wasCreated()
        ? remove(path, FileAttributes.DIRECTORY)
        : Futures.done();
  }

  /** Opens a directory of the source alone. */
  CompletableFuture<Opened> openOnly(String path) {
    return Futures.then(
        list(source(path)),
        listed ->
            CompletableFuture.completedFuture(new Opened(listed.listing(), listed.page(), null)));
  }

  /** Fails when the source is no directory. */
  CompletableFuture<AsyncSmbFile> openSourceRoot() {
    return opening(source(""), OpenOptions.directory()).openAndClose();
  }

  /** What a listing would say of a path of the source; of a link itself, not of what it stands for. */
  CompletableFuture<FileIdBothDirectoryInformation> sourceEntry(String path) {
    OpenOptions options = OpenOptions.attributes().withOpenReparsePoint().withOnDiskId();
    return Futures.then(
        opening(source(path), options).openAndClose(),
        found -> CompletableFuture.completedFuture(entry(ListedPath.nameOf(path), found)));
  }

  private static FileIdBothDirectoryInformation entry(String name, AsyncSmbFile found) {
    FileNetworkOpenInformation openedAs = found.openedAs();
    OnDiskId id = found.onDiskId();
    return new FileIdBothDirectoryInformation(
        0,
        openedAs.creationTime(),
        openedAs.lastAccessTime(),
        openedAs.lastWriteTime(),
        openedAs.changeTime(),
        openedAs.endOfFile(),
        openedAs.allocationSize(),
        openedAs.fileAttributes(),
        0,
        "",
        id == null ? 0 : id.diskFileId(),
        name);
  }

  /** Opens a directory of the target, which is there. */
  CompletableFuture<Opened> openTarget(String path) {
    return Futures.then(
        list(target(path)),
        listed ->
            CompletableFuture.completedFuture(new Opened(listed.listing(), listed.page(), null)));
  }

  /**
   * Whether the target's directory has this name in another case alone, and so takes both for the same.
   *
   * @param directory its path
   * @param name has no wildcards in it, as no name has
   */
  CompletableFuture<Boolean> hasInOtherCase(String directory, String name) {
    AsyncSmbOpening opening = opening(target(directory), OpenOptions.directory());
    CompletableFuture<@Nullable List<FileIdBothDirectoryInformation>> page =
        opening.queryDirectory(name);
    return Futures.then(
        Futures.all(opening.openAndClose(), page),
        both -> CompletableFuture.completedFuture(page.join() != null
            && page.join().stream().noneMatch(each -> each.fileName().equals(name))));
  }

  private CompletableFuture<Listed> list(FileLocation directory) {
    AsyncSmbOpening opening = opening(directory, OpenOptions.directory().withOnDiskId());
    CompletableFuture<@Nullable List<FileIdBothDirectoryInformation>> page =
        opening.queryDirectory(ALL);
    return Futures.then(
        opening.open(),
        listing -> Futures.compose(page, (entries, failure) -> {
          if (failure == null) {
            return CompletableFuture.completedFuture(new Listed(listing, entries));
          }
          listing.close();
          return CompletableFuture.failedFuture(failure);
        }));
  }

  /** Makes a directory of the target, if it is not there. */
  CompletableFuture<AsyncSmbFile> make(String path) {
    return opening(target(path), OpenOptions.ensureDirectory().withOnDiskId()).openAndClose();
  }

  /** The next entries of a directory, or null when there are no more. */
  CompletableFuture<@Nullable List<FileIdBothDirectoryInformation>> next(AsyncSmbFile listing) {
    return listing.queryDirectory(ALL, false);
  }

  /** Makes a directory of the target's share for files that have not their names yet. */
  CompletableFuture<AsyncSmbFile> makeTemporary(FileLocation directory) {
    return opening(directory, OpenOptions.createDirectory()).openAndClose();
  }

  /** Removes such a directory; fails when something is left in it. */
  CompletableFuture<Void> removeTemporary(FileLocation directory) {
    AsyncSmbOpening opening =
        opening(directory, OpenOptions.attributes().withFurtherAccess(AccessMask.DELETE));
    CompletableFuture<Void> removed = opening.set(new FileDispositionInformation(true));
    return Futures.all(opening.openAndClose(), removed);
  }

  /** Sets times and attributes of a directory of the target. */
  CompletableFuture<Void> set(String path, FileBasicInformation basics) {
    AsyncSmbOpening opening = opening(
        target(path), OpenOptions.attributes().withFurtherAccess(AccessMask.WRITE_ATTRIBUTES));
    CompletableFuture<Void> set = opening.set(basics);
    return Futures.all(opening.openAndClose(), set);
  }

  /** Removes a file, an empty directory, or a link itself from the target. */
  CompletableFuture<Void> remove(String path, FileAttributes attributes) {
    AccessMask rights = attributes.has(FileAttributes.READONLY)
        ? AccessMask.DELETE.with(AccessMask.WRITE_ATTRIBUTES)
        : AccessMask.DELETE;
    AsyncSmbOpening opening = opening(
        target(path), OpenOptions.attributes().withFurtherAccess(rights).withOpenReparsePoint());
    CompletableFuture<Void> writable = attributes.has(FileAttributes.READONLY)
        ? opening.set(new FileBasicInformation(0, 0, 0, 0, FileAttributes.NORMAL))
        : Futures.done();
    CompletableFuture<Void> removed = opening.set(new FileDispositionInformation(true));
    return Futures.all(opening.openAndClose(), writable, removed);
  }

  /** What there is at a path of the source; null when there is nothing. */
  CompletableFuture<@Nullable Counterpart> lookAtSource(String path) {
    return lookAt(source(path), false);
  }

  /**
   * What there is at a path of the target; null when there is nothing.
   *
   * @param itself whether a link is meant, and not what it leads to
   */
  CompletableFuture<@Nullable Counterpart> lookAt(String path, boolean itself) {
    return lookAt(target(path), itself);
  }

  private static CompletableFuture<@Nullable Counterpart> lookAt(
      FileLocation location, boolean itself) {
    OpenOptions how = OpenOptions.attributes().withOnDiskId();
    return Futures.compose(
        opening(location, itself ? how.withOpenReparsePoint() : how).openAndClose(),
        (found, failure) -> {
          if (failure == null) {
            return CompletableFuture.completedFuture(counterpart(found));
          }
          return isNothingThere(failure)
              ? CompletableFuture.completedFuture(null)
              : CompletableFuture.failedFuture(failure);
        });
  }

  static boolean isNothingThere(Throwable failure) {
    return failure instanceof SmbStatusException refused
        && NOTHING_THERE.contains(refused.status());
  }

  private static Counterpart counterpart(AsyncSmbFile found) {
    FileNetworkOpenInformation openedAs = found.openedAs();
    OnDiskId id = found.onDiskId();
    return new Counterpart(
        openedAs.endOfFile(),
        openedAs.lastWriteTime(),
        id == null ? 0 : id.diskFileId(),
        openedAs.fileAttributes().isDirectory());
  }

  private static AsyncSmbOpening opening(FileLocation location, OpenOptions options) {
    return location.share().opening(location.path(), options);
  }
}
