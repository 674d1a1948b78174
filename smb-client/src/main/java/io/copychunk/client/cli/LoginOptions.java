package io.copychunk.client.cli;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Option;

/** The options that say who logs in. There is none for a password: others can see options. */
final class LoginOptions {
  /** One of these. */
  static final class Who {
    @Option(
        names = {"-A", "--authfile"},
        paramLabel = "FILE",
        description =
            "A file of lines username = …, password = … and domain = …, as smbclient has it.")
    @Nullable
    Path authFile;

    @Option(
        names = {"-U", "--user"},
        paramLabel = "[DOM/]USER",
        description = "Who logs in; the password is asked for if the environment does not have it.")
    @Nullable
    String user;

    @Option(
        names = {"-N", "--no-password"},
        description = "Log in as nobody: such a session can not be signed.")
    boolean anonymous;
  }

  @ArgGroup(exclusive = true, multiplicity = "0..1")
  private Who who = new Who();

  LoginOptions() {}

  LoginOptions(@Nullable Path authFile, @Nullable String user, boolean anonymous) {
    who.authFile = authFile;
    who.user = user;
    who.anonymous = anonymous;
  }

  @Nullable
  Path authFile() {
    return who.authFile;
  }

  @Nullable
  String user() {
    return who.user;
  }

  boolean anonymous() {
    return who.anonymous;
  }
}
