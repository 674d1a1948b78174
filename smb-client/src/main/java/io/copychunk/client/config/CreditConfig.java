package io.copychunk.client.config;

/** How much a connection may have under way at once (3.2.4.1.2, 3.3.1.2). */
public final class CreditConfig {
  /** The largest target: what the 16 bits of CreditRequest can ask for. */
  public static final int MAX_TARGET = 65_535;

  private final int target;
  private final int maxQueued;

  private CreditConfig(Builder builder) {
    this.target = builder.target;
    this.maxQueued = builder.maxQueued;
  }

  /**
   * The credits that a connection asks its server for. Each lets one request of up to 64 KiB be
   * under way; the server may grant fewer.
   *
   * @return 1 to {@value #MAX_TARGET}; by default 8192, which is all that most servers grant
   */
  public int target() {
    return target;
  }

  /**
   * How much of a connection may wait for credits, or for a server to read: in credits, which is what
   * the waiting requests cost, one for each 64 KiB that they carry or ask for. Further requests
   * fail with {@link io.copychunk.client.error.SmbBusyException}.
   *
   * @return at least 1; by default 65536
   */
  public int maxQueued() {
    return maxQueued;
  }

  /** The group in a line. */
  @Override
  public String toString() {
    return "credits[target " + target + ", queued <= " + maxQueued + "]";
  }

  Builder toBuilder() {
    return new Builder().target(target).maxQueued(maxQueued);
  }

  /** Builds a {@link CreditConfig}. */
  public static final class Builder {
    private int target = 8192;
    private int maxQueued = 65_536;

    Builder() {}

    /**
     * Sets the credits that a connection asks its server for.
     *
     * @param credits 1 to {@value CreditConfig#MAX_TARGET}
     * @return this builder
     */
    public Builder target(int credits) {
      this.target = credits;
      return this;
    }

    /**
     * Sets how much of a connection may wait.
     *
     * @param credits at least 1
     * @return this builder
     */
    public Builder maxQueued(int credits) {
      this.maxQueued = credits;
      return this;
    }

    CreditConfig build() {
      if (maxQueued < 1) {
        throw new IllegalArgumentException("credits.maxQueued: " + maxQueued + " (expected: >= 1)");
      }
      if (target < 1 || target > MAX_TARGET) {
        throw new IllegalArgumentException(
            "credits.target: " + target + " (expected: 1.." + MAX_TARGET + ")");
      }
      return new CreditConfig(this);
    }
  }
}
