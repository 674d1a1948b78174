package io.copychunk.client.cli;

import com.google.gson.stream.JsonWriter;
import io.copychunk.client.SmbShare;
import io.copychunk.client.copy.CopyEngine;
import io.copychunk.client.copy.CopyOptions;
import io.copychunk.client.copy.FileLocation;
import io.copychunk.client.copy.journal.Journal;
import io.copychunk.client.copy.tree.ListedPath;
import io.copychunk.client.copy.tree.TreeCopy;
import io.copychunk.client.copy.tree.TreeOptions;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;

/** What the commands have in common that can copy trees: they are jobs, which can be resumed. */
abstract sealed class TreeCommand extends CopyingCommand permits CopyCommand, SyncCommand {
  @Mixin
  final CopyFlags.ServerSide serverSide = new CopyFlags.ServerSide();

  @Mixin
  final TreeFlags treeFlags = new TreeFlags();

  final CopyEngine engine = new CopyEngine();

  private @Nullable CommandJob resumed;

  TreeCommand(Terminal terminal) {
    super(terminal);
  }

  /** Goes on with a job instead of beginning one. */
  final void resume(CommandJob job) {
    resumed = job;
  }

  /** What is copied to where, of a job that begins. */
  abstract List<Planned> plan(Servers servers)
      throws CommandException, InterruptedException, IOException;

  /** Whether there is something to note. */
  abstract boolean copiesTrees();

  /** What is about this command alone, for programs. */
  abstract void describe(JsonWriter json) throws IOException;

  /** Copies one thing to its end. */
  abstract void copyOne(
      Servers servers, Copies copies, Planned planned, Journal.@Nullable Part part)
      throws CommandException, InterruptedException, IOException;

  @Override
  final JsonLine.Fields options() throws CommandException {
    CopyOptions options = fileOptions().build();
    return json -> {
      flags.describe(json);
      describe(json);
      treeFlags.describe(json);
      CopyFlags.ServerSide.describe(json, options);
    };
  }

  @Override
  final void copy(Servers servers, Copies copies)
      throws CommandException, InterruptedException, IOException {
    List<Planned> plan = resumed == null ? plan(servers) : resumed.plan();
    try (CommandJob job = resumed == null ? begin(plan) : resumed) {
      copies.canBeResumed(job);
      for (int i = 0; i < plan.size(); i++) {
        copyOrComplain(servers, copies, plan.get(i), job.part(i));
      }
      if (copies.areCutShort()) {
        job.leave();
      } else {
        job.end(failures());
      }
    }
  }

  private CommandJob begin(List<Planned> plan) {
    return copiesTrees() && !flags.dryRun() && !treeFlags.noJournal()
        ? CommandJob.begin(terminal, arguments(), plan)
        : CommandJob.none(terminal);
  }

  private void copyOrComplain(
      Servers servers, Copies copies, Planned planned, Journal.@Nullable Part part)
      throws InterruptedException {
    try {
      copies.claim(planned.target().key(), planned.target().text());
      copyOne(servers, copies, planned, part);
    } catch (IOException | CommandException e) {
      copies.failed(planned.source().text(), e);
    }
  }

  /**
   * Copies a tree to its end.
   *
   * @param paths what of it, or null for all
   */
  final void copyTree(
      Copies copies,
      Planned planned,
      SmbShare from,
      SmbShare to,
      @Nullable Iterator<ListedPath> paths,
      TreeOptions.Builder options)
      throws InterruptedException, CommandException {
    TreeNews news = copies.newsOf(planned.source(), planned.target());
    TreeOptions all = options
        .files(fileOptions().build())
        .dryRun(flags.dryRun())
        .links(treeFlags.links())
        .filter(treeFlags.globs())
        .listener(news)
        .build();
    FileLocation source = FileLocation.of(from, planned.source().path());
    FileLocation target = FileLocation.of(to, planned.target().path());
    TreeCopy copy = new TreeCopy(engine);
    copies.runTree(
        planned.source().text(),
        news,
        () -> paths == null
            ? copy.start(source, target, all)
            : copy.start(source, target, paths, all));
  }

  final CopyOptions.Builder fileOptions() throws CommandException {
    CopyOptions.Builder options = flags.options();
    serverSide.apply(options);
    return options;
  }
}
