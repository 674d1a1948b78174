package io.copychunk.client.cli;

import io.copychunk.client.config.SmbConfig;
import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;

/** What the commands that copy have in common: their options, their result for programs, and how they begin and end. */
abstract sealed class CopyingCommand extends FileCommand
    permits TreeCommand, PutCommand, GetCommand {
  @Mixin
  final CopyFlags flags = new CopyFlags();

  private @Nullable Copies copies;

  CopyingCommand(Terminal terminal) {
    super(terminal);
  }

  @Override
  final ExitCode perform(List<SmbUrl> urls, SmbConfig config)
      throws CommandException, InterruptedException, IOException {
    JsonLine.Fields options = options();
    EventLog events = flags.openLog(terminal);
    List<String> names = names();
    int last = names.size() - 1;
    events.started(name(), names.subList(0, last), names.get(last), options);
    Copies begun = new Copies(this, flags, events);
    copies = begun;
    try {
      return begun.ended(super.perform(urls, config), null);
    } catch (CommandException | InterruptedException | IOException | RuntimeException e) {
      begun.ended(Diagnosis.of(e, "").exitCode(), e);
      throw e;
    }
  }

  @Override
  final void run(Servers servers) throws CommandException, InterruptedException, IOException {
    try (Copies begun = Objects.requireNonNull(copies)) {
      copy(servers, begun);
    }
  }

  /** The name of the command. */
  abstract String name();

  /** What is copied, and last where to, as the user wrote it. */
  abstract List<String> names();

  /** The options that matter, for programs; finds wrong ones before anything is done. */
  JsonLine.Fields options() throws CommandException {
    return flags::describe;
  }

  /** Copies one after the other. */
  abstract void copy(Servers servers, Copies copies)
      throws CommandException, InterruptedException, IOException;
}
