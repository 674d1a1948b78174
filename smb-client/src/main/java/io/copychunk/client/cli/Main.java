package io.copychunk.client.cli;

/** Starts the copychunk command. */
public final class Main {
  private Main() {}

  /**
   * Runs the command and ends the process with its exit code.
   *
   * @param args the arguments of the command line
   */
  public static void main(String[] args) {
    System.exit(CommandFactory.create(Terminal.system(), args).execute(args));
  }
}
