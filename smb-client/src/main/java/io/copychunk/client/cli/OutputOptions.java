package io.copychunk.client.cli;

import picocli.CommandLine.Option;

/** The options that say how much to tell. */
final class OutputOptions {
  private static final String LOG = "org.slf4j.simpleLogger.";
  private static final String CAPTURE = "log.io.copychunk.client.internal.capture.";

  @Option(
      names = {"-v", "--verbose"},
      description = "Log what happens, and show the trace of a failure; -vv logs every message.")
  private boolean[] verbose = {};

  @Option(
      names = {"-q", "--quiet"},
      description = "No warnings and no progress; WARNINGs about secrets stay.")
  private boolean quiet;

  boolean showsTrace() {
    return verbose.length > 0;
  }

  boolean quiet() {
    return quiet;
  }

  /** Sets up the log, before the first class that logs is loaded. */
  void apply(Terminal terminal) {
    if (quiet) {
      terminal.beQuiet();
    }
    System.setProperty(LOG + "logFile", "System.err");
    System.setProperty(LOG + "showShortLogName", "true");
    System.setProperty(LOG + "showThreadName", "false");
    System.setProperty(LOG + "showDateTime", "true");
    System.setProperty(LOG + "dateTimeFormat", "HH:mm:ss.SSS");
    System.setProperty(LOG + "defaultLogLevel", verbose.length > 0 ? "info" : "off");
    // That a file is written, the command says itself; that it is not any more, only the log can.
    System.setProperty(LOG + CAPTURE + "Diagnostics", "off");
    System.setProperty(LOG + CAPTURE + "OwnerOnlyFile", "warn");
    if (verbose.length > 0) {
      System.setProperty(LOG + "log.io.copychunk", verbose.length > 1 ? "trace" : "debug");
    }
  }
}
