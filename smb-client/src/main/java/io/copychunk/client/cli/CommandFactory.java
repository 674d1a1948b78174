package io.copychunk.client.cli;

import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** Puts the commands together, and gives what all of them have in common. */
final class CommandFactory {
  private static final Map<String, Function<Terminal, Object>> COMMANDS = commands();

  private CommandFactory() {}

  private static Map<String, Function<Terminal, Object>> commands() {
    Map<String, Function<Terminal, Object>> all = new LinkedHashMap<>();
    all.put("cp", CopyCommand::new);
    all.put("sync", SyncCommand::new);
    all.put("job", CommandFactory::job);
    all.put("put", PutCommand::new);
    all.put("get", GetCommand::new);
    all.put("cat", CatCommand::new);
    all.put("ls", ListCommand::new);
    all.put("stat", StatCommand::new);
    all.put("mv", MoveCommand::new);
    all.put("rm", RemoveCommand::new);
    all.put("mkdir", MakeDirectoryCommand::new);
    all.put("probe", ProbeCommand::new);
    all.put("key", KeyCommand::new);
    all.put("demo", DemoCommand::new);
    all.put("help", terminal -> new CommandLine.HelpCommand());
    return all;
  }

  /**
   * The command line that these arguments need: a command that they begin with is made alone, for each
   * takes its time.
   */
  static CommandLine create(Terminal terminal, String... args) {
    CommandLine main = new CommandLine(new CopychunkCommand());
    boolean named = args.length > 0 && COMMANDS.containsKey(args[0]) && !args[0].equals("help");
    COMMANDS.forEach((name, command) -> {
      if (!named || name.equals(args[0])) {
        main.addSubcommand(name, command.apply(terminal));
      }
    });
    main.setExpandAtFiles(false); // what is in a file may be a secret, and would be repeated
    settle(main, terminal);
    main.setOut(
        new PrintWriter(new OutputStreamWriter(terminal.out(), StandardCharsets.UTF_8), true));
    main.setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
    main.setParameterExceptionHandler((failure, words) -> misused(failure, terminal));
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
