package io.copychunk.client.cli;

import io.copychunk.client.cli.Interruption.UnderWay;
import io.copychunk.client.copy.CopyMethod;
import io.copychunk.client.copy.CopyProgress;
import io.copychunk.client.copy.CopyResult;
import io.copychunk.client.copy.CopyTask;
import io.copychunk.client.copy.Fallback;
import io.copychunk.client.copy.Loss;
import io.copychunk.client.copy.tree.TreeProgress;
import io.copychunk.client.copy.tree.TreeTask;
import io.copychunk.client.error.SmbCopyException;
import io.copychunk.wire.PrintableText;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs copies, of files and of trees, one after the other, tells what came of them, and sees to it that a signal leaves nothing
 * half done. For one thread.
 */
final class Copies implements AutoCloseable {
  /** By what the user has asked for. */
  private static final Set<String> ASKED_FOR =
      Set.of("not older", "exists already", "unchanged", "same content", "complete already");

  private final CopyingCommand command;
  private final CopyFlags flags;
  private final Terminal terminal;
  private final EventLog events;
  private final CopyReport report = new CopyReport();
  private final Interruption interruption;
  private final ProgressBar bar;
  private final Set<Object> targets = new HashSet<>();
  private final Set<String> reasonsTold = new HashSet<>();
  private volatile String current = "";
  private @Nullable CommandJob job;
  private boolean cutShort;

  /**
   * Begins, and minds signals until it has {@link #ended}.
   *
   * @param events is told the same things, and closed in the end
   */
  Copies(CopyingCommand command, CopyFlags flags, EventLog events) {
    this.command = command;
    this.flags = flags;
    this.terminal = command.terminal;
    this.events = events;
    this.bar = new ProgressBar(terminal, !command.output.quiet());
    this.interruption = new Interruption(terminal, () -> events.interrupted(report));
  }

  /** From here on there is a way to go on after an interruption, unless its journal fails. */
  void canBeResumed(CommandJob whole) {
    job = whole;
  }

  /** Whether a tree was not gone through to its end. */
  boolean areCutShort() {
    return cutShort;
  }

  /** Who is told how far a copy of a file is. */
  Consumer<CopyProgress> progress() {
    return progress -> {
      bar.accept(progress);
      events.progress(current, progress);
    };
  }

  /**
   * Takes a name for a copy, as each is taken once: two sources of one name may be copied into one
   * directory only one after the other, by two commands.
   *
   * @param target is equal to another one when both stand for the same file
   */
  void claim(Object target, String shown) throws CommandException {
    if (!targets.add(target)) {
      throw new CommandException(Failure.usage(
          "just copied", shown, "another source has just been copied to this name", null));
    }
  }

  /** Runs one copy to its end; comes to whether it was made. */
  boolean run(String source, String target, Supplier<CopyTask> begin) throws InterruptedException {
    current = source;
    try {
      CopyTask task = begin.get();
      told(
          source,
          target,
          await(
              task::cancel,
              task.result(),
              "nothing is left of the copy that was under way",
              leftOf(target)));
      return true;
    } catch (ExecutionException | RuntimeException e) {
      Throwable failure = Diagnosis.unwrap(e);
      if (failure instanceof SmbCopyException refused
          && refused.reason() == SmbCopyException.Reason.TARGET_EXISTS
          && flags.noClobber()) {
        skipped(source, target, "exists already");
        return true;
      }
      failedUnlessStopped(source, failure);
      return false;
    }
  }

  /** What may be there when a copy is ended at once. */
  private String leftOf(String target) {
    if (flags.inPlace()) {
      return target + " may be neither old nor new";
    }
    String name = SmbUrl.looksLikeOne(target) ? "copychunk-*.tmp" : ".copychunk-*.tmp";
    return name + " may be left beside " + target;
  }

  private <T> T await(
      Runnable cancel, CompletableFuture<T> result, String remains, String leftAtOnce)
      throws InterruptedException, ExecutionException {
    String advice = job == null ? null : job.advice();
    String next = advice == null ? "" : "; to go on: " + advice;
    interruption.is(new UnderWay(cancel, result, remains, leftAtOnce, next));
    try {
      return result.get();
    } finally {
      interruption.is(null);
      bar.close();
    }
  }

  /** Who is told of a tree that is to be copied. */
  TreeNews newsOf(SmbUrl source, SmbUrl target) {
    return new TreeNews(
        this, events, new TreeBar(terminal, !command.output.quiet()), source, target);
  }

  /** Runs the copy of a tree to its end. */
  void runTree(String source, TreeNews news, Supplier<TreeTask> begin) throws InterruptedException {
    try (news) {
      TreeTask task = begin.get();
      TreeProgress result = await(
          task::cancel,
          task.result(),
          "what was complete stays, and nothing is half done",
          flags.inPlace()
              ? "files in " + news.target() + " may be neither old nor new"
              : "copychunk-*.tmp may be left in " + news.target() + " and below");
      news.close();
      command.succeeded();
      if (!command.output.quiet() && !flags.dryRun()) {
        terminal.progress(source + ": " + TreeBar.summary(result));
      }
    } catch (ExecutionException | RuntimeException e) {
      cutShort = true;
      failedUnlessStopped(source, Diagnosis.unwrap(e));
    }
  }

