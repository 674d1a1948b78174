package io.copychunk.client.copy.tree;

import io.copychunk.client.copy.Preserve;
import io.copychunk.client.copy.journal.Journal;
import io.copychunk.client.copy.tree.Directory.Work;
import org.jspecify.annotations.Nullable;

/** Which files need not be copied, for what is there already. Immutable. */
final class Selection {
  /** Why a file is left that an earlier process of the job has copied. */
  static final String COMPLETE = "complete already";

  private final TreeOptions options;
  private final Journal.@Nullable Part journal;

  Selection(TreeOptions options) {
    this.options = options;
    this.journal = options.journal();
  }

  /** Whether it matters what there is where files of a directory are to be. */
  boolean asksFor(Directory directory) {
    return !directory.isNew
        && (journal != null
            || options.compare() != Compare.NONE
            || (options.dryRun() && !options.files().replace()));
  }

  /** Why a file is left as it is, or null when it is not, or its content has to be compared. */
  @Nullable
  String whyLeft(Directory directory, String path, Work work, @Nullable Counterpart existing) {
    if (existing == null) {
      return null;
    }
    if (isComplete(directory, path, work, existing)) {
      return COMPLETE;
    }
    if (!options.files().replace()) {
      return "exists already";
    }
    if (existing.isDirectory()) {
      return null;
    }
    long time = work.entry().lastWriteTime();
    return switch (options.compare()) {
      case AGE -> existing.lastWriteTime() >= time ? "not older" : null;
      case SIZE_AND_TIME -> isUnchanged(work, existing) ? "unchanged" : null;
      case CONTENT -> isKept(work) && isUnchanged(work, existing) ? "unchanged" : null;
      case NONE -> null;
    };
  }

  private static boolean isUnchanged(Work work, Counterpart existing) {
    return existing.size() == work.size() && existing.isOfTime(work.entry().lastWriteTime());
  }

  /** A link that is copied as itself has no content. */
  private boolean isKept(Work work) {
    return options.links() == Links.KEEP && Doubts.isLink(work.entry());
  }

  /** Whether only its content can tell whether a file is to be copied. */
  boolean wantsContent(Work work, @Nullable Counterpart existing) {
    return options.compare() == Compare.CONTENT
        && existing != null
        && !existing.isDirectory()
        && !isKept(work)
        && existing.size() == work.size();
  }

  /** Whether an earlier process has copied it, as the source is now, and it is as it was then. */
  private boolean isComplete(Directory directory, String path, Work work, Counterpart existing) {
    if (journal == null || existing.isDirectory() || existing.size() != work.size()) {
      return false;
    }
    long time = work.entry().lastWriteTime();
    if (!options.files().preserve().contains(Preserve.TIMES)) {
      return journal.isDone(path, work.size(), time);
    }
    return existing.isOfTime(time)
        && (journal.isDone(path, work.size(), time)
            || journal.isOwn(directory.path, path, existing.fileId()));
  }
}
