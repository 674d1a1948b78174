package io.copychunk.client.copy.tree;

import io.copychunk.client.copy.FileLocation;
import io.copychunk.client.copy.TemporaryName;
import io.copychunk.client.copy.internal.Futures;
import io.copychunk.client.copy.journal.Journal;
import java.util.concurrent.CompletableFuture;

/**
 * Directories of large directories for files that have not their names yet: Samba reads a whole directory
 * for each name that is new in it.
 */
final class Temporaries {
  /** From so many files on a directory is large. */
  private static final int LARGE_DIRECTORY = 128;

  private final TreeRun run;
  private final Walk walk;
  private final DirectoryRequests requests;
  private final TreeOptions options;
  private final TreeTally tally;

  Temporaries(
      TreeRun run, Walk walk, DirectoryRequests requests, TreeOptions options, TreeTally tally) {
    this.run = run;
    this.walk = walk;
    this.requests = requests;
    this.options = options;
    this.tally = tally;
  }

  /** Removes those of earlier processes of the same job. */
  void removeWhatWasLeft() {
    Journal.Part journal = options.journal();
    if (journal != null && !options.dryRun()) {
      for (String temporary : journal.temporaries()) {
        run.perform(
            () -> requests.removeTemporary(at(temporary)),
            nothing -> {},
            harmless -> {}); // mostly it is gone
      }
    }
  }

  /** Whether a directory for temporary names is to be made, which is under way from now on. Under the lock. */
  boolean beget(Directory directory) {
    boolean wanted = directory.found >= LARGE_DIRECTORY
        && !directory.hasAskedForTemporary
        && !options.files().inPlace()
        && !options.dryRun();
    if (wanted) {
      directory.hasAskedForTemporary = true;
      directory.underWay++;
    }
    return wanted;
  }

  /** Where it can not be made, temporary names are beside the final ones. */
  void make(Directory directory) {
    FileLocation temporary = requests.target(directory.path).child(TemporaryName.random());
    tally.temporary(temporary.path());
    run.perform(
        () -> requests.makeTemporary(temporary),
        made -> {
          synchronized (run) {
            directory.temporaryDirectory = temporary.path();
            directory.howFilesAre = null;
            walk.ended(directory);
          }
        },
        harmless -> {
          synchronized (run) {
            walk.ended(directory);
          }
        });
  }

  /** Removes that of a directory, if it has one. */
  CompletableFuture<Void> remove(Directory directory) {
    String temporary = directory.temporaryDirectory;
    return temporary == null ? Futures.done() : requests.removeTemporary(at(temporary));
  }

  private FileLocation at(String path) {
    return new FileLocation(requests.target("").share(), path);
  }
}
