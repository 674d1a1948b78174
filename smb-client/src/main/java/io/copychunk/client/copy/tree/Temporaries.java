package io.copychunk.client.copy.tree;

import io.copychunk.client.copy.FileLocation;
import io.copychunk.client.copy.TemporaryName;
import io.copychunk.client.copy.internal.Futures;
import io.copychunk.client.copy.journal.Journal;
import io.copychunk.client.copy.tree.Directory.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Directories of large directories for files that have not their names yet: Samba reads a whole directory
 * for each name that is new in it.
 */
final class Temporaries {
  /** From so many files on a directory is large, a temporary one too. */
  private static final int LARGE_DIRECTORY = 128;

  private final TreeRun run;
  private final Walk walk;
  private final DirectoryRequests requests;
  private final TreeOptions options;
  private final TreeTally tally;
  private final FileWindow window;

  /** Those that could not be removed yet, from the share's root. */
  private final List<String> left = new ArrayList<>();

  Temporaries(
      TreeRun run,
      Walk walk,
      DirectoryRequests requests,
      TreeOptions options,
      TreeTally tally,
      FileWindow window) {
    this.run = run;
    this.walk = walk;
    this.requests = requests;
    this.options = options;
    this.tally = tally;
    this.window = window;
  }

  /**
   * Removes those of earlier processes of the same job. The server may still be emptying them, or about to
   * make them: what is not removed now is looked for once more at the end.
   */
  void removeWhatWasLeft() {
    Journal.Part journal = options.journal();
    if (journal != null && !options.dryRun()) {
      for (String temporary : journal.temporaries()) {
        run.perform(() -> requests.removeTemporary(at(temporary)), removed -> {}, notYet -> {
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

  /** How many more such directories are to be made, which are under way from now on. Under the lock. */
  int beget(Directory directory) {
    if (directory.found < LARGE_DIRECTORY || options.files().inPlace() || options.dryRun()) {
      return 0;
    }
    int wanted = (int) Math.max(1, Math.min(directory.found, window.most()) / LARGE_DIRECTORY);
    int more = Math.max(0, wanted - directory.temporariesAskedFor);
    directory.temporariesAskedFor += more;
    directory.underWay += more;
    return more;
  }

  /** Where none can be made, temporary names are beside the final ones. */
  void make(Directory directory, int count) {
    for (int i = 0; i < count; i++) {
      makeOne(directory);
    }
  }

  private void makeOne(Directory directory) {
    FileLocation temporary = requests.target(directory.path).child(TemporaryName.random());
    run.perform(
        () -> Futures.then(noted(temporary), noted -> requests.makeTemporary(temporary)),
        made -> {
          directory.temporaries.add(temporary.path());
          synchronized (run) {
            walk.ended(directory);
          }
        },
        harmless -> {
          synchronized (run) {
            walk.ended(directory);
          }
        });
  }

  /** Before it is made: one that nobody knows of would stay when this process is killed. */
  private CompletableFuture<Void> noted(FileLocation temporary) {
    return options.journal() == null ? Futures.done() : tally.temporary(temporary.path());
  }

  /** Notes that a file is begun, and decides where it is until it has its name. Under the lock. */
  Work begun(Directory directory, Work work) {
    if (directory.temporariesAskedFor > 0 && takeNoMore(directory)) {
      return work.amongTheLast();
    }
    directory.inTemporaries++;
    return work;
  }

  /** Notes that a file is not under way any more. Under the lock. */
  void ended(Directory directory, Work work) {
    if (!work.isAmongTheLast()) {
      directory.inTemporaries--;
    }
  }

  /** Those that nothing will be in any more, which are under way from now on. Under the lock. */
  List<String> takeUnused(Directory directory) {
    if (directory.inTemporaries > 0 || !directory.temporaries.areAny() || !takeNoMore(directory)) {
      return List.of();
    }
    directory.underWay++;
    return directory.temporaries.take();
  }

  /**
   * Whether no file is begun in them any more: the last ones of a directory do without, as many as end
   * in a round trip, so that the directories are removed by the time that these have ended.
   */
  private boolean takeNoMore(Directory directory) {
    return directory.isListed()
        && !directory.isKept
        && directory.files.size() < window.inOneRoundTrip();
  }

  /** Removes what was {@linkplain #takeUnused taken}; what can not be, is tried once more in the end. */
  void removeUnused(Directory directory, List<String> unused) {
    if (unused.isEmpty()) {
      return;
    }
    run.perform(
        () -> Futures.compose(removeAll(unused), (removed, notYet) -> {
          synchronized (run) {
            if (notYet != null) {
              left.addAll(unused);
            }
            walk.ended(directory);
          }
          return Futures.done();
        }),
        ended -> {},
        never -> {});
  }

  /**
   * Removes those of a directory, and what is left in it; with those of the root what is left anywhere.
   */
  CompletableFuture<Void> remove(Directory directory) {
    List<String> removed = new ArrayList<>(directory.temporaries.take());
    synchronized (run) {
      for (String each : List.copyOf(left)) {
        if (directory.parent == null || isIn(directory, each)) {
          left.remove(each);
          removed.add(each);
        }
      }
    }
    return removeAll(removed);
  }

  private boolean isIn(Directory directory, String temporary) {
    String name = temporary.substring(temporary.lastIndexOf('\\') + 1);
    return requests.target(directory.path).child(name).path().equals(temporary);
  }

  private CompletableFuture<Void> removeAll(List<String> directories) {
    return Futures.all(
        directories.stream().map(this::removeIfThere).toArray(CompletableFuture[]::new));
  }

  private FileLocation at(String path) {
    return new FileLocation(requests.target("").share(), path);
  }
}
