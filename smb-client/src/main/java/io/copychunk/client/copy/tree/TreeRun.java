package io.copychunk.client.copy.tree;

import io.copychunk.client.copy.CopyEngine;
import io.copychunk.client.copy.FileLocation;
import io.copychunk.client.copy.internal.Callbacks;
import io.copychunk.client.copy.internal.Futures;
import io.copychunk.client.error.SmbCopyException;
import io.copychunk.client.error.SmbCopyException.Reason;
import io.copychunk.client.error.SmbException;
import java.util.Iterator;
import java.util.Locale;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The copy of one tree, from its first directory to its end. What is to be done next is decided under a
 * lock, which guards {@link Walk} and {@link FileCopies} too, and begun outside of it.
 */
final class TreeRun {
  private final FileLocation source;
  private final FileLocation target;
  private final Told told;
  private final TreeTally tally;
  private final Walk walk;
  private final @Nullable ListedPaths list;
  private final FileCopies files;
  private final @Nullable Removal removal;
  private final CompletableFuture<TreeProgress> result = new CompletableFuture<>();
  private int underWay;
  private boolean pumping;
  private boolean again;
  private boolean done;
  private boolean removing;
  private boolean cleanedUp;
  private boolean ended;
  private @Nullable Throwable failure;

  /**
   * Creates one that has not begun.
   *
   * @param paths what of the source is copied, or null when all is
   */
  TreeRun(
      CopyEngine engine,
      FileLocation source,
      FileLocation target,
      @Nullable Iterator<ListedPath> paths,
      TreeOptions options) {
    this.source = onEventLoop(source);
    this.target = onEventLoop(target);
    this.told =
        new Told(options.listener(), new Callbacks(source.share().callbackExecutor()), this::pump);
    this.tally = new TreeTally(told, options.journal());
    Lane first = new Lane(this.source, this.target);
    FileWindow window = new FileWindow(options.maxFiles(), first::leastRoundTrip);
    this.walk = new Walk(this, this.source, this.target, options, tally, window);
    this.list = paths == null
        ? null
        : new ListedPaths(this, walk, this.source, this.target, options, tally, paths);
    this.files = new FileCopies(this, walk, engine, first, options, tally, window);
    this.removal =
        options.removesExtra() ? new Removal(this.source, this.target, options, tally) : null;
  }

  private static FileLocation onEventLoop(FileLocation location) {
    return new FileLocation(location.share().withCallbackExecutor(Runnable::run), location.path());
  }

  CompletableFuture<TreeProgress> result() {
    return result;
  }

  TreeProgress progress() {
    return tally.snapshot();
  }

  void start() {
    if (isSameServer() && prefix(target).startsWith(prefix(source))) {
      stop(new SmbCopyException(
          Reason.SAME_FILE, source + ": would be copied into itself, as " + target));
      pump();
    } else if (list == null) {
      walk.start();
    } else {
      list.start();
    }
  }

  boolean isSameServer() {
    return source.share().session() == target.share().session();
  }

  private static String prefix(FileLocation location) {
    return location.toString().toUpperCase(Locale.ROOT).replaceFirst("\\\\+$", "") + "\\";
  }

  void cancel() {
    stop(new CancellationException("the copy was cancelled"));
    pump();
  }

  /** Ends what is under way; the first cause counts. */
  void stop(Throwable cause) {
    synchronized (this) {
      if (failure != null || (done && !removing) || ended) {
        return;
      }
      failure = cause;
    }
    endList();
    files.cancel();
    if (removal != null) {
      removal.cancel();
    }
  }

  private void endList() {
    if (list != null) {
      synchronized (this) {
        list.end();
      }
    }
  }

  /** Whether nothing more is begun. Under the lock. */
  boolean isStopped() {
    return failure != null || done;
  }

  /** Begins what can be begun. What is begun may be done at once, so this does not call itself. */
  void pump() {
    synchronized (this) {
      if (pumping) {
        again = true;
        return;
      }
      pumping = true;
    }
    while (true) {
      Runnable step;
      synchronized (this) {
        step = nextStep();
        if (step == null && !again) {
          pumping = false;
          return;
        }
        again = false;
      }
      if (step != null) {
        begin(step);
      }
    }
  }

  private void begin(Runnable step) {
    try {
      step.run();
    } catch (RuntimeException e) { // a defect; somebody waits
      stop(e);
    }
  }

  private void removeExtra(Removal extra) {
    if (tally.hasFailures()) {
      tally.skipped("", "nothing is removed, since something could not be copied");
    } else {
      perform(extra::run, nothing -> {}, cause -> tally.failed("", cause));
    }
  }

  private @Nullable Runnable nextStep() {
    if (ended) {
      return null;
    }
    if (failure != null) {
      return underWay == 0 && !files.areUnderWay() ? nextOfTheEnd(failure) : null;
    }
    if (done && removal != null && !removing) {
      removing = true;
      return () -> removeExtra(removal);
    }
    if (done && removing && underWay > 0) {
      return null;
    }
    if (done) {
      ended = true;
      return () -> {
        files.close();
        told.thenComplete(result, tally.snapshot());
      };
    }
    if (told.isBehind()) {
      return null;
    }
    Runnable finding = walk.next();
    if (finding == null && list != null) {
      finding = list.next();
    }
    return finding == null ? files.next() : finding;
  }

  private Runnable nextOfTheEnd(Throwable cause) {
    if (!cleanedUp) {
      cleanedUp = true;
      return walk::cleanUp;
    }
    ended = true;
    return () -> {
      files.close();
      told.thenFail(result, cause);
    };
  }

  /** All is done; the next step is the last. Under the lock. */
  void end() {
    done = true;
  }

  /** Does something that the run waits for; what a failure means to all the rest is seen to here. */
  <T> void perform(
      Supplier<CompletableFuture<T>> work, Consumer<T> then, Consumer<Throwable> otherwise) {
    synchronized (this) {
      underWay++;
    }
    CompletableFuture<T> begun;
    try {
      begun = work.get();
    } catch (RuntimeException e) { // such as a name that nothing can have
      begun = CompletableFuture.failedFuture(e);
    }
    begun.whenComplete((value, cause) -> {
      try {
        if (cause == null) {
          then.accept(value);
        } else if (isFatal(Futures.root(cause))) {
          stop(Futures.root(cause));
        } else {
          otherwise.accept(Futures.root(cause));
        }
      } catch (RuntimeException e) { // such as of a user's filter; somebody waits
        stop(e);
      }
      synchronized (this) {
        underWay--;
      }
      pump();
    });
  }

  /** Whether nothing else can be done either. */
  boolean isFatal(Throwable cause) {
    boolean isOfOne = cause instanceof SmbException failed
        ? failed.scope() == SmbException.Scope.REQUEST
        : cause instanceof IllegalArgumentException;
    return !isOfOne || !source.share().isOpen() || !target.share().isOpen();
  }
}
