package io.copychunk.client.cli;

import io.copychunk.client.copy.CopyMethod;
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
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs copies, of files and of trees, one after the other, tells what came of them, and sees to it that a signal leaves nothing
 * half done. For one thread.
 */
final class Copies implements AutoCloseable {
  private static final long CLEANUP_SECONDS = 12;

  /** By -u and -n. */
  private static final Set<String> ASKED_FOR = Set.of("not older", "exists already");

  private final FileCommand command;
  private final CopyFlags flags;
  private final Terminal terminal;
  private final CopyReport report = new CopyReport();
  private final ProgressBar bar;
  private final Set<Object> targets = new HashSet<>();
  private final Set<String> reasonsTold = new HashSet<>();
  private final AtomicReference<@Nullable UnderWay> underWay = new AtomicReference<>();
  private final Thread hook = new Thread(this::interrupted, "copy-interrupted");

  /** What a signal stops, what then tells that it has stopped, and what there is of it then. */
  private record UnderWay(Runnable cancel, CompletableFuture<?> result, String remains) {}

  Copies(FileCommand command, CopyFlags flags) {
    this.command = command;
    this.flags = flags;
    this.terminal = command.terminal;
    this.bar = new ProgressBar(terminal, !command.output.quiet());
    Runtime.getRuntime().addShutdownHook(hook);
  }

  ProgressBar bar() {
    return bar;
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

  /** Runs one copy to its end. */
  void run(String source, String target, Supplier<CopyTask> begin) throws InterruptedException {
    try {
      CopyTask task = begin.get();
      told(
          source,
          target,
          await(task::cancel, task.result(), "nothing is left of the copy that was under way"));
    } catch (ExecutionException | RuntimeException e) {
      Throwable failure = Diagnosis.unwrap(e);
      if (failure instanceof SmbCopyException refused
          && refused.reason() == SmbCopyException.Reason.TARGET_EXISTS
          && flags.noClobber()) {
        skipped(source, target, "exists already");
        return;
      }
      failed(source, failure);
    }
  }

  private <T> T await(Runnable cancel, CompletableFuture<T> result, String remains)
      throws InterruptedException, ExecutionException {
    underWay.set(new UnderWay(cancel, result, remains));
    try {
      return result.get();
    } finally {
      underWay.set(null);
      bar.close();
    }
  }

  /** Who is told of a tree that is to be copied. */
  TreeNews newsOf(SmbUrl source, SmbUrl target) {
    return new TreeNews(this, new TreeBar(terminal, !command.output.quiet()), source, target);
  }

  /** Runs the copy of a tree to its end. */
  void runTree(String source, TreeNews news, Supplier<TreeTask> begin) throws InterruptedException {
    try (news) {
      TreeTask task = begin.get();
      TreeProgress result =
          await(task::cancel, task.result(), "what was complete stays, and nothing is half done");
      news.close();
      command.succeeded();
      if (!command.output.quiet() && !flags.dryRun()) {
        terminal.progress(source + ": " + TreeBar.summary(result));
      }
    } catch (ExecutionException | RuntimeException e) {
      failed(source, Diagnosis.unwrap(e));
    }
  }

  /** Notes a file of a tree; what is said of one need not be said of all. */
  void toldOfTree(String source, String target, CopyResult result) {
    report.copied(source, result);
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
    command.succeeded();
    if (command.output.showsTrace()) {
      terminal.progress("skipped: " + source + " -> " + target + ": " + why);
    }
  }

  /** Notes what of a tree was left out; what was not asked for is worth a warning, one for each reason. */
  void leftOutOfTree(String source, String target, String why) {
    skipped(source, target, why);
    if (!ASKED_FOR.contains(why) && reasonsTold.add(why)) {
      terminal.warn(source + ": left out, as others may be: " + why);
    }
  }

  /** Says what would be done. */
  void wouldCopy(String source, String target, long size) {
    command.succeeded();
    if (!flags.json()) {
      terminal.println(PrintableText.of(
          "would copy " + source + " -> " + target + " (" + Units.bytes(size) + ")"));
    }
  }

  void failed(String source, Throwable failure) {
    report.failed(source, Diagnosis.of(failure, "").line().replaceFirst("^copychunk: ", ""));
    command.failed(source, failure);
  }

  private void told(String source, String target, CopyResult result) {
    report.copied(source, result);
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

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(hook);
    if (flags.json()) {
      terminal.write(report.json());
    }
  }

  /** On a signal: what is under way is stopped, and nothing of it stays behind. */
  private void interrupted() {
    UnderWay task = underWay.get();
    if (task == null) {
      return;
    }
    bar.close();
    terminal.beSilent();
    task.cancel().run();
    try {
      task.result().handle((result, failure) -> failure).get(CLEANUP_SECONDS, TimeUnit.SECONDS);
      terminal.progress("copychunk: interrupted; " + task.remains());
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      terminal.progress(
          "copychunk: interrupted; the server may still be removing what was under way");
    }
  }
}
