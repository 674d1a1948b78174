package io.copychunk.client.cli;

import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Puts the commands together, and gives what all of them have in common. */
final class CommandFactory {
  private CommandFactory() {}

  static CommandLine create(Terminal terminal) {
    CommandLine main = new CommandLine(new CopychunkCommand(CommandSpec.create()));
    main.addSubcommand("key", new KeyCommand(terminal));
    main.addSubcommand("demo", new DemoCommand(terminal));
    main.addSubcommand("help", new CommandLine.HelpCommand());
    settle(main, terminal);
    main.getSubcommands().forEach((name, command) -> settle(command, terminal));
    main.setOut(
        new PrintWriter(new OutputStreamWriter(terminal.out(), StandardCharsets.UTF_8), true));
    main.setErr(new PrintWriter(terminal.err(), true, StandardCharsets.UTF_8));
    main.setParameterExceptionHandler((failure, args) -> misused(failure, terminal));
    main.setExecutionExceptionHandler(
        (failure, command, parsed) -> failed(failure, parsed, terminal));
    return main;
  }

  private static void settle(CommandLine command, Terminal terminal) {
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
        .optionListHeading("%nOptions:%n")
        .commandListHeading("%nCommands:%n")
        .abbreviateSynopsis(true)
        .width(100);
    command.setColorScheme(CommandLine.Help.defaultColorScheme(
        terminal.styled() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
  }

  /** Says what is wrong in one line, but never repeats a value, which might be a password. */
  private static int misused(ParameterException failure, Terminal terminal) {
    String why = failure.getMessage();
    if (failure instanceof UnmatchedArgumentException unmatched && unmatched.isUnknownOption()) {
      String option = unmatched.getUnmatched().get(0);
      int end = option.indexOf('=');
      String name = end < 0 ? option : option.substring(0, end);
      why = "there is no option "
          + (name.startsWith("--") || name.length() <= 2 ? name : name.substring(0, 2));
      if (name.toLowerCase(Locale.ROOT).contains("pass")) {
        why +=
            ", since others can see options; passwords come from -A FILE or COPYCHUNK_PASSWORD_FILE";
      }
    }
    String help = failure.getCommandLine().getCommandSpec().qualifiedName(" ") + " --help";
    Failure diagnosis = Failure.usage("wrong usage", "", String.valueOf(why), help);
    terminal.complain(diagnosis, null);
    return diagnosis.exitCode().number();
  }

  private static int failed(Exception failure, ParseResult parsed, Terminal terminal) {
    Failure diagnosis = Diagnosis.of(failure, "");
    terminal.complain(diagnosis, wantsTrace(parsed) ? failure : null);
    return diagnosis.exitCode().number();
  }

  private static boolean wantsTrace(ParseResult parsed) {
    ParseResult command = parsed.hasSubcommand() ? parsed.subcommand() : parsed;
    return command.hasMatchedOption("--verbose");
  }
}
