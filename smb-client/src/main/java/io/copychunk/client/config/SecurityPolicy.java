package io.copychunk.client.config;

import io.copychunk.crypto.CipherAlgorithm;
import io.copychunk.crypto.SigningAlgorithm;
import io.copychunk.wire.Dialect;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * What a client insists on, whatever a server asks for: dialects, signing, encryption, and who may
 * be logged in how. Immutable. The defaults are safe on a hostile network; SMB1 is never spoken.
 *
 * <p>A server that can not or will not keep to the policy is refused with an error that says so;
 * nothing is weakened silently.
 */
public final class SecurityPolicy {
  private static final SecurityPolicy DEFAULTS = new Builder().build();
  private static final SecurityPolicy STRICT = new Builder()
      .minDialect(Dialect.SMB_3_1_1)
      .encryption(Encryption.REQUIRED)
      .ciphers(List.of(
          CipherAlgorithm.AES_256_GCM,
          CipherAlgorithm.AES_128_GCM,
          CipherAlgorithm.AES_256_CCM,
          CipherAlgorithm.AES_128_CCM))
      .build();

  private final Dialect minDialect;
  private final Dialect maxDialect;
  private final Signing signing;
  private final List<SigningAlgorithm> signingAlgorithms;
  private final Encryption encryption;
  private final List<CipherAlgorithm> ciphers;
  private final boolean guestAllowed;
  private final boolean ntlmAllowed;

  /** When messages are signed (3.2.4.1.1, 3.2.5.1.3). */
  public enum Signing {
    /**
     * Every request is signed and every response must be, whatever the server asks for. An anonymous
     * session, which has to be asked for, has no key and so is not.
     */
    REQUIRED,
    /** Where the server requires it. */
    IF_OFFERED
  }

  /** When messages are encrypted, which takes 3.0 or later (3.2.4.1.8, 3.2.5.1.1). */
  public enum Encryption {
    /** Everything after the login; a server that can not is refused. */
    REQUIRED,
    /** Where the server asks for it: for the whole session, or for a share. */
    IF_OFFERED,
    /** Never, and no cipher is offered; what demands encryption is refused. */
    OFF
  }

  private SecurityPolicy(Builder builder) {
    this.minDialect = builder.minDialect;
    this.maxDialect = builder.maxDialect;
    this.signing = builder.signing;
    this.signingAlgorithms = List.copyOf(builder.signingAlgorithms);
    this.encryption = builder.encryption;
    this.ciphers = List.copyOf(builder.ciphers);
    this.guestAllowed = builder.guestAllowed;
    this.ntlmAllowed = builder.ntlmAllowed;
  }

  /**
   * The defaults: 2.1 to 3.1.1, signing required, encryption where the server asks for it, no
   * guests.
   *
   * @return a shared instance
   */
  public static SecurityPolicy defaults() {
    return DEFAULTS;
  }

  /**
   * As strict as it gets: 3.1.1 only, everything encrypted after the login, AES-256-GCM preferred.
   * Neither guests nor anonymous users are possible, since they have no key.
   *
   * @return a shared instance
   */
  public static SecurityPolicy strict() {
    return STRICT;
  }

  /**
   * The lowest dialect that is offered and accepted.
   *
   * @return by default 2.1
   */
  public Dialect minDialect() {
    return minDialect;
  }

  /**
   * The highest dialect that is offered and accepted.
   *
   * @return by default 3.1.1
   */
  public Dialect maxDialect() {
    return maxDialect;
  }

  /**
   * The dialects that are offered and accepted: those from the lowest to the highest, without the
   * ones that have no encryption when it is required.
   *
   * @return at least one, in ascending order
   */
  public List<Dialect> dialects() {
    return Arrays.stream(Dialect.values())
        .filter(dialect -> dialect.isAtLeast(minDialect) && maxDialect.isAtLeast(dialect))
        .filter(dialect -> !encryptionRequired() || dialect.isAtLeast(Dialect.SMB_3_0))
        .toList();
  }

  /**
   * When messages are signed. An anonymous session, which has to be asked for, has no key to sign
   * with.
   *
   * @return by default {@link Signing#REQUIRED}
   */
  public Signing signing() {
    return signing;
  }

  /**
   * Whether everything is signed.
   *
   * @return whether {@link #signing} is {@link Signing#REQUIRED}
   */
  public boolean signingRequired() {
    return signing == Signing.REQUIRED;
  }

  /**
   * The signing algorithms that are offered on 3.1.1, the preferred one first. Earlier dialects
   * have one algorithm each.
   *
   * @return by default AES-GMAC, AES-CMAC, HMAC-SHA256
   */
  public List<SigningAlgorithm> signingAlgorithms() {
    return signingAlgorithms;
  }

  /**
   * When messages are encrypted.
   *
   * @return by default {@link Encryption#IF_OFFERED}
   */
  public Encryption encryption() {
    return encryption;
  }

  /**
   * Whether everything is encrypted.
   *
   * @return whether {@link #encryption} is {@link Encryption#REQUIRED}
   */
  public boolean encryptionRequired() {
    return encryption == Encryption.REQUIRED;
  }

  /**
   * The ciphers that are offered, the preferred one first. 3.0 and 3.0.2 have AES-128-CCM alone.
   *
   * @return by default AES-128-GCM, AES-128-CCM, AES-256-GCM, AES-256-CCM; none when encryption is
   *     off
   */
  public List<CipherAlgorithm> ciphers() {
    return encryption == Encryption.OFF ? List.of() : ciphers;
  }

  /**
   * Whether a session is acceptable that the server opened as a guest although credentials were
   * given. A guest's session can neither be signed nor encrypted.
   *
   * @return by default false
   */
  public boolean guestAllowed() {
    return guestAllowed;
  }

