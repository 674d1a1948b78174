package io.copychunk.client.cli;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A Samba server for the demo, run by the script {@code docker/samba}. It may be closed while it is being started, by
 * another thread, and more than once.
 */
final class DemoServer implements AutoCloseable {
  /** Installing Samba or fetching an image takes its time. */
  private static final long START_SECONDS = 900;

  private static final long QUERY_SECONDS = 30;
  private static final long STOP_SECONDS = 60;

  /**
   * Ctrl-C reaches every process of the terminal's process group, and would also stop the one that clears away. So the
   * script has a group of its own, and only we end it, in good order.
   */
  private static final List<String> SHIELDED = List.of("bash", "-c", """
      set -m
      exec 3>&2 2> /dev/null # nothing about jobs
      bash "$@" 2>&3 3>&- &
      child=$!
      trap '' INT
      trap 'kill -TERM "$child"' TERM
      until wait "$child"; code=$?; ! kill -0 "$child"; do :; done
      exit "$code"
      """, "bash");

  private final DemoScript script;
  private final Consumer<String> progress;
  private final String name =
      "demo-" + HexFormat.of().toHexDigits(ThreadLocalRandom.current().nextInt());
  private boolean finished;
  private volatile boolean closing;
  private volatile @Nullable Process starting;

  /**
   * Creates the server, not yet started.
   *
   * @param script starts it
   * @param progress is told what the script says
   */
  DemoServer(DemoScript script, Consumer<String> progress) {
    this.script = script;
    this.progress = progress;
  }

  /**
   * Starts the server.
   *
   * @param way container, private, or null for the best
   */
  void start(@Nullable String way) throws CommandException {
    List<String> arguments = new ArrayList<>();
    if (way != null) {
      arguments.addAll(List.of("--with", way));
    }
    Process process = launch("up", arguments);
    starting = process;
    if (closing) {
      process.destroy();
    }
    await(process, "up", START_SECONDS);
    starting = null;
  }

  /** The address of the share that can be written. */
  String url() throws CommandException {
    return ask("url");
  }

  /** The file with the user's name and password. */
  Path authFile() throws CommandException {
    return Path.of(ask("authfile"));
  }

  /** Where the share's files are on this machine. */
  Path directory() throws CommandException {
    return Path.of(ask("path"));
  }

  /** Leaves the server running, also when closed; gives the command that stops it. */
  synchronized String keep() {
    finished = true;
    return "bash " + script.file() + " down --name " + name;
  }

  /** Stops the server and removes its files, whatever state it is in. */
  @Override
  public void close() throws CommandException {
    closing = true;
    Process process = starting;
    if (process != null) {
      process.destroy();
      process
          .onExit()
          .completeOnTimeout(process, STOP_SECONDS, TimeUnit.SECONDS)
          .join();
    }
    stop();
  }

  private synchronized void stop() throws CommandException {
    if (!finished) {
      await(launch("down", List.of()), "down", STOP_SECONDS);
      script.remove();
      finished = true;
    }
  }

  private String ask(String what) throws CommandException {
    return await(launch(what, List.of()), what, QUERY_SECONDS);
  }

  private Process launch(String verb, List<String> arguments) throws CommandException {
    List<String> command = new ArrayList<>(SHIELDED);
    command.addAll(List.of(script.file().toString(), verb, "--name", name));
    command.addAll(arguments);
    try {
      return new ProcessBuilder(command)
          .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")))
          .start();
    } catch (IOException e) {
      throw failure(verb, String.valueOf(e.getMessage()), e);
    }
  }

  /** Waits for the script, and gives the line that it printed. */
  private String await(Process process, String verb, long seconds) throws CommandException {
    AtomicReference<String> lastWords = new AtomicReference<>("");
    Thread listener = new Thread(() -> listen(process, lastWords), "samba-progress");
    listener.setDaemon(true);
    listener.start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      if (!process.waitFor(seconds, TimeUnit.SECONDS)) {
        throw failure(verb, "no end within " + seconds + " s", null);
      }
      listener.join(TimeUnit.SECONDS.toMillis(1));
      if (process.exitValue() != 0) {
        throw failure(verb, lastWords.get() + " (exit code " + process.exitValue() + ")", null);
      }
      String line = out.readLine();
      return line == null ? "" : line;
    } catch (IOException e) {
      throw failure(verb, String.valueOf(e.getMessage()), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new CommandException(Diagnosis.of(e, "samba " + verb), e);
    } finally {
      process.destroy();
    }
  }

  private void listen(Process process, AtomicReference<String> lastWords) {
    try (BufferedReader lines = process.errorReader(StandardCharsets.UTF_8)) {
      lines.lines().forEach(line -> {
        lastWords.set(line);
        progress.accept(line);
      });
    } catch (IOException | UncheckedIOException e) {
      // The process was stopped: it has nothing more to say.
    }
  }

  private static CommandException failure(String verb, String why, @Nullable Throwable cause) {
    Failure failure = new Failure(
        ExitCode.FAILED,
        "the demo's server failed",
        "samba " + verb,
        why,
        "copychunk demo --with container, or --with private");
    return cause == null ? new CommandException(failure) : new CommandException(failure, cause);
  }
}
