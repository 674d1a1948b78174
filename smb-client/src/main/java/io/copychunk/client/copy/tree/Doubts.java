package io.copychunk.client.copy.tree;

import io.copychunk.client.AsyncSmbFile;
import io.copychunk.client.AsyncSmbOpening;
import io.copychunk.client.OnDiskId;
import io.copychunk.client.OpenOptions;
import io.copychunk.client.copy.FileLocation;
import io.copychunk.client.copy.internal.Futures;
import io.copychunk.client.error.SmbCopyException;
import io.copychunk.client.error.SmbCopyException.Reason;
import io.copychunk.client.error.SmbException;
import io.copychunk.client.error.SmbStatusException;
import io.copychunk.fscc.FileIdBothDirectoryInformation;
import io.copychunk.fscc.FileNetworkOpenInformation;
import io.copychunk.fscc.FileNormalizedNameInformation;
import io.copychunk.fscc.ReparseDataBuffer;
import io.copychunk.fscc.ReparseTag;
import io.copychunk.wire.NtStatus;
import io.copychunk.wire.PrintableText;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Entries of directories that may be something else than they seem: links that are to be followed,
 * directories that are above themselves, names that the server has made up. Each is looked at, in one
 * round trip, before anything is done about it. Immutable.
 */
final class Doubts {
  /** Why a directory is left out that would be copied without end. */
  static final String LEADS_BACK = "it leads back to a directory that it is in";

  /** How Samba calls what has no name that SMB could carry. */
  private static final Pattern MANGLED =
      Pattern.compile("[0-9A-Z_!@#$%&'()\\-^`{}]{1,6}~[0-9A-Z](\\.[0-9A-Z_]{1,3})?");

  private static final Set<NtStatus> LEADS_NOWHERE = Set.of(
      NtStatus.OBJECT_NAME_NOT_FOUND,
      NtStatus.OBJECT_PATH_NOT_FOUND,
      NtStatus.IO_REPARSE_TAG_NOT_HANDLED,
      NtStatus.STOPPED_ON_SYMLINK,
      NtStatus.ACCESS_DENIED);

  private final DirectoryRequests requests;
  private final Links links;

  /**
   * What an entry is.
   *
   * @param entry what is to be copied, or null when nothing is
   * @param why it is left out, or null
   */
  record Seen(
      @Nullable FileIdBothDirectoryInformation entry,
      @Nullable String why) {}

  Doubts(DirectoryRequests requests, Links links) {
    this.requests = requests;
    this.links = links;
  }

  /** Whether an entry is a link that is to be copied as itself. */
  boolean isKept(FileIdBothDirectoryInformation entry) {
    return links == Links.KEEP && isLink(entry);
  }

  /** Whether it stands for something else, not only for data that is stored in another way. */
  static boolean isLink(FileIdBothDirectoryInformation entry) {
    return entry.fileAttributes().isReparsePoint() && !new ReparseTag(entry.eaSize()).isStorage();
  }

  /** Whether it has to be looked at first. */
  boolean about(Directory directory, FileIdBothDirectoryInformation entry) {
    return (isLink(entry) && links == Links.FOLLOW)
        || isUnknown(entry)
        || (entry.fileAttributes().isDirectory() && hasId(directory, entry.fileId()))
        || namesStream(entry)
        || looksMadeUp(entry);
  }

  private static boolean looksMadeUp(FileIdBothDirectoryInformation entry) {
    return entry.fileName().indexOf('~') > 0
        && MANGLED.matcher(entry.fileName()).matches();
  }

  /** Whether the server has not told the tag, which not all do in listings. */
  boolean isUnknown(FileIdBothDirectoryInformation entry) {
    return isLink(entry) && entry.eaSize() == 0 && links != Links.FOLLOW;
  }

  /** A name with a colon would be taken for a stream of another file. */
  private static boolean namesStream(FileIdBothDirectoryInformation entry) {
    return entry.fileName().indexOf(':') >= 0;
  }

  private static boolean hasId(Directory directory, long fileId) {
    for (Directory each = directory; each != null; each = each.parent) {
      if (fileId != 0 && each.id != null && each.id.diskFileId() == fileId) {
        return true;
      }
    }
    return false;
  }

