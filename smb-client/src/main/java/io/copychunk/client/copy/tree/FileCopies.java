package io.copychunk.client.copy.tree;

import io.copychunk.client.copy.CopyEngine;
import io.copychunk.client.copy.CopyOptions;
import io.copychunk.client.copy.CopyTask;
import io.copychunk.client.copy.internal.Futures;
import io.copychunk.client.copy.tree.Directory.Work;
import io.copychunk.client.error.SmbBusyException;
import io.copychunk.client.error.SmbCopyException;
import io.copychunk.client.error.SmbCopyException.Reason;
import io.copychunk.client.error.SmbStatusException;
import io.copychunk.wire.NtStatus;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The files of a tree that are under way, as many as the window allows, by as many connections as are of
 * use. Guarded by its run's lock, but for what begins something.
 */
final class FileCopies {
  private static final Logger logger = LoggerFactory.getLogger(FileCopies.class);

  /** A file for which the server is short of something is tried no more than that often. */
  private static final int MAX_TRIES = 5;

  /** From so many bytes on a file is one that somebody waits for. */
  private static final long LARGE = 64L << 20;

  private static final long PAUSE_MILLIS = 100;

  private static final Set<NtStatus> PRESSURE = Set.of(
      NtStatus.INSUFFICIENT_RESOURCES,
      NtStatus.INSUFF_SERVER_RESOURCES,
      NtStatus.TOO_MANY_OPENED_FILES);

  private final TreeRun run;
  private final Walk walk;
  private final CopyEngine engine;
  private final Lanes lanes;
  private final DirectoryRequests requests;
  private final TreeOptions options;
  private final TreeTally tally;
  private final FileWindow window;
  private final Selection selection;
  private final Set<CopyTask> underWay = new HashSet<>();
  private final Set<CompletableFuture<Boolean>> comparisons = new HashSet<>();
  private final List<Lane> companions = new ArrayList<>();

  /** Files that are begun, and are not copied yet for a reason of their own. */
  private int pausing;

  FileCopies(
      TreeRun run,
      Walk walk,
      CopyEngine engine,
      Lane first,
      TreeOptions options,
      TreeTally tally,
      FileWindow window) {
    this.run = run;
    this.walk = walk;
    this.engine = engine;
    this.lanes = new Lanes(first, first.maxLanes(), System.nanoTime());
    this.requests = new DirectoryRequests(first.source(""), first.target(""));
    this.options = options;
    this.tally = tally;
    this.window = window;
    this.selection = new Selection(options);
  }

  /** The next file that can be begun, or what lets more be, or null. Under the lock. */
  @Nullable
  Runnable next() {
    if (lanes.wantsSecondAtOnce(walk::ready)) {
      return () -> openLane(1);
    }
    Directory directory = window.isOpen(lanes.share()) ? walk.withFile() : null;
    if (directory == null) {
      return null;
    }
    Work work = walk.temporaries().begun(directory, directory.files.remove());
    directory.underWay++;
    window.begun(work.size());
    Counterparts known = directory.counterparts;
    Counterpart existing = known == null ? null : known.find(work.entry().fileName());
    walk.settle(directory);
    return () -> copy(directory, work, known != null, existing);
  }

  /** Under the lock. */
  boolean areUnderWay() {
    return !underWay.isEmpty() || pausing > 0;
  }

  void cancel() {
    List<CopyTask> cancelled;
    List<CompletableFuture<Boolean>> alsoCancelled;
    synchronized (run) {
      cancelled = List.copyOf(underWay);
      alsoCancelled = List.copyOf(comparisons);
    }
    cancelled.forEach(CopyTask::cancel);
    alsoCancelled.forEach(comparing -> comparing.cancel(false));
  }

  /** Nobody waits until the companions have left their shares. */
  void close() {
    List<Lane> closed;
    synchronized (run) {
      closed = List.copyOf(companions);
    }
    closed.forEach(Lane::close);
  }

  private void copy(
      Directory directory, Work work, boolean isKnown, @Nullable Counterpart existing) {
    String path = directory.pathOf(work.entry().fileName());
    if (!selection.asksFor(directory)) {
      begin(directory, work, path);
    } else if (isKnown) {
      choose(directory, work, path, existing);
    } else {
      run.perform(
          () -> requests.lookAt(path, walk.entries().isKept(work)),
          found -> choose(directory, work, path, found),
          cause -> failed(directory, work, path, cause));
    }
  }

  private void choose(Directory directory, Work work, String path, @Nullable Counterpart existing) {
    String whyLeft = selection.whyLeft(directory, path, work, existing);
    if (whyLeft != null) {
      left(directory, work, path, whyLeft);
    } else if (selection.wantsContent(work, existing)) {
      run.perform(
          () -> comparing(path),
          same -> {
            if (same) {
              left(directory, work, path, "same content");
            } else {
              note(directory, work, path, existing);
            }
          },
          cause -> failed(directory, work, path, cause));
    } else {
      note(directory, work, path, existing);
    }
  }

  private void left(Directory directory, Work work, String path, String why) {
    tally.skipped(path, why);
    if (why.equals(Selection.COMPLETE) && !options.dryRun()) {
      tally.complete(path, work);
    }
    ended(directory, work);
  }

  private void failed(Directory directory, Work work, String path, Throwable cause) {
    tally.failed(path, cause);
    ended(directory, work);
  }

  /** It is cancelled with the run. */
  private CompletableFuture<Boolean> comparing(String path) {
    CompletableFuture<Boolean> comparing =
        engine.isSameContent(requests.source(path), requests.target(path));
    boolean stopped;
    synchronized (run) {
      comparisons.add(comparing);
      stopped = run.isStopped();
    }
    if (stopped) {
      comparing.cancel(false);
    }
    return Futures.compose(comparing, (same, failure) -> {
      synchronized (run) {
        comparisons.remove(comparing);
      }
      return comparing;
    });
  }

