package io.copychunk.client.cli;

import io.copychunk.wire.PrintableText;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** What one source says about who logs in; not a record, since it may hold a password. */
final class Login implements AutoCloseable {
  private final @Nullable String domain;
  private final @Nullable String user;
  private final char @Nullable [] password;

  /** Takes the password over. */
  Login(@Nullable String domain, @Nullable String user, char @Nullable [] password) {
    this.domain = domain;
    this.user = user;
    this.password = password;
  }

  /** Reads {@code DOM/user}, {@code DOM\\user} or {@code user}. */
  static Login named(String name) {
    int separator = Math.max(name.indexOf('/'), name.indexOf('\\'));
    return separator < 0
        ? new Login(null, name, null)
        : new Login(name.substring(0, separator), name.substring(separator + 1), null);
  }

  @Nullable
  String domain() {
    return domain;
  }

  @Nullable
  String user() {
    return user;
  }

  char @Nullable [] password() {
    return password;
  }

  /** Whether what is said here, and the password above all, is about this user. */
  boolean isAbout(@Nullable String otherDomain, String otherUser) {
    return (user == null || user.equalsIgnoreCase(otherUser))
        && (domain == null || otherDomain == null || domain.equalsIgnoreCase(otherDomain));
  }

  /** Wipes the password. */
  @Override
  public void close() {
    if (password != null) {
      Arrays.fill(password, '\0');
    }
  }

  @Override
  public String toString() {
    return "Login[" + PrintableText.of(domain + ", " + user) + "]";
  }
}
