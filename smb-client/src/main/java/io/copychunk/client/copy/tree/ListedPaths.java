package io.copychunk.client.copy.tree;

import io.copychunk.client.copy.FileLocation;
import io.copychunk.client.copy.internal.Futures;
import io.copychunk.client.error.SmbCopyException;
import io.copychunk.client.error.SmbCopyException.Reason;
import io.copychunk.fscc.FileAttributes;
import io.copychunk.fscc.FileIdBothDirectoryInformation;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The paths of a list: each is looked at, its directories are made, and what it names is handed to the
 * walk, to be copied as anything else. Guarded by its run's lock, but for what begins something.
 */
final class ListedPaths {
  /** So many paths are looked at at a time. */
  private static final int MAX_LOOKED_AT = 256;

  /** So many entries are ready, and no more paths are looked at. */
  private static final int MAX_READY = 1024;

  private final TreeRun run;
  private final Walk walk;
  private final DirectoryRequests requests;
  private final TreeOptions options;
  private final TreeTally tally;
  private final PathReader reader;
  private final KeptDirectories kept;
  private int lookedAt;
  private boolean done;

  ListedPaths(
      TreeRun run,
      Walk walk,
      FileLocation source,
      FileLocation target,
      TreeOptions options,
      TreeTally tally,
      Iterator<ListedPath> paths) {
    this.run = run;
    this.walk = walk;
    this.requests = new DirectoryRequests(source, target);
    this.options = options;
    this.tally = tally;
    this.reader = new PathReader(run, paths);
    walk.isFed = true;
    this.kept = new KeptDirectories(run, walk, requests, options);
  }

  /** Begins with the root of the tree. */
  void start() {
    walk.temporaries().removeWhatWasLeft();
    run.perform(
        () -> Futures.then(requests.openSourceRoot(), there -> kept.begin()),
        nothing -> reader.start(),
        run::stop);
  }

  /** What is to be done next about paths, or null when that has to wait. Under the run's lock. */
  @Nullable
  Runnable next() {
    if (done || lookedAt >= MAX_LOOKED_AT || walk.ready() >= MAX_READY) {
      return null;
    }
    ListedPath path = reader.poll();
    if (path != null) {
      lookedAt++;
      return () -> lookAt(path);
    }
    if (!reader.isAtEnd() || lookedAt > 0) {
      return null;
    }
    done = true;
    return this::finish;
  }

  private void finish() {
    synchronized (run) {
      kept.releaseAll();
      walk.isFed = false;
      walk.noteWalked();
    }
  }

  /** Nothing more is read. Under the run's lock. */
  void end() {
    reader.stop();
  }

  private void lookAt(ListedPath path) {
    if (path.refusal() != null) {
      failed(
          path,
          new SmbCopyException(
              Reason.WRONG_PATH, "line " + path.line() + " of the list: " + path.refusal()));
    } else if (isLeftOut(path)) {
      over();
    } else {
      run.perform(
          () -> requests.sourceEntry(path.path()),
          entry -> found(path, entry),
          cause -> failed(path, cause));
    }
  }

  private void failed(ListedPath path, Throwable cause) {
    tally.failed(path.path(), cause);
    over();
  }

  private void over() {
    synchronized (run) {
      lookedAt--;
    }
  }

  /** Whether a directory on the way to it is left out; of that no more is asked than its name. */
  private boolean isLeftOut(ListedPath path) {
    for (int end = path.path().indexOf('\\'); end >= 0; end = path.path().indexOf('\\', end + 1)) {
      String above = path.path().substring(0, end);
      if (!options.filter().test(above, directory(ListedPath.nameOf(above)))) {
        return true;
      }
    }
    return false;
  }

  private static FileIdBothDirectoryInformation directory(String name) {
    return new FileIdBothDirectoryInformation(
        0, 0, 0, 0, 0, 0, 0, FileAttributes.DIRECTORY, 0, "", 0, name);
  }

  private void found(ListedPath path, FileIdBothDirectoryInformation entry) {
    if (!walk.entries().isWanted(path.path(), entry)) {
      over();
      return;
    }
    if (entry.fileAttributes().isDirectory() && !options.recursive()) {
      failed(
          path,
          new SmbCopyException(
              Reason.WRONG_PATH,
              "line " + path.line() + " of the list: a directory, which is copied with -r alone"));
      return;
    }
    Directory parent;
    CompletableFuture<Void> ready;
    synchronized (run) {
      if (kept.isInWhole(path.path())) {
        lookedAt--; // it is copied with the directory that it is in
        return;
      }
      parent = kept.keep(path.parent());
      parent.underWay++;
      ready = kept.ready(parent);
    }
    kept.openNew();
    run.perform(() -> ready, nothing -> add(parent, path, entry), cause -> {
      failed(path, cause);
      synchronized (run) {
        walk.ended(parent);
      }
    });
  }

  private void add(Directory parent, ListedPath path, FileIdBothDirectoryInformation entry) {
    boolean isBegun;
    synchronized (run) {
      isBegun = entry.fileAttributes().isDirectory() && kept.whole(path.path());
    }
    walk.listed(parent, entry, isBegun);
    over();
  }
}
