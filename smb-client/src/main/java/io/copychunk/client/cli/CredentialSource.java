package io.copychunk.client.cli;

import io.copychunk.client.Credentials;
import io.copychunk.wire.PrintableText;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds out who logs in where. The user of a URL wins over all others. The password comes from {@code -A} or the
 * environment if they have one for this user, otherwise somebody must type it, once for each user and server.
 */
final class CredentialSource implements AutoCloseable {
  private final LoginOptions options;
  private final Terminal terminal;
  private final Map<String, Credentials> known = new HashMap<>();
  private @Nullable Login given;

  CredentialSource(LoginOptions options, Terminal terminal) {
    this.options = options;
    this.terminal = terminal;
  }

  /** Who logs in for a URL. The credentials stay this source's, which wipes them. */
  Credentials forUrl(SmbUrl url) throws CommandException {
    if (options.anonymous()) {
      if (url.user() != null) {
        throw new CommandException(Failure.usage(
            "wrong usage",
            url.text(),
            "the URL names a user, and -N says nobody",
            "only one of the two"));
      }
      return Credentials.anonymous();
    }
    Login login = given();
    String user = url.user();
    if (user == null) {
      user = login.user() == null ? System.getProperty("user.name", "") : login.user();
    }
    boolean same = login.isAbout(url.domain(), user);
    String domain = url.domain();
    if (domain == null) {
      domain = same && login.domain() != null ? login.domain() : "";
    }
    String name = domain.isEmpty() ? user : domain + "\\" + user;
    char[] password = same ? login.password() : null;
    // A password that was given is good for every server, one that is asked for is asked for by a
    // server's name.
    String key = password == null ? name + "@" + url.server() : name;
    Credentials credentials = known.get(key);
    if (credentials == null) {
      credentials = password == null
          ? ask(name, domain, user, url)
          : Credentials.password(domain, user, password);
      known.put(key, credentials);
    }
    return credentials;
  }

  /** Wipes all passwords. */
  @Override
  public void close() {
    known.values().forEach(Credentials::close);
    if (given != null) {
      given.close();
    }
  }

  private Login given() throws CommandException {
    if (given == null) {
      given = options.authFile() == null
          ? fromEnvironment()
          : SecretFile.readAuth(options.authFile(), terminal);
    }
    return given;
  }

  /** The user of {@code -U} or the environment, with the environment's password if it is this user's. */
  private Login fromEnvironment() throws CommandException {
    String variable = terminal.variable("COPYCHUNK_USER");
    Login environment =
        variable == null ? new Login(null, null, null) : named(variable, "COPYCHUNK_USER");
    Login who = options.user() == null ? environment : named(options.user(), "-U");
    String user = who.user();
    if (user != null && !environment.isAbout(who.domain(), user)) {
      return who;
    }
    String domain = who.domain() == null ? environment.domain() : who.domain();
    String file = terminal.variable("COPYCHUNK_PASSWORD_FILE");
    String password = terminal.variable("COPYCHUNK_PASSWORD");
    if (file != null) {
      return new Login(domain, user, SecretFile.readPassword(Path.of(file), terminal));
    }
    return new Login(domain, user, password == null ? null : password.toCharArray());
  }

  private static Login named(String name, String source) throws CommandException {
    if (name.indexOf('%') >= 0 || name.indexOf(':') >= 0) {
      throw new CommandException(Failure.usage(
          "wrong usage",
          source,
          "a password has no place behind the user's name, where others can see it",
          "-A FILE, or the name alone"));
    }
    Login login = Login.named(name);
    if (login.user() == null || login.user().isEmpty()) {
      throw new CommandException(
          Failure.usage("wrong usage", source, "the user's name is empty", "[DOM/]USER"));
    }
    return login;
  }

  private Credentials ask(String name, String domain, String user, SmbUrl url)
      throws CommandException {
    if (user.isEmpty()) {
      throw noPassword(url, "it is not known who is to log in");
    }
    if (!terminal.canAsk()) {
      throw noPassword(url, "there is no password for " + name + ", and no terminal to ask for it");
    }
    char[] password =
        terminal.askPassword(PrintableText.of("Password for " + name + " on " + url.host() + ": "));
    if (password == null) {
      throw noPassword(url, "no password was typed for " + name);
    }
    try {
      return Credentials.password(domain, user, password);
    } finally {
      Arrays.fill(password, '\0');
    }
  }

  private static CommandException noPassword(SmbUrl url, String why) {
    return new CommandException(Failure.usage(
        "no credentials",
        url.text(),
        why,
        "-A FILE, COPYCHUNK_PASSWORD_FILE, or -N to log in as nobody"));
  }
}
