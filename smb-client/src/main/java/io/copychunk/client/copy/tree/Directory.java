package io.copychunk.client.copy.tree;

import io.copychunk.client.AsyncSmbFile;
import io.copychunk.client.OnDiskId;
import io.copychunk.client.copy.CopyOptions;
import io.copychunk.fscc.FileBasicInformation;
import io.copychunk.fscc.FileIdBothDirectoryInformation;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A directory on its way: read page by page, and done when all that was found in it is done. Guarded by
 * its run.
 */
final class Directory {
  /** So much is kept ready; the next page is asked for when there is less. */
  private static final int READY = 512;

  /** From the tree's root, with backslashes; empty for the root. */
  final String path;

  final @Nullable Directory parent;
  final Deque<Work> files = new ArrayDeque<>();
  final Deque<FileIdBothDirectoryInformation> directories = new ArrayDeque<>();

  /** What has to be looked at before it is one of both. */
  final Deque<FileIdBothDirectoryInformation> doubtful = new ArrayDeque<>();

  /** What tells it from all others; null when that is not known. */
  @Nullable
  OnDiskId id;

  /** Times and attributes, for the copy; of the root they are known when it is open. */
  @Nullable
  FileBasicInformation basics;

  /** Open while it is read. */
  @Nullable
  AsyncSmbFile listing;

  /** Where files are until they have their names, if that is not here. */
  final TemporaryDirectories temporaries = new TemporaryDirectories();

  /** How many such were asked for, whatever came of it. */
  int temporariesAskedFor;

  /** How files of it are copied; null as long as none was. */
  @Nullable
  CopyOptions howFilesAre;

  /** The names that were found in it, while it is read. */
  @Nullable
  Names names;

  /** What there is in its counterpart, where that matters and is not too much. */
  @Nullable
  Counterparts counterparts;

  /** What is seen to when all the rest is done. */
  final Deque<Waiting> waiting = new ArrayDeque<>();

  /** Whether its copy was made by this run, so that no name in it is taken. */
  boolean isNew;

  /** Whether it is being opened, or its next page is on its way. */
  boolean isLoading = true;

  /** Whether a list may have further paths in it, which are not found by reading it. */
  boolean isKept;

  /** Files and directories of it that were begun and are not done. */
  int underWay;

  /** Of the files that were begun and are not done, those that may be in a temporary directory. */
  int inTemporaries;

  /** Files that were found in it so far. */
  long found;

  /**
   * An entry that waits for all the rest.
   *
   * @param entry what its directory says of it
   * @param isInOtherCase whether it differs from one before it in case alone
   */
  record Waiting(FileIdBothDirectoryInformation entry, boolean isInOtherCase) {}

  /**
   * A file that is to be copied.
   *
   * @param entry what its directory says of it
   * @param tries how often the server was short of something
   * @param isAmongTheLast whether it does without a temporary directory
   */
  record Work(FileIdBothDirectoryInformation entry, int tries, boolean isAmongTheLast) {
    Work(FileIdBothDirectoryInformation entry) {
      this(entry, 0, false);
    }

    Work amongTheLast() {
      return new Work(entry, tries, true);
    }

    Work again() {
      return new Work(entry, tries + 1, false);
    }

    long size() {
      return entry.endOfFile();
    }
  }

  Directory(@Nullable Directory parent, String path, @Nullable FileBasicInformation basics) {
    this.parent = parent;
    this.path = path;
    this.basics = basics;
  }

  /** Whether this is the directory with an id, or is somewhere in it. */
  boolean isOrIsIn(@Nullable OnDiskId directory) {
    Directory each = this;
    while (each != null && !(directory != null && directory.equals(each.id))) {
      each = each.parent;
    }
    return each != null;
  }

  /** The path of something in it, from the tree's root. */
  String pathOf(String name) {
    return path.isEmpty() ? name : path + "\\" + name;
  }

  /** When all of it is listed. */
  void forgetNames() {
    if (names != null) {
      names.close();
      names = null;
    }
  }

  /** When all files of it are begun. */
  void forgetCounterparts() {
    if (counterparts != null) {
      counterparts.close();
      counterparts = null;
    }
  }

  boolean wantsPage() {
    return !isLoading
        && listing != null
        && files.size() + doubtful.size() < READY
        && directories.size() < READY;
  }

  /** Whether everything that is in it is known, and its directories are begun. */
  boolean isListed() {
    return !isLoading && listing == null && directories.isEmpty() && doubtful.isEmpty();
  }

  /** Whether everything of it that is known is begun. */
  boolean isBegun() {
    return isListed() && files.isEmpty() && waiting.isEmpty();
  }

  /** Whether everything that is in it is known and begun. */
  boolean isRead() {
    return isBegun() && !isKept;
  }

  /** Whether nothing else is left of it than names that differ in case alone from others. */
  boolean isOtherwiseDone() {
    return isListed() && !isKept && files.isEmpty() && underWay == 0 && !waiting.isEmpty();
  }

  /** How many of its entries are not begun. */
  int ready() {
    return files.size() + directories.size() + doubtful.size();
  }

  /** Whether files of it can be begun, or will be soon. */
  boolean givesFiles() {
    return isLoading || !files.isEmpty();
  }
}
