package io.copychunk.client.copy.tree;

import io.copychunk.client.copy.FileLocation;
import io.copychunk.client.copy.TemporaryName;
import io.copychunk.client.copy.internal.Futures;
import io.copychunk.client.copy.journal.Journal;
import java.util.ArrayList;
import java.util.List;
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

  /** Of earlier processes, which could not be removed at the beginning. */
  private final List<String> left = new ArrayList<>();

  Temporaries(
      TreeRun run, Walk walk, DirectoryRequests requests, TreeOptions options, TreeTally tally) {
    this.run = run;
    this.walk = walk;
    this.requests = requests;
    this.options = options;
    this.tally = tally;
  }

  /** Removes those of earlier processes of the same job; the server may still be emptying them. */
  void removeWhatWasLeft() {
    Journal.Part journal = options.journal();
    if (journal != null && !options.dryRun()) {
      for (String temporary : journal.temporaries()) {
        run.perform(() -> removeIfThere(temporary), nothing -> {}, notYet -> {
          synchronized (run) {
            left.add(temporary);
          }
        });
      }
    }
  }

  private CompletableFuture<Void> removeIfThere(String temporary) {
    return Futures.compose(
        requests.removeTemporary(at(temporary)),
        (removed, failure) -> failure == null || DirectoryRequests.isNothingThere(failure)
            ? Futures.done()
            : CompletableFuture.failedFuture(failure));
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
            walk.ended(directory);
          }
        },
        harmless -> {
          synchronized (run) {
            walk.ended(directory);
          }
        });
  }

  /** Removes that of a directory, if it has one, and with that of the root what is left of others. */
  CompletableFuture<Void> remove(Directory directory) {
    List<String> removed = new ArrayList<>();
    if (directory.temporaryDirectory != null) {
      removed.add(directory.temporaryDirectory);
    }
    if (directory.parent == null) {
      synchronized (run) {
        removed.addAll(left);
        left.clear();
      }
    }
    return Futures.all(removed.stream().map(this::removeIfThere).toArray(CompletableFuture[]::new));
  }

  private FileLocation at(String path) {
    return new FileLocation(requests.target("").share(), path);
  }
}
