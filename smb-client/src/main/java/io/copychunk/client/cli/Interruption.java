package io.copychunk.client.cli;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that a signal leaves nothing half done: the process ends when what is under way has stopped and is cleaned up, or after a
 * bounded time. An INT meanwhile ends it at once.
 */
final class Interruption {
  private static final long CLEANUP_SECONDS = 12;

  private static final long LAST_MILLIS = 500;

  private final Terminal terminal;
  private final Runnable last;
  private final AtomicReference<@Nullable UnderWay> underWay = new AtomicReference<>();
  private final AtomicBoolean stopping = new AtomicBoolean();
  private final Thread hook = new Thread(this::stop, "copy-interrupted");
  private final InterruptSignal signal;
  private volatile boolean told;

  /**
   * What can be stopped.
   *
   * @param cancel begins to stop it
   * @param result completes, or fails, when it has stopped
   * @param remains what there is of it then, for people
   * @param leftAtOnce what there may be of it when nobody waits for that, for people
   * @param next how to go on, or empty; follows each of both
   */
  record UnderWay(
      Runnable cancel,
      CompletableFuture<?> result,
      String remains,
      String leftAtOnce,
      String next) {}

  /**
   * Minds signals from here on.
   *
   * @param last is done before the process ends by a signal; may be called by several threads
   */
  Interruption(Terminal terminal, Runnable last) {
    this.terminal = terminal;
    this.last = last;
    Runtime.getRuntime().addShutdownHook(hook);
    this.signal = InterruptSignal.handledBy(this::signalled);
  }

  /** What is under way from now on, or null for nothing. */
  void is(@Nullable UnderWay task) {
    underWay.set(task);
  }

  /** Whether a signal has come. */
  boolean isStopping() {
    return stopping.get();
  }

  /**
   * Minds signals no more.
   *
   * @return false when the process is ending by one
   */
  boolean end() {
    try {
      return Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) { // it is ending
      return false;
    } finally {
      signal.close();
    }
  }

  private void signalled() {
    if (stopping.getAndSet(true)) {
      endAtOnce();
    }
    told = terminal.isInteractive();
    System.exit(ExitCode.INTERRUPTED.number());
  }

  private void stop() {
    stopping.set(true);
    UnderWay task = underWay.get();
    if (task != null) {
      terminal.beSilent();
      if (told) {
        terminal.progress(
            "copychunk: stopping, what is under way is cleaned up; Ctrl-C again ends at once");
      }
      task.cancel().run();
      terminal.progress("copychunk: interrupted; "
          + (hasStopped(task)
              ? task.remains()
              : "the server may still be removing what was under way")
          + task.next());
    }
    inBoundedTime(last);
  }

  private static boolean hasStopped(UnderWay task) {
    try {
      task.result().handle((result, failure) -> failure).get(CLEANUP_SECONDS, TimeUnit.SECONDS);
      return true;
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      return false;
    }
  }

  private void endAtOnce() {
    inBoundedTime(this::sayWhatIsLeft);
    Runtime.getRuntime().halt(ExitCode.INTERRUPTED.number());
  }

  /** As a terminal that was stopped, or a log that nobody reads, would hold up the end for ever. */
  private static void inBoundedTime(Runnable words) {
    Thread speaking = new Thread(words, "copy-ended");
    speaking.setDaemon(true);
    speaking.start();
    try {
      speaking.join(LAST_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // and the end all the same
    }
  }

  private void sayWhatIsLeft() {
    UnderWay task = underWay.get();
    terminal.progress(
        "copychunk: ended at once" + (task == null ? "" : "; " + task.leftAtOnce() + task.next()));
    last.run();
  }
}
