package io.copychunk.client.cli;

import io.copychunk.wire.PrintableText;
import java.io.BufferedOutputStream;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The command's surroundings: where results and complaints go, the environment, and the one question that may be asked.
 * Complaints may come from any thread.
 */
final class Terminal {
  /** Asks for a password without showing it. */
  @FunctionalInterface
  interface Prompt {
    /** What was typed, or null at the end of the input. The caller wipes it. */
    char @Nullable [] ask(String question);
  }

  private final OutputStream out;
  private final PrintStream err;
  private final Map<String, String> environment;
  private final @Nullable Prompt prompt;
  private final boolean styled;
  private final boolean interactive;
  private volatile boolean quiet;
  private volatile boolean silent;
  private boolean redrawn; // guarded by err

  /**
   * Creates the surroundings.
   *
   * @param out standard output
   * @param err standard error
   * @param environment the environment variables
   * @param prompt asks for passwords, or null when nobody is there to answer
   * @param styled whether output may have colours
   * @param interactive whether somebody watches, so that a line may be redrawn
   */
  Terminal(
      OutputStream out,
      OutputStream err,
      Map<String, String> environment,
      @Nullable Prompt prompt,
      boolean styled,
      boolean interactive) {
    this.out = out;
    this.err = new PrintStream(err, true, StandardCharsets.UTF_8);
    this.environment = environment;
    this.prompt = prompt;
    this.styled = styled;
    this.interactive = interactive;
  }

  /** Those of this process. */
  static Terminal system() {
    Map<String, String> environment = System.getenv();
    Optional<Console> console = Optional.ofNullable(System.console()).filter(Terminal::isTerminal);
    // The launcher knows for sure; Java tells only whether both input and output are a terminal.
    boolean toTerminal = Boolean.parseBoolean(
        System.getProperty("copychunk.terminal", Boolean.toString(console.isPresent())));
    boolean styled = toTerminal
        && environment.getOrDefault("NO_COLOR", "").isEmpty()
        && !environment.getOrDefault("TERM", "dumb").equals("dumb");
    return new Terminal(
        new BufferedOutputStream(new FileOutputStream(FileDescriptor.out)),
        new FileOutputStream(FileDescriptor.err),
        environment,
        console.map(Terminal::promptOn).orElse(null),
        styled,
        toTerminal && !environment.getOrDefault("TERM", "dumb").equals("dumb"));
  }

  private static Prompt promptOn(Console console) {
    return question -> {
      // After Ctrl-C the shell's prompt shall not stand in the same line.
      Thread newline = new Thread(System.err::println, "newline");
      Runtime.getRuntime().addShutdownHook(newline);
      char[] password = console.readPassword("%s", question);
      Runtime.getRuntime().removeShutdownHook(newline);
      return password;
    };
  }

  /** From Java 22 on there is a console also where nobody sits, and a method to ask; before, there is neither. */
  private static boolean isTerminal(Console console) {
    try {
      return (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }

  /** No warnings from here on. */
  void beQuiet() {
    quiet = true;
  }

  /** Nothing at all from here on: the process is ending. */
  void beSilent() {
    synchronized (err) {
      removeLine();
      silent = true;
    }
  }

  /** An environment variable, or null when it is not set or empty. */
  @Nullable
  String variable(String name) {
    String value = environment.get(name);
    return value == null || value.isEmpty() ? null : value;
  }

  /** Asks for a password; null without a terminal, or at the end of the input. */
  char @Nullable [] askPassword(String question) {
    return prompt == null ? null : prompt.ask(question);
  }

  boolean canAsk() {
    return prompt != null;
  }

  /** Writes results. */
  void write(byte[] result) {
    if (silent) {
      return;
    }
    synchronized (err) {
      removeLine();
    }
    try {
      out.write(result);
      out.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes a result as a line. */
  void println(String line) {
    write((line + "\n").getBytes(StandardCharsets.UTF_8));
  }

  /** Says why something failed, and where in the program when asked to. */
  void complain(Failure failure, @Nullable Throwable trace) {
    if (silent) {
      return;
    }
    synchronized (err) {
      removeLine();
      err.println(failure.line());
      if (trace != null) {
        StringWriter lines = new StringWriter();
        trace.printStackTrace(new PrintWriter(lines));
        lines
            .toString()
            .replace("\t", "    ")
            .lines()
            .forEach(line -> err.println(PrintableText.of(line)));
      }
    }
  }

  /** Says that something may not be as intended. */
  void warn(String warning) {
    if (!quiet && !silent) {
      say(PrintableText.of("copychunk: warning: " + warning));
    }
  }

  /** Says, even when no warnings are wanted, that something must not stay unknown. */
  void alarm(String warning) {
    if (!silent) {
      say(PrintableText.of("copychunk: WARNING: " + warning));
    }
  }

  /** Says how something is going, whatever the process is doing. */
  void progress(String line) {
    say(dim(PrintableText.of(line)));
  }

  private void say(String line) {
    synchronized (err) {
      removeLine();
      err.println(line);
    }
  }

  /** Removes what is to be redrawn, so that a line of another kind does not stand behind it. */
  private void removeLine() {
    if (redrawn) {
      redrawn = false;
      err.print("\r\u001b[K");
      err.flush();
    }
  }

  /** Whether somebody watches, so that a line may be redrawn. */
  boolean isInteractive() {
    return interactive;
  }

  /**
   * Puts a line where the last one of this kind stood; an empty one removes it. What does not fit is
   * cut by the terminal, which is told not to wrap: a line that is two can not be removed.
   */
  void redraw(String line) {
    synchronized (err) {
      if (!silent) {
        redrawn = !line.isEmpty();
        err.print("\r\u001b[K\u001b[?7l" + PrintableText.of(line) + "\u001b[?7h");
        err.flush();
      }
    }
  }

  PrintStream err() {
    return err;
  }

  OutputStream out() {
    return out;
  }

  /** Whether output may have colours. */
  boolean styled() {
    return styled;
  }

  /** In bold where colours can be shown. */
  String bold(String text) {
    return styled ? "\u001b[1m" + text + "\u001b[0m" : text;
  }

  /** In a weak colour where colours can be shown. */
  String dim(String text) {
    return styled ? "\u001b[2m" + text + "\u001b[0m" : text;
  }

  /** In green where colours can be shown. */
  String green(String text) {
    return styled ? "\u001b[32m" + text + "\u001b[0m" : text;
  }
}
