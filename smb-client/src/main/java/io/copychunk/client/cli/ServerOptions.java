package io.copychunk.client.cli;

import io.copychunk.client.SmbClient;
import io.copychunk.client.config.SecurityPolicy;
import io.copychunk.client.config.SecurityPolicy.Encryption;
import io.copychunk.client.config.SecurityPolicy.Signing;
import io.copychunk.client.config.SmbConfig;
import io.copychunk.client.config.TransportConfig;
import io.copychunk.client.config.WireListener;
import io.copychunk.crypto.CipherAlgorithm;
import io.copychunk.crypto.SigningAlgorithm;
import io.copychunk.wire.Dialect;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** The options that say how to speak with a server. */
final class ServerOptions {
  /** For the end of the help of a command that has these options. */
  static final String ABOUT_SECRETS =
      "--pcap and --keylog make files that only you can read, and that must not exist before. The one holds file data"
          + " and login messages from which the password can be guessed; the other lets whoever has it decrypt what was"
          + " recorded of the sessions. docs/seeing-the-wire.md says how to open them.";

  private static final int MAX_TIMEOUT = 86_400;

  @Option(
      names = "--min-dialect",
      paramLabel = "DIALECT",
      converter = DialectConverter.class,
      description = "The lowest dialect to accept: 2.0.2, 2.1 (the default), 3.0, 3.0.2 or 3.1.1.")
  private @Nullable Dialect minDialect;

  @Option(
      names = "--max-dialect",
      paramLabel = "DIALECT",
      converter = DialectConverter.class,
      description = "The highest dialect to offer, by default 3.1.1.")
  private @Nullable Dialect maxDialect;

  @Option(
      names = "--sign",
      paramLabel = "WHEN",
      converter = WhenToSignConverter.class,
      description =
          "required (the default): everything; if-offered: where the server requires it. Nobody (-N) can not sign.")
  private @Nullable Signing sign;

  @Option(
      names = "--signing-algorithm",
      paramLabel = "ALGORITHM",
      split = ",",
      converter = SigningConverter.class,
      description = "The signing algorithms to offer in dialect 3.1.1, by default gmac,cmac,hmac.")
  private @Nullable List<SigningAlgorithm> signingAlgorithms;

  @Option(
      names = "--guest",
      description =
          "Accept being made a guest, whose messages are neither signed nor encrypted; takes --sign if-offered.")
  private boolean guest;

  @Option(
      names = "--encrypt",
      paramLabel = "WHEN",
      converter = EncryptionConverter.class,
      description =
          "required: everything after the login; if-offered (the default): where the server asks for it; off: never.")
  private @Nullable Encryption encryption;

  @Option(
      names = "--cipher",
      paramLabel = "CIPHER",
      split = ",",
      converter = CipherConverter.class,
      description =
          "The ciphers to offer, by default aes-128-gcm,aes-128-ccm,aes-256-gcm,aes-256-ccm.")
  private @Nullable List<CipherAlgorithm> ciphers;