  /** What is there is noted first, so that after a crash it can be told from the copy. */
  private void note(Directory directory, Work work, String path, @Nullable Counterpart existing) {
    if (options.journal() == null || options.dryRun()) {
      begin(directory, work, path);
    } else {
      run.perform(
          () -> tally.begun(path, existing == null ? 0 : existing.fileId()),
          noted -> begin(directory, work, path),
          run::stop);
    }
  }

  private void begin(Directory directory, Work work, String path) {
    if (options.dryRun()) {
      tally.wouldCopy(path, work.size());
      ended(directory, work);
      return;
    }
    CopyTask task;
    Lane lane;
    synchronized (run) {
      lane = lanes.next();
      lane.begun();
    }
    try {
      task = walk.entries().isKept(work)
          ? engine.startLink(lane.source(path), lane.target(path), how(directory, work))
          : engine.start(lane.source(path), lane.target(path), how(directory, work, path));
    } catch (IllegalArgumentException e) { // a name that no file can have
      synchronized (run) {
        lane.ended();
      }
      failed(directory, work, path, e);
      return;
    }
    boolean stopped;
    synchronized (run) {
      underWay.add(task);
      stopped = run.isStopped();
    }
    if (stopped) {
      task.cancel();
    }
    task.result().whenComplete((copied, cause) -> {
      synchronized (run) {
        lane.ended();
      }
      if (copied != null) {
        tally.copied(path, work, copied);
        ended(directory, work);
      } else {
        notCopied(lane, directory, work, path, Futures.root(cause));
      }
      synchronized (run) { // not before: what was begun here is waited for
        underWay.remove(task);
      }
      run.pump();
    });
  }

  /** How far a large one is, is told while it is copied. */
  private CopyOptions how(Directory directory, Work work, String path) {
    CopyOptions how = how(directory, work);
    return work.size() < LARGE
        ? how
        : how.toBuilder()
            .progress(progress -> tally.underWay(path, progress.bytes()))
            .build();
  }

  private CopyOptions how(Directory directory, Work work) {
    CopyOptions how = howIn(directory);
    return work.isAmongTheLast()
        ? how.toBuilder().temporaryDirectory((String) null).build()
        : how;
  }

  private CopyOptions howIn(Directory directory) {
    synchronized (run) {
      CopyOptions how = directory.howFilesAre;
      if (how == null) {
        how = options.files().toBuilder()
            .progress(CopyOptions.NOBODY)
            .assumeNew(directory.isNew)
            .temporaryDirectory(directory.temporaries::next)
            .build();
        directory.howFilesAre = how;
      }
      return how;
    }
  }

  private void notCopied(Lane lane, Directory directory, Work work, String path, Throwable cause) {
    if (isLost(lane) && work.tries() < MAX_TRIES) {
      synchronized (run) {
        lanes.drop(lane);
        beginAgain(directory, work);
      }
      return;
    }
    if (isPressure(cause) && work.tries() < MAX_TRIES) {
      pause(directory, work);
      return;
    }
    if (isTaken(cause) && !options.files().replace()) {
      tally.skipped(path, "exists already");
    } else if (run.isFatal(cause)) {
      run.stop(cause);
    } else {
      tally.failed(path, cause);
    }
    ended(directory, work);
  }

  /** Whether a companion has ended, for which the tree need not end. */
  private boolean isLost(Lane lane) {
    return lane != lanes.first() && !lane.isOpen();
  }

  private static boolean isPressure(Throwable cause) {
    return cause instanceof SmbBusyException
        || (cause instanceof SmbStatusException refused && PRESSURE.contains(refused.status()));
  }

  private static boolean isTaken(Throwable cause) {
    return cause instanceof SmbCopyException refused && refused.reason() == Reason.TARGET_EXISTS;
  }

  /** It keeps its place among those under way until it is tried again. */
  private void pause(Directory directory, Work work) {
    synchronized (run) {
      window.pressed();
      pausing++;
    }
    CompletableFuture.delayedExecutor(PAUSE_MILLIS << work.tries(), TimeUnit.MILLISECONDS)
        .execute(() -> {
          synchronized (run) {
            pausing--;
            beginAgain(directory, work);
          }
          run.pump();
        });
  }

  private void beginAgain(Directory directory, Work work) {
    window.ended(work.size());
    walk.temporaries().ended(directory, work);
    walk.putBack(directory, work.again());
  }

  private void ended(Directory directory, Work work) {
    int further = 0;
    List<String> unused;
    synchronized (run) {
      boolean busy = !window.isOpen(lanes.share());
      window.ended(work.size());
      walk.temporaries().ended(directory, work);
      unused = run.isStopped() ? List.of() : walk.temporaries().takeUnused(directory);
      walk.ended(directory);
      if (lanes.ended(work.size(), busy, System.nanoTime())) {
        further = lanes.count();
      }
    }
    if (further > 0) {
      openLane(further);
    }
    walk.temporaries().removeUnused(directory, unused);
  }

  /** Where it can not be opened, the others have to do. */
  private void openLane(int number) {
    CompletableFuture<Lane> opening = lanes.first().companion(number);
    opening.whenComplete((lane, failure) -> {
      boolean late;
      synchronized (run) {
        late = run.isStopped();
        if (failure != null) {
          logger.debug("no further connection: {}", Futures.root(failure).getMessage());
          lanes.notOpened();
        } else if (!late) {
          companions.add(lane);
          lanes.opened(lane, System.nanoTime());
        }
      }
      if (failure == null && late) {
        lane.close();
      }
      run.pump();
    });
  }
}
