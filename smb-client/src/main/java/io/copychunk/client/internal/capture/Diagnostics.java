package io.copychunk.client.internal.capture;

import io.copychunk.client.config.DiagnosticsConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The files that a client was asked to write, mostly none. Thread-safe. */
public final class Diagnostics implements AutoCloseable {
  private static final Logger logger = LoggerFactory.getLogger(Diagnostics.class);

  private final @Nullable PcapngFile pcap;
  private final @Nullable KeyLogFile keyLog;

  private Diagnostics(@Nullable PcapngFile pcap, @Nullable KeyLogFile keyLog) {
    this.pcap = pcap;
    this.keyLog = keyLog;
  }

  /**
   * Creates the files that are asked for, and warns of each.
   *
   * @param config which
   * @return to be closed
   * @throws UncheckedIOException when one exists, or can not be created or written; then none is left behind
   */
  public static Diagnostics open(DiagnosticsConfig config) {
    PcapngFile pcap = null;
    try {
      pcap = config.pcapFile() == null ? null : PcapngFile.create(config.pcapFile());
      KeyLogFile keyLog =
          config.keyLogFile() == null ? null : KeyLogFile.create(config.keyLogFile());
      warn(pcap, keyLog);
      return new Diagnostics(pcap, keyLog);
    } catch (IOException e) {
      throw withoutTraces(pcap, new UncheckedIOException(e));
    }
  }

  /**
   * Where frames are to be noted.
   *
   * @return null when they are not
   */
  public @Nullable PcapngFile pcap() {
    return pcap;
  }

  /**
   * Where keys are to be noted.
   *
   * @return null when they are not
   */
  public @Nullable KeyLogFile keyLog() {
    return keyLog;
  }

  @Override
  public void close() {
    if (pcap != null) {
      pcap.close();
    }
    if (keyLog != null) {
      keyLog.close();
    }
  }

  private static void warn(@Nullable PcapngFile pcap, @Nullable KeyLogFile keyLog) {
    if (pcap != null) {
      logger.warn(
          "WRITING PLAINTEXT: {} gets every message of this client unencrypted: file data, names, and"
              + " login messages from which the password can be guessed",
          pcap);
    }
    if (keyLog != null) {
      logger.warn(
          "WRITING KEYS: {} gets the keys of this client's sessions: whoever has them can decrypt what"
              + " was recorded of a session, and forge messages of it while it lives",
          keyLog);
    }
  }

  private static UncheckedIOException withoutTraces(
      @Nullable PcapngFile pcap, UncheckedIOException failure) {
    try {
      if (pcap != null) {
        pcap.delete();
      }
    } catch (IOException e) {
      failure.addSuppressed(e);
    }
    return failure;
  }
}