  /**
   * Whether NTLMv2 may be used. NTLMv1 and plain passwords never are. There is no other mechanism
   * yet: without NTLMv2 nobody can log in, not even anonymously.
   *
   * @return by default true
   */
  public boolean ntlmAllowed() {
    return ntlmAllowed;
  }

  /**
   * Starts from this policy.
   *
   * @return a new builder
   */
  public Builder toBuilder() {
    Builder builder = new Builder();
    builder.minDialect = minDialect;
    builder.maxDialect = maxDialect;
    builder.signing = signing;
    builder.signingAlgorithms = signingAlgorithms;
    builder.encryption = encryption;
    builder.ciphers = ciphers;
    builder.guestAllowed = guestAllowed;
    builder.ntlmAllowed = ntlmAllowed;
    return builder;
  }

  /** The policy in a line. */
  @Override
  public String toString() {
    return "SecurityPolicy[%s..%s, signing %s %s, encryption %s %s%s%s]"
        .formatted(
            minDialect,
            maxDialect,
            signing,
            signingAlgorithms,
            encryption,
            ciphers(),
            guestAllowed ? ", guests" : "",
            ntlmAllowed ? "" : ", no NTLM");
  }

  /** Builds a {@link SecurityPolicy}. */
  public static final class Builder {
    private Dialect minDialect = Dialect.SMB_2_1;
    private Dialect maxDialect = Dialect.SMB_3_1_1;
    private Signing signing = Signing.REQUIRED;
    private List<SigningAlgorithm> signingAlgorithms =
        List.of(SigningAlgorithm.AES_GMAC, SigningAlgorithm.AES_CMAC, SigningAlgorithm.HMAC_SHA256);
    private Encryption encryption = Encryption.IF_OFFERED;
    private List<CipherAlgorithm> ciphers = List.of(
        CipherAlgorithm.AES_128_GCM,
        CipherAlgorithm.AES_128_CCM,
        CipherAlgorithm.AES_256_GCM,
        CipherAlgorithm.AES_256_CCM);
    private boolean guestAllowed;
    private boolean ntlmAllowed = true;

    Builder() {}

    /**
     * Sets the lowest dialect that is offered and accepted.
     *
     * @param dialect not above the highest
     * @return this builder
     */
    public Builder minDialect(Dialect dialect) {
      this.minDialect = dialect;
      return this;
    }

    /**
     * Sets the highest dialect that is offered and accepted.
     *
     * @param dialect not below the lowest
     * @return this builder
     */
    public Builder maxDialect(Dialect dialect) {
      this.maxDialect = dialect;
      return this;
    }

    /**
     * Sets when messages are signed.
     *
     * @param when {@link Signing#IF_OFFERED} leaves it to the server
     * @return this builder
     */
    public Builder signing(Signing when) {
      this.signing = when;
      return this;
    }

    /**
     * Sets the signing algorithms that are offered on 3.1.1.
     *
     * @param algorithms at least one, none twice, the preferred one first
     * @return this builder
     */
    public Builder signingAlgorithms(List<SigningAlgorithm> algorithms) {
      this.signingAlgorithms = algorithms;
      return this;
    }

    /**
     * Sets when messages are encrypted.
     *
     * @param when {@link Encryption#REQUIRED} takes a highest dialect of 3.0 or later
     * @return this builder
     */
    public Builder encryption(Encryption when) {
      this.encryption = when;
      return this;
    }

    /**
     * Sets the ciphers that are offered.
     *
     * @param algorithms at least one, none twice, the preferred one first
     * @return this builder
     */
    public Builder ciphers(List<CipherAlgorithm> algorithms) {
      this.ciphers = algorithms;
      return this;
    }

    /**
     * Sets whether to accept being made a guest although credentials were given.
     *
     * @param allowed true accepts a session that can be neither signed nor encrypted, so it takes
     *     {@link Signing#IF_OFFERED} and no {@link Encryption#REQUIRED}
     * @return this builder
     */
    public Builder guestAllowed(boolean allowed) {
      this.guestAllowed = allowed;
      return this;
    }

    /**
     * Sets whether NTLMv2 may be used.
     *
     * @param allowed false refuses every login before anything of it is sent, for there is no other
     *     mechanism yet
     * @return this builder
     */
    public Builder ntlmAllowed(boolean allowed) {
      this.ntlmAllowed = allowed;
      return this;
    }

    SecurityPolicy build() {
      if (!maxDialect.isAtLeast(minDialect)) {
        throw new IllegalArgumentException(
            "security.minDialect: " + minDialect + " (expected: <= maxDialect " + maxDialect + ")");
      }
      if (encryption == Encryption.REQUIRED && !maxDialect.isAtLeast(Dialect.SMB_3_0)) {
        throw new IllegalArgumentException("security.maxDialect: " + maxDialect
            + " (expected: >= 3.0, since encryption is required)");
      }
      if (guestAllowed && (signing == Signing.REQUIRED || encryption == Encryption.REQUIRED)) {
        throw new IllegalArgumentException("security.guestAllowed: true (expected: false where "
            + (signing == Signing.REQUIRED ? "signing" : "encryption")
            + " is required, since guests have no key)");
      }
      requireSome("security.signingAlgorithms", signingAlgorithms);
      requireSome("security.ciphers", ciphers);
      return new SecurityPolicy(this);
    }

    private static void requireSome(String name, Collection<?> algorithms) {
      if (algorithms.isEmpty() || algorithms.stream().distinct().count() != algorithms.size()) {
        throw new IllegalArgumentException(
            name + ": " + algorithms + " (expected: one or more, none twice)");
      }
    }
  }
}
