package io.copychunk.client.config;

import io.copychunk.crypto.SigningAlgorithm;
import io.copychunk.wire.Dialect;
import java.util.Arrays;
import java.util.List;

/** Which dialects and signatures are acceptable. SMB1 never is. */
public final class SecurityConfig {
  private final Dialect minDialect;
  private final Dialect maxDialect;
  private final List<SigningAlgorithm> signingAlgorithms;
  private final boolean signingRequired;
  private final boolean guestAllowed;

  private SecurityConfig(Builder builder) {
    this.minDialect = builder.minDialect;
    this.maxDialect = builder.maxDialect;
    this.signingAlgorithms = List.copyOf(builder.signingAlgorithms);
    this.signingRequired = builder.signingRequired;
    this.guestAllowed = builder.guestAllowed;
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
   * The dialects from the lowest to the highest.
   *
   * @return at least one, in ascending order
   */
  public List<Dialect> dialects() {
    return Arrays.stream(Dialect.values())
        .filter(dialect -> dialect.isAtLeast(minDialect) && maxDialect.isAtLeast(dialect))
        .toList();
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
   * Whether every request is signed and every response must be, whatever the server asks for. An
   * anonymous session, which has to be asked for, has no key to sign with.
   *
   * @return by default true
   */
  public boolean signingRequired() {
    return signingRequired;
  }

  /**
   * Whether a session is acceptable that the server opened as a guest although credentials were
   * given. A guest's session can not be signed: without {@code signingRequired(false)} it is refused
   * all the same.
   *
   * @return by default false
   */
  public boolean guestAllowed() {
    return guestAllowed;
  }

  Builder toBuilder() {
    Builder builder = new Builder();
    builder.minDialect = minDialect;
    builder.maxDialect = maxDialect;
    builder.signingAlgorithms = signingAlgorithms;
    builder.signingRequired = signingRequired;
    builder.guestAllowed = guestAllowed;
    return builder;
  }

  /** Builds a {@link SecurityConfig}. */
  public static final class Builder {
    private Dialect minDialect = Dialect.SMB_2_1;
    private Dialect maxDialect = Dialect.SMB_3_1_1;
    private List<SigningAlgorithm> signingAlgorithms =
        List.of(SigningAlgorithm.AES_GMAC, SigningAlgorithm.AES_CMAC, SigningAlgorithm.HMAC_SHA256);
    private boolean signingRequired = true;
    private boolean guestAllowed;

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
     * Sets whether every message must be signed whatever the server asks for.
     *
     * @param required false signs only when the server requires it
     * @return this builder
     */
    public Builder signingRequired(boolean required) {
      this.signingRequired = required;
      return this;
    }

    /**
     * Sets whether to accept being made a guest although credentials were given.
     *
     * @param allowed true accepts a session that can not be signed
     * @return this builder
     */
    public Builder guestAllowed(boolean allowed) {
      this.guestAllowed = allowed;
      return this;
    }

    SecurityConfig build() {
      if (!maxDialect.isAtLeast(minDialect)) {
        throw new IllegalArgumentException(
            "security.minDialect: " + minDialect + " (expected: <= maxDialect " + maxDialect + ")");
      }
      if (signingAlgorithms.isEmpty()
          || signingAlgorithms.stream().distinct().count() != signingAlgorithms.size()) {
        throw new IllegalArgumentException("security.signingAlgorithms: " + signingAlgorithms
            + " (expected: one or more, none twice)");
      }
      return new SecurityConfig(this);
    }
  }
}
