package io.copychunk.client.config;

import java.util.function.UnaryOperator;

/**
 * How a client behaves: immutable, in groups, with defaults that suit most.
 *
 * <pre>{@code
 * SmbConfig config = SmbConfig.builder()
 *     .security(security -> security.minDialect(Dialect.SMB_3_1_1))
 *     .transport(transport -> transport.requestTimeout(Duration.ofSeconds(60)))
 *     .build();
 * }</pre>
 */
public final class SmbConfig {
  private static final SmbConfig DEFAULTS = builder().build();

  private final TransportConfig transport;
  private final SecurityPolicy security;
  private final CreditConfig credits;
  private final DiagnosticsConfig diagnostics;

  private SmbConfig(Builder builder) {
    this.transport = builder.transport.build();
    this.security = builder.security.build();
    this.credits = builder.credits.build();
    this.diagnostics = builder.diagnostics.build();
  }

  /**
   * The defaults.
   *
   * @return a shared instance
   */
  public static SmbConfig defaults() {
    return DEFAULTS;
  }

  /**
   * Starts from the defaults.
   *
   * @return a new builder
   */
  public static Builder builder() {
    return new Builder(
        new TransportConfig.Builder(),
        SecurityPolicy.defaults().toBuilder(),
        new CreditConfig.Builder(),
        new DiagnosticsConfig.Builder());
  }

  /**
   * Starts from this configuration.
   *
   * @return a new builder
   */
  public Builder toBuilder() {
    return new Builder(
        transport.toBuilder(), security.toBuilder(), credits.toBuilder(), diagnostics.toBuilder());
  }

  /**
   * Connecting, deadlines, threads.
   *
   * @return the group
   */
  public TransportConfig transport() {
    return transport;
  }

  /**
   * What is insisted on: dialects, signing, encryption.
   *
   * @return the policy
   */
  public SecurityPolicy security() {
    return security;
  }

  /**
   * How much may be under way at once.
   *
   * @return the group
   */
  public CreditConfig credits() {
    return credits;
  }

  /**
   * What is written down for diagnosis, by default nothing.
   *
   * @return the group
   */
  public DiagnosticsConfig diagnostics() {
    return diagnostics;
  }

  /** All groups, in a line. */
  @Override
  public String toString() {
    return "SmbConfig[" + transport + ", " + security + ", " + credits + ", " + diagnostics + "]";
  }

  /** Builds a {@link SmbConfig}; confined to one thread. */
  public static final class Builder {
    private TransportConfig.Builder transport;
    private SecurityPolicy.Builder security;
    private CreditConfig.Builder credits;
    private DiagnosticsConfig.Builder diagnostics;

    private Builder(
        TransportConfig.Builder transport,
        SecurityPolicy.Builder security,
        CreditConfig.Builder credits,
        DiagnosticsConfig.Builder diagnostics) {
      this.transport = transport;
      this.security = security;
      this.credits = credits;
      this.diagnostics = diagnostics;
    }

    /**
     * Changes the transport group.
     *
     * @param change is given the group's builder and returns it
     * @return this builder
     */
    public Builder transport(UnaryOperator<TransportConfig.Builder> change) {
      transport = change.apply(transport);
      return this;
    }

    /**
     * Sets the security policy.
     *
     * @param policy such as {@link SecurityPolicy#strict}
     * @return this builder
     */
    public Builder security(SecurityPolicy policy) {
      security = policy.toBuilder();
      return this;
    }

    /**
     * Changes the security policy.
     *
     * @param change is given the policy's builder and returns it
     * @return this builder
     */
    public Builder security(UnaryOperator<SecurityPolicy.Builder> change) {
      security = change.apply(security);
      return this;
    }

    /**
     * Changes the credits group.
     *
     * @param change is given the group's builder and returns it
     * @return this builder
     */
    public Builder credits(UnaryOperator<CreditConfig.Builder> change) {
      credits = change.apply(credits);
      return this;
    }

    /**
     * Changes the diagnostics group.
     *
     * @param change is given the group's builder and returns it
     * @return this builder
     */
    public Builder diagnostics(UnaryOperator<DiagnosticsConfig.Builder> change) {
      diagnostics = change.apply(diagnostics);
      return this;
    }

    /**
     * Builds the configuration.
     *
     * @return an immutable configuration
     * @throws IllegalArgumentException when a value is out of its range, or values contradict each
     *     other; the setters themselves check nothing
     */
    public SmbConfig build() {
      return new SmbConfig(this);
    }
  }
}