  /** That a signal has stopped it is no failure of its own. */
  private void failedUnlessStopped(String source, Throwable failure) {
    if (!(failure instanceof CancellationException && interruption.isStopping())) {
      failed(source, failure);
    }
  }

  /** Notes a file of a tree; what is said of one need not be said of all. */
  void toldOfTree(String source, String target, CopyResult result) {
    noted(source, target, result);
    for (Loss loss : result.losses()) {
      if (reasonsTold.add(loss.what().name())) {
        warnOf(source, loss);
      }
    }
    if (result.sourceChanged()) {
      terminal.warn(source + ": has changed while it was copied");
    }
    String reason = whyStreamed(result);
    if (reason != null && reasonsTold.add(reason)) {
      terminal.warn(source + ": goes through this machine, as others may, since " + reason);
    }
    trace(source, target, result);
  }

  /** Notes a file that was left alone on purpose. */
  void skipped(String source, String target, String why) {
    report.skipped(source);
    events.skipped(source, target, why);
    command.succeeded();
    if (command.output.showsTrace()) {
      terminal.progress("skipped: " + source + " -> " + target + ": " + why);
    }
  }

  /** Notes what of a tree was left out; what was not asked for is worth a warning, one for each reason. */
  void leftOutOfTree(String source, String target, String why) {
    skipped(source, target, why);
    if (!ASKED_FOR.contains(why) && reasonsTold.add(why)) {
      terminal.warn(source + ": left alone, as others may be: " + why);
    }
  }

  /** Says what would be done. */
  void wouldCopy(String source, String target, long size) {
    events.wouldCopy(source, target, size);
    command.succeeded();
    if (!flags.json()) {
      terminal.println(PrintableText.of(
          "would copy " + source + " -> " + target + " (" + Units.bytes(size) + ")"));
    }
  }

  /** Notes what was removed as the source has it not. */
  void removed(String target) {
    report.removed(target);
    events.removed(target);
    command.succeeded();
    if (command.output.showsTrace()) {
      terminal.progress("removed: " + target);
    }
  }

  /** Says what would be removed. */
  void wouldRemove(String target) {
    events.wouldRemove(target);
    command.succeeded();
    if (!flags.json()) {
      terminal.println(PrintableText.of("would remove " + target));
    }
  }

  void failed(String source, Throwable failure) {
    String error = Diagnosis.of(failure, "").text();
    report.failed(source, error);
    events.failed(source, error, failure);
    command.failed(source, failure);
  }

  private void told(String source, String target, CopyResult result) {
    noted(source, target, result);
    command.succeeded();
    result.losses().forEach(loss -> warnOf(source, loss));
    if (result.sourceChanged()) {
      terminal.warn(source + ": has changed while it was copied");
    }
    String reason = whyStreamed(result);
    if (reason != null) {
      terminal.warn(source + ": went through this machine, since " + reason);
    }
    trace(source, target, result);
  }

  private void noted(String source, String target, CopyResult result) {
    report.copied(source, result);
    events.copied(source, target, result);
  }

  private void warnOf(String source, Loss loss) {
    terminal.warn(source + ": " + loss.what().name().toLowerCase(Locale.ROOT).replace('_', ' ')
        + " could not be carried over: " + loss.reason());
  }

  /** Null when it was not, or nobody has said why. */
  private static @Nullable String whyStreamed(CopyResult result) {
    return result.bytes().containsKey(CopyMethod.STREAM)
        ? result.fallbacks().stream()
            .filter(fallback -> fallback.to() == CopyMethod.STREAM)
            .reduce((first, second) -> second)
            .map(Fallback::reason)
            .orElse(null)
        : null;
  }

  private void trace(String source, String target, CopyResult result) {
    if (command.output.showsTrace()) {
      terminal.progress("%s -> %s: %s, %s in %.3f s"
          .formatted(
              source,
              target,
              result.bytes().keySet(),
              Units.bytes(result.size()),
              result.elapsed().toMillis() / 1e3));
    }
  }

  /** Tells programs the result, where they want one. */
  @Override
  public void close() {
    if (flags.json()) {
      terminal.write(report.json());
    }
  }

  /**
   * Ends all of it, unless a signal is just doing that.
   *
   * @param failure why all of it failed, or null
   * @return how the command ends
   */
  ExitCode ended(ExitCode code, @Nullable Throwable failure) {
    if (!interruption.end()) {
      return code;
    }
    events.ended(report, code, failure);
    events.close();
    return code == ExitCode.DONE && events.isBroken() ? ExitCode.FAILED : code;
  }
}