  /**
   * Looks at an entry.
   *
   * @param targetRootId by which the target would be found in the source; 0 when it can not be
   */
  CompletableFuture<Seen> look(
      Directory directory, FileIdBothDirectoryInformation entry, long targetRootId) {
    FileLocation location = requests.source(directory.pathOf(entry.fileName()));
    if (namesStream(entry)) {
      return CompletableFuture.failedFuture(new SmbCopyException(
          Reason.NAME, location + ": has a name that SMB can not carry (expected: no colon)"));
    }
    if (isUnknown(entry)) {
      return Futures.then(
          tagged(location, entry),
          known -> known.eaSize() != 0 && about(directory, known)
              ? look(directory, known, targetRootId)
              : CompletableFuture.completedFuture(seen(known)));
    }
    boolean follows = links == Links.FOLLOW && isLink(entry);
    boolean asListed = !isLink(entry) && !looksMadeUp(entry); // Samba lists what its links lead to
    OpenOptions how = OpenOptions.attributes().withOnDiskId();
    AsyncSmbOpening opening = location
        .share()
        .opening(location.path(), follows || asListed ? how : how.withOpenReparsePoint());
    CompletableFuture<@Nullable String> name = opening
        .query(FileNormalizedNameInformation.CLASS)
        .thenApply(FileNormalizedNameInformation::fileName)
        .exceptionally(unknown -> null);
    return Futures.compose(
        opening.openAndClose(),
        (file, failure) -> failure == null
            ? Futures.then(
                name, real -> Futures.of(() -> judge(directory, entry, file, real, targetRootId)))
            : CompletableFuture.failedFuture(follows ? explained(location, failure) : failure));
  }

  private Seen seen(FileIdBothDirectoryInformation entry) {
    return links == Links.SKIP && isLink(entry)
        ? new Seen(null, "it is a link")
        : new Seen(entry, null);
  }

  private Seen judge(
      Directory directory,
      FileIdBothDirectoryInformation entry,
      AsyncSmbFile file,
      @Nullable String real,
      long targetRootId)
      throws SmbException {
    if (!isLink(entry)) {
      requireOwnName(requests.source(directory.pathOf(entry.fileName())), entry.fileName(), real);
    }
    FileIdBothDirectoryInformation followed =
        isLink(entry) && links == Links.FOLLOW ? as(entry, file.openedAs(), 0) : entry;
    if (followed.fileAttributes().isDirectory() && !isKept(entry)) {
      OnDiskId id = file.onDiskId();
      if (id == null && isLink(entry)) {
        return new Seen(
            null,
            "it is a link to a directory, and the server tells no ids of files by"
                + " which a link that leads back would be known");
      }
      if (directory.isOrIsIn(id)) {
        return new Seen(null, LEADS_BACK);
      }
      if (id != null && id.diskFileId() == targetRootId) {
        return new Seen(null, "it is where the tree is copied to");
      }
    }
    return seen(followed);
  }

  /** What is not called so on the server is not to be called so in the copy either. */
  private static void requireOwnName(FileLocation location, String name, @Nullable String path)
      throws SmbCopyException {
    String real = path == null ? null : path.substring(path.lastIndexOf('\\') + 1);
    if (real != null && MANGLED.matcher(name).matches() && !real.equalsIgnoreCase(name)) {
      throw new SmbCopyException(
          Reason.NAME,
          location + ": the server has made up this name for what is called \""
              + PrintableText.of(path) + "\", which SMB can not carry");
    }
  }

  private static Throwable explained(FileLocation location, Throwable failure) {
    return failure instanceof SmbStatusException refused && LEADS_NOWHERE.contains(refused.status())
        ? new SmbCopyException(
            Reason.LINK,
            location + ": the server does not follow the link: "
                + refused.status().meaning() + " [" + refused.status() + "]",
            null,
            refused)
        : failure;
  }

  private static CompletableFuture<FileIdBothDirectoryInformation> tagged(
      FileLocation location, FileIdBothDirectoryInformation entry) {
    AsyncSmbOpening opening =
        location.share().opening(location.path(), OpenOptions.attributes().withOpenReparsePoint());
    CompletableFuture<ReparseDataBuffer> holds = opening.getReparsePoint();
    return Futures.then(
        opening.openAndClose(),
        file -> Futures.compose(
            holds,
            (value, failure) -> CompletableFuture.completedFuture(
                as(entry, file.openedAs(), failure == null ? value.tag().value() : 0))));
  }

  /** The same entry, of what was opened. */
  static FileIdBothDirectoryInformation as(
      FileIdBothDirectoryInformation entry, FileNetworkOpenInformation opened, int tag) {
    return new FileIdBothDirectoryInformation(
        entry.fileIndex(),
        opened.creationTime(),
        opened.lastAccessTime(),
        opened.lastWriteTime(),
        opened.changeTime(),
        opened.endOfFile(),
        opened.allocationSize(),
        opened.fileAttributes(),
        tag,
        entry.shortName(),
        entry.fileId(),
        entry.fileName());
  }
}