  @Option(
      names = "--strict",
      description =
          "As strict as it gets: dialect 3.1.1 alone, everything encrypted; the other options then change that.")
  private boolean strict;

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      description =
          "How long connecting and the first login may take together (by default 15), how long the server may be"
              + " silent about a request (30), and how long a message may take that has begun (10).")
  private @Nullable Integer timeout;

  @Option(
      names = "--connections",
      paramLabel = "COUNT",
      description =
          "The most connections to a server for one user, where more than one make a tree faster (by default 4).")
  private @Nullable Integer connections;

  @Option(
      names = "--pcap",
      paramLabel = "FILE",
      description =
          "Write every message, unencrypted, into a new file for Wireshark. It holds secrets: see below.")
  private @Nullable Path pcap;

  @Option(
      names = "--keylog",
      paramLabel = "FILE",
      description =
          "Write the keys of the sessions into a new file for Wireshark. They are secrets: see below.")
  private @Nullable Path keyLog;

  /** Creates a client, and warns of the files with secrets that it writes, whether or not warnings are wanted. */
  SmbClient client(SmbConfig config, Terminal terminal) throws CommandException {
    SmbClient client;
    try {
      client = SmbClient.create(config);
    } catch (UncheckedIOException e) {
      String why = String.valueOf(Objects.requireNonNull(e.getCause()).getMessage());
      throw new CommandException(
          new Failure(
              ExitCode.FAILED,
              "cannot write what is to be recorded",
              "",
              SmbUrl.redactWithin(why),
              "another place for --pcap and --keylog"),
          e);
    }
    warnOfSecrets(terminal);
    return client;
  }

  private void warnOfSecrets(Terminal terminal) {
    if (pcap != null) {
      terminal.alarm(pcap + " gets every message in plaintext: file data, names, and login messages"
          + " from which the password can be guessed. Delete it after use.");
    }
    if (keyLog != null) {
      terminal.alarm(keyLog + " gets the keys of the sessions: who has them can decrypt what was"
          + " recorded of these. Delete it after use.");
    }
  }

  /** The configuration for a client. Finds what is wrong with the options before anybody is asked for anything. */
  SmbConfig config(WireListener listener) throws CommandException {
    if (timeout != null && (timeout < 1 || timeout > MAX_TIMEOUT)) {
      throw new CommandException(Failure.usage(
          "wrong usage", "--timeout", timeout + " (expected: 1.." + MAX_TIMEOUT + ")", null));
    }
    if (connections != null && (connections < 1 || connections > TransportConfig.MAX_CONNECTIONS)) {
      throw new CommandException(Failure.usage(
          "wrong usage",
          "--connections",
          connections + " (expected: 1.." + TransportConfig.MAX_CONNECTIONS + ")",
          null));
    }
    requireConsistent();
    requireNew("--pcap", pcap);
    requireNew("--keylog", keyLog);
    try {
      return build(listener);
    } catch (IllegalArgumentException e) {
      throw new CommandException(
          Failure.usage(
              "wrong usage",
              "",
              String.valueOf(e.getMessage()),
              "other dialects, algorithms or files"),
          e);
    }
  }

  /** What a policy would refuse in its own terms is refused in those of the options. */
  private void requireConsistent() throws CommandException {
    SecurityPolicy base = strict ? SecurityPolicy.strict() : SecurityPolicy.defaults();
    Dialect min = lowest(base);
    Dialect max = maxDialect == null ? base.maxDialect() : maxDialect;
    Encryption encrypt = encryption == null ? base.encryption() : encryption;
    require(
        max.isAtLeast(min) || minDialect != null,
        "--max-dialect " + max,
        "--strict accepts no dialect below " + min,
        "--min-dialect " + max + " as well");
    require(
        max.isAtLeast(min),
        "--min-dialect " + min,
        "it is above the highest dialect, " + max,
        "a lower one, or a higher --max-dialect");
    require(
        encrypt != Encryption.REQUIRED || max.isAtLeast(Dialect.SMB_3_0),
        "--max-dialect " + max,
        (encryption == null ? "--strict" : "--encrypt required") + " takes 3.0 or later",
        "a higher one, or --encrypt if-offered");
    require(
        !guest || sign == Signing.IF_OFFERED,
        "--guest",
        "guests can not sign",
        "--guest --sign if-offered");
    require(
        !guest || encrypt != Encryption.REQUIRED,
        "--guest",
        "guests can not encrypt",
        "--encrypt if-offered as well");
    requireOnce("--signing-algorithm", signingAlgorithms);
    requireOnce("--cipher", ciphers);
    require(
        pcap == null || !pcap.equals(keyLog), "--keylog", "it is the file of --pcap", "another");
  }

  private static void requireOnce(String option, @Nullable List<?> algorithms)
      throws CommandException {
    boolean once =
        algorithms == null || algorithms.stream().distinct().count() == algorithms.size();
    require(once, option, algorithms + " has one of them twice", "each once");
  }

  private static void require(boolean met, String where, String why, String advice)
      throws CommandException {
    if (!met) {
      throw new CommandException(Failure.usage("wrong usage", where, why, advice));
    }
  }

  /** A highest dialect below what is accepted by default is meant to be accepted. */
  private Dialect lowest(SecurityPolicy base) {
    if (minDialect != null) {
      return minDialect;
    }
    boolean lowered = !strict && maxDialect != null && !maxDialect.isAtLeast(base.minDialect());
    return lowered ? maxDialect : base.minDialect();
  }

  private static void requireNew(String option, @Nullable Path file) throws CommandException {
    if (file == null) {
      return;
    }
    if (file.toString().equals("-")) {
      throw new CommandException(Failure.usage(
          "wrong usage", option, "it cannot go to standard output", option + " FILE"));
    }
    Path directory = file.toAbsolutePath().getParent();
    String where = option + " " + SmbUrl.redact(file.toString());
    if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
      throw new CommandException(Failure.usage(
          "wrong usage",
          where,
          "it exists, and secrets go into new files only",
          "another name, or delete it"));
    }
    if (directory == null || !Files.isDirectory(directory) || !Files.isWritable(directory)) {
      throw new CommandException(Failure.usage(
          "wrong usage",
          where,
          "no file can be made there",
          "a directory that exists and that you may write to"));
    }
  }

  private SmbConfig build(WireListener listener) {
    return SmbConfig.builder()
        .security(strict ? SecurityPolicy.strict() : SecurityPolicy.defaults())
        .security(this::change)
        .diagnostics(diagnostics -> diagnostics.pcapFile(pcap).keyLogFile(keyLog))
        .transport(transport -> {
          if (timeout != null) {
            Duration limit = Duration.ofSeconds(timeout);
            transport.connectTimeout(limit).requestTimeout(limit).frameTimeout(limit);
          }
          if (connections != null) {
            transport.maxConnections(connections);
          }
          return transport.wireListener(listener);
        })
        .build();
  }

  private SecurityPolicy.Builder change(SecurityPolicy.Builder security) {
    security
        .minDialect(lowest(strict ? SecurityPolicy.strict() : SecurityPolicy.defaults()))
        .guestAllowed(guest);
    if (maxDialect != null) {
      security.maxDialect(maxDialect);
    }
    if (sign != null) {
      security.signing(sign);
    }
    if (signingAlgorithms != null) {
      security.signingAlgorithms(signingAlgorithms);
    }
    if (encryption != null) {
      security.encryption(encryption);
    }
    return ciphers == null ? security : security.ciphers(ciphers);
  }

  private static final class DialectConverter implements ITypeConverter<Dialect> {
    @Override
    public Dialect convert(String label) {
      try {
        return Dialect.ofLabel(label);
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException("expected: 2.0.2, 2.1, 3.0, 3.0.2 or 3.1.1");
      }
    }
  }

  private static final class WhenToSignConverter implements ITypeConverter<Signing> {
    @Override
    public Signing convert(String name) {
      return switch (name.toLowerCase(Locale.ROOT)) {
        case "required" -> Signing.REQUIRED;
        case "if-offered" -> Signing.IF_OFFERED;
        default ->
          throw new TypeConversionException(
              "expected: required or if-offered; algorithms are --signing-algorithm's");
      };
    }
  }

  private static final class SigningConverter implements ITypeConverter<SigningAlgorithm> {
    @Override
    public SigningAlgorithm convert(String name) {
      return switch (name.toLowerCase(Locale.ROOT)) {
        case "gmac", "aes-gmac" -> SigningAlgorithm.AES_GMAC;
        case "cmac", "aes-cmac" -> SigningAlgorithm.AES_CMAC;
        case "hmac", "hmac-sha256" -> SigningAlgorithm.HMAC_SHA256;
        default -> throw new TypeConversionException("expected: gmac, cmac or hmac");
      };
    }
  }

  private static final class EncryptionConverter implements ITypeConverter<Encryption> {
    @Override
    public Encryption convert(String name) {
      return switch (name.toLowerCase(Locale.ROOT)) {
        case "required" -> Encryption.REQUIRED;
        case "if-offered" -> Encryption.IF_OFFERED;
        case "off" -> Encryption.OFF;
        default -> throw new TypeConversionException("expected: required, if-offered or off");
      };
    }
  }

  private static final class CipherConverter implements ITypeConverter<CipherAlgorithm> {
    @Override
    public CipherAlgorithm convert(String name) {
      return Arrays.stream(CipherAlgorithm.values())
          .filter(cipher -> cipher.toString().equalsIgnoreCase(name))
          .findFirst()
          .orElseThrow(() -> new TypeConversionException(
              "expected: aes-128-gcm, aes-128-ccm, aes-256-gcm or aes-256-ccm"));
    }
  }
}
