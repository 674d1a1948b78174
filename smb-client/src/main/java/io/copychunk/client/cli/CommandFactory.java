package io.copychunk.client.cli;

import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Puts the commands together, and gives what all of them have in common. */
final class CommandFactory {
  private CommandFactory() {}

  static CommandLine create(Terminal terminal) {
    CommandLine main = new CommandLine(new CopychunkCommand());
    main.addSubcommand("cp", new CopyCommand(terminal));
    main.addSubcommand("sync", new SyncCommand(terminal));
    main.addSubcommand("job", job(terminal));
    main.addSubcommand("put", new PutCommand(terminal));
    main.addSubcommand("get", new GetCommand(terminal));
    main.addSubcommand("cat", new CatCommand(terminal));
    main.addSubcommand("ls", new ListCommand(terminal));
    main.addSubcommand("stat", new StatCommand(terminal));
    main.addSubcommand("mv", new MoveCommand(terminal));
    main.addSubcommand("rm", new RemoveCommand(terminal));
    main.addSubcommand("mkdir", new MakeDirectoryCommand(terminal));
    main.addSubcommand("probe", new ProbeCommand(terminal));
    main.addSubcommand("key", new KeyCommand(terminal));
    main.addSubcommand("demo", new DemoCommand(terminal));
    main.addSubcommand("help", new CommandLine.HelpCommand());
    main.setExpandAtFiles(false); // what is in a file may be a secret, and would be repeated
    settle(main, terminal);
    main.setOut(
        new PrintWriter(new OutputStreamWriter(terminal.out(), StandardCharsets.UTF_8), true));
    main.setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
    main.setParameterExceptionHandler((failure, args) -> misused(failure, terminal));
    main.setExecutionExceptionHandler(
        (failure, command, parsed) -> failed(failure, parsed, terminal));
    return main;
  }

  private static CommandLine job(Terminal terminal) {
    CommandLine job = new CommandLine(new JobCommand());
    job.addSubcommand("ls", new JobListCommand(terminal));
    job.addSubcommand("show", new JobShowCommand(terminal));
    job.addSubcommand("resume", new JobResumeCommand(terminal));
    job.addSubcommand("rm", new JobRemoveCommand(terminal));
    return job;
  }

  private static void settle(CommandLine command, Terminal terminal) {
    command.getSubcommands().forEach((name, sub) -> settle(sub, terminal));
    CommandSpec spec = command.getCommandSpec();
    if (!(command.getCommand() instanceof CommandLine.HelpCommand)) {
      spec.addOption(CommandLine.Model.OptionSpec.builder("-h", "--help")
          .usageHelp(true)
          .description("Show this help.")
          .build());
    }
    spec.usageMessage()
        .exitCodeListHeading("%nExit codes:%n")
        .exitCodeList(ExitCode.meanings())
        .parameterListHeading("%n")
        .optionListHeading("%nOptions:%n")
        .commandListHeading("%nCommands:%n")
        .abbreviateSynopsis(true)
        .width(100);
    command.setColorScheme(CommandLine.Help.defaultColorScheme(
        terminal.styled() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
  }

  private static int misused(ParameterException failure, Terminal terminal) {
    Failure diagnosis = Misuse.of(failure);
    terminal.complain(diagnosis, null);
    return diagnosis.exitCode().number();
  }

  private static int failed(Exception failure, ParseResult parsed, Terminal terminal) {
    Failure diagnosis = Diagnosis.of(failure, "");
    terminal.complain(diagnosis, wantsTrace(parsed) ? Diagnosis.unwrap(failure) : null);
    return diagnosis.exitCode().number();
  }

  private static boolean wantsTrace(ParseResult parsed) {
    ParseResult command = parsed.hasSubcommand() ? parsed.subcommand() : parsed;
    return command.hasMatchedOption("--verbose");
  }
}
