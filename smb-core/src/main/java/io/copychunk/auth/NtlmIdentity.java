package io.copychunk.auth;

import io.copychunk.wire.PrintableText;
import java.util.Arrays;

/**
 * A user's name and password, or nobody's. It serves one login, and is destroyed with it.
 */
public final class NtlmIdentity {
  private static final int MAX_LENGTH = 1024;

  private final String domain;
  private final String user;
  private final char[] password;
  private final boolean anonymous;
  private volatile boolean destroyed;

  /**
   * Creates an identity.
   *
   * @param domain the user's domain, or an empty string for the server's own users; up to 1024
   *     characters
   * @param user the user's name, 1 to 1024 characters
   * @param password copied; up to 1024 characters
   */
  public NtlmIdentity(String domain, String user, char[] password) {
    this(
        checked("domain", domain, 0),
        checked("user", user, 1),
        checkedPassword(password).clone(),
        false);
  }

  private NtlmIdentity(String domain, String user, char[] password, boolean anonymous) {
    this.domain = domain;
    this.user = user;
    this.password = password;
    this.anonymous = anonymous;
  }

  /**
   * Nobody.
   *
   * @return an identity without name and password
   */
  public static NtlmIdentity anonymous() {
    return new NtlmIdentity("", "", new char[0], true);
  }

  private static String checked(String name, String value, int minimum) {
    if (value.length() < minimum || value.length() > MAX_LENGTH) {
      throw new IllegalArgumentException("%s: %d characters (expected: %d..%d)"
          .formatted(name, value.length(), minimum, MAX_LENGTH));
    }
    return value;
  }

  private static char[] checkedPassword(char[] password) {
    if (password.length > MAX_LENGTH) {
      throw new IllegalArgumentException("password: too long (expected: <= 1024 characters)");
    }
    return password;
  }

  /**
   * The user's domain.
   *
   * @return maybe an empty string
   */
  public String domain() {
    return domain;
  }

  /**
   * The user's name.
   *
   * @return an empty string when this is nobody
   */
  public String user() {
    return user;
  }

  /**
   * Whether this is nobody.
   *
   * @return whether {@link #anonymous()} made it
   */
  public boolean isAnonymous() {
    return anonymous;
  }

  /** Overwrites the password; no login can be made with it afterwards. */
  public void destroy() {
    destroyed = true;
    Arrays.fill(password, '\0');
  }

  /** NTOWFv2 of this identity, for the caller to wipe. */
  byte[] ntowf() {
    if (destroyed) {
      throw new IllegalStateException("The identity was destroyed");
    }
    byte[] ntHash = NtlmV2.ntHash(password);
    try {
      return NtlmV2.ntowf(ntHash, user, domain);
    } finally {
      Arrays.fill(ntHash, (byte) 0);
    }
  }

  /** Tells domain and user only. */
  @Override
  public String toString() {
    return anonymous
        ? "anonymous"
        : PrintableText.of(domain.isEmpty() ? user : domain + "\\" + user);
  }
}
