package io.copychunk.client.copy.tree;

import io.copychunk.client.AsyncSmbFile;
import io.copychunk.client.OnDiskId;
import io.copychunk.client.copy.tree.Directory.Waiting;
import io.copychunk.client.copy.tree.Directory.Work;
import io.copychunk.client.error.SmbCopyException;
import io.copychunk.client.error.SmbCopyException.Reason;
import io.copychunk.fscc.FileAttributes;
import io.copychunk.fscc.FileIdBothDirectoryInformation;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** What becomes of the entries of directories, before they are files or directories to be copied. */
final class Entries {
  /** So many names of a directory wait for others; all further ones that would fail. */
  private static final int MAX_WAITING = 1024;

  private final TreeRun run;
  private final Walk walk;
  private final DirectoryRequests requests;
  private final TreeOptions options;
  private final TreeTally tally;
  private final Doubts doubts;

  /** By which the target would be found in the source; 0 when it can not be. */
  private volatile long targetRootId;

  Entries(
      TreeRun run, Walk walk, DirectoryRequests requests, TreeOptions options, TreeTally tally) {
    this.run = run;
    this.walk = walk;
    this.requests = requests;
    this.options = options;
    this.tally = tally;
    this.doubts = new Doubts(requests, options.links());
  }

  /** Notes the directory that the tree is copied to. */
  void targetIs(@Nullable AsyncSmbFile made) {
    OnDiskId id = made == null ? null : made.onDiskId();
    targetRootId = id == null || !run.isSameServer() ? 0 : id.diskFileId();
  }

  /** Whether a file is a link that is copied as itself. */
  boolean isKept(Work work) {
    return doubts.isKept(work.entry());
  }

  /** Whether an entry is to be copied at all; why it is not, is told. */
  boolean isWanted(String path, FileIdBothDirectoryInformation entry) {
    FileAttributes attributes = entry.fileAttributes();
    if (!options.filter().test(path, entry)) {
      return false;
    }
    if (options.links() == Links.SKIP && Doubts.isLink(entry) && !doubts.isUnknown(entry)) {
      tally.skipped(path, "it is a link");
      return false;
    }
    if (attributes.isDirectory() && entry.fileId() != 0 && entry.fileId() == targetRootId) {
      tally.skipped(path, "it is where the tree is copied to");
      return false;
    }
    return true;
  }

  /** Takes an entry over, unless it waits for others, or is one too many that would. Under the lock. */
  void take(
      Directory directory,
      FileIdBothDirectoryInformation entry,
      List<FileIdBothDirectoryInformation> tooMany) {
    Names.Found found =
        directory.names == null ? Names.Found.NEW : directory.names.add(entry.fileName());
    switch (found) {
      case NEW -> admit(directory, entry);
      case IN_OTHER_CASE -> {
        if (directory.waiting.size() < MAX_WAITING) {
          directory.waiting.add(new Waiting(entry, true));
        } else {
          tooMany.add(entry);
        }
      }
      case AGAIN -> {}
    }
  }

  private void admit(Directory directory, FileIdBothDirectoryInformation entry) {
    if (doubts.about(directory, entry)) {
      directory.doubtful.add(entry);
    } else {
      add(directory, entry);
    }
  }

  /** Adds what is to be copied. Under the lock. */
  void add(Directory directory, FileIdBothDirectoryInformation entry) {
    if (entry.fileAttributes().isDirectory() && !doubts.isKept(entry)) {
      directory.directories.add(entry);
    } else {
      tally.found(entry.endOfFile());
      directory.found++;
      directory.files.add(new Work(entry));
    }
  }

  /** Looks at an entry that is in doubt. */
  void look(Directory directory, FileIdBothDirectoryInformation entry) {
    String path = directory.pathOf(entry.fileName());
    run.perform(
        () -> doubts.look(directory, entry, targetRootId),
        seen -> {
          if (seen.why() != null) {
            tally.skipped(path, seen.why());
          }
          walk.looked(directory, seen.entry());
        },
        cause -> {
          tally.failed(path, cause);
          walk.looked(directory, null);
        });
  }

  /** When all others are there, the target tells whether it takes two names for the same. */
  void admitLate(Directory directory, Waiting waiting) {
    FileIdBothDirectoryInformation entry = waiting.entry();
    run.perform(
        () -> isTaken(directory, waiting),
        isTaken -> {
          if (isTaken) {
            isInOtherCase(directory, entry);
          }
          synchronized (run) {
            if (!isTaken) {
              admit(directory, entry);
            }
            walk.ended(directory);
          }
        },
        cause -> {
          tally.failed(directory.pathOf(entry.fileName()), cause);
          synchronized (run) {
            walk.ended(directory);
          }
        });
  }

  private CompletableFuture<Boolean> isTaken(Directory directory, Waiting waiting) {
    return waiting.isInOtherCase() && !options.dryRun()
        ? requests.hasInOtherCase(directory.path, waiting.entry().fileName())
        : CompletableFuture.completedFuture(waiting.isInOtherCase());
  }

  void isInOtherCase(Directory directory, FileIdBothDirectoryInformation entry) {
    String path = directory.pathOf(entry.fileName());
    tally.failed(
        path,
        new SmbCopyException(
            Reason.NAME_TAKEN,
            requests.source(path) + ": its name differs in case alone from another one there, and "
                + requests.target(directory.path) + " takes both for the same"));
  }
}
