package io.copychunk.client;

import io.copychunk.auth.NtlmIdentity;
import io.copychunk.client.error.SmbClosedException;
import io.copychunk.wire.PrintableText;
import java.util.Arrays;

/**
 * Who logs in, and the proof. Holds a copy of the password until {@link #close}; may be used for
 * several logins before. Thread-safe.
 */
public final class Credentials implements AutoCloseable {
  private final String domain;
  private final String user;
  private final char[] password;
  private boolean closed;

  private Credentials(String domain, String user, char[] password) {
    this.domain = domain;
    this.user = user;
    this.password = password;
  }

  /**
   * A user with a password.
   *
   * @param domain the domain or workgroup; empty for the server's own accounts
   * @param user the account's name, not empty
   * @param password copied; the caller may wipe it at once
   * @return the credentials
   * @throws IllegalArgumentException when the user is empty
   */
  public static Credentials password(String domain, String user, char[] password) {
    if (user.isEmpty()) {
      throw new IllegalArgumentException("user: empty (expected: an account's name)");
    }
    return new Credentials(domain, user, password.clone());
  }

  /**
   * Nobody: an anonymous session, which can neither be signed nor encrypted.
   *
   * @return the credentials
   */
  public static Credentials anonymous() {
    return new Credentials("", "", new char[0]);
  }

  /**
   * The domain.
   *
   * @return empty for the server's own accounts
   */
  public String domain() {
    return domain;
  }

  /**
   * The account's name.
   *
   * @return empty when anonymous
   */
  public String user() {
    return user;
  }

  /**
   * Whether this is nobody.
   *
   * @return whether it was made by {@link #anonymous}
   */
  public boolean isAnonymous() {
    return user.isEmpty();
  }

  /** Wipes the password. Logins that begin afterwards fail with {@link SmbClosedException}. */
  @Override
  public void close() {
    synchronized (password) {
      closed = true;
      Arrays.fill(password, '\0');
    }
  }

  /** The domain and the user, never the password. */
  @Override
  public String toString() {
    if (isAnonymous()) {
      return "anonymous";
    }
    return PrintableText.of(domain.isEmpty() ? user : domain + "\\" + user);
  }

  /** Refuses credentials that were wiped. */
  void requireUsable() throws SmbClosedException {
    synchronized (password) {
      if (closed) {
        throw new SmbClosedException("the credentials of " + this + " were wiped");
      }
    }
  }

  NtlmIdentity ntlm() throws SmbClosedException {
    if (isAnonymous()) {
      return NtlmIdentity.anonymous();
    }
    synchronized (password) {
      requireUsable();
      return new NtlmIdentity(domain, user, password);
    }
  }
}
