package io.copychunk.client.config;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What a client writes down for whoever diagnoses it. Both files hold secrets, and both are off unless
 * set here: no environment variable and no system property switches them on. The client creates them
 * readable by their owner alone, warns of each in its log, and closes them when it is closed.
 *
 * <p>The files must not exist when the client is created, so a configuration with a file serves one
 * client.
 */
public final class DiagnosticsConfig {
  private final @Nullable Path pcapFile;
  private final @Nullable Path keyLogFile;

  private DiagnosticsConfig(Builder builder) {
    this.pcapFile = builder.pcapFile;
    this.keyLogFile = builder.keyLogFile;
  }

  /**
   * Where every message goes in plaintext, also those of encrypted sessions, as a pcapng file for
   * Wireshark. It holds file data, names, and login messages from which a password can be guessed.
   *
   * <p>The frames are real; the TCP/IP packets around them are made up, and the server's port is
   * always shown as 445. Writing holds up the connection.
   *
   * @return null, the default, for nowhere
   */
  public @Nullable Path pcapFile() {
    return pcapFile;
  }

  /**
   * Where the keys of each session go, as a line of Wireshark's table {@code smb2_seskey_list}.
   * Whoever has them can decrypt what was recorded of the session, and forge messages of it while it
   * lives.
   *
   * @return null, the default, for nowhere
   */
  public @Nullable Path keyLogFile() {
    return keyLogFile;
  }

  /** The group in a line. */
  @Override
  public String toString() {
    return "diagnostics[pcap " + pcapFile + ", keylog " + keyLogFile + "]";
  }

  Builder toBuilder() {
    return new Builder().pcapFile(pcapFile).keyLogFile(keyLogFile);
  }

  /** Builds a {@link DiagnosticsConfig}. */
  public static final class Builder {
    private @Nullable Path pcapFile;
    private @Nullable Path keyLogFile;

    Builder() {}

    /**
     * Sets where every message goes in plaintext.
     *
     * @param file a file that does not exist; null for nowhere
     * @return this builder
     */
    public Builder pcapFile(@Nullable Path file) {
      this.pcapFile = file;
      return this;
    }

    /**
     * Sets where the keys of each session go.
     *
     * @param file a file that does not exist; null for nowhere
     * @return this builder
     */
    public Builder keyLogFile(@Nullable Path file) {
      this.keyLogFile = file;
      return this;
    }

    DiagnosticsConfig build() {
      if (pcapFile != null && pcapFile.equals(keyLogFile)) {
        throw new IllegalArgumentException(
            "diagnostics: " + pcapFile + " twice (expected: a file each)");
      }
      return new DiagnosticsConfig(this);
    }
  }
}
