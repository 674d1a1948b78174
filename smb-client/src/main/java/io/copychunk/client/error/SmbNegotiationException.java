package io.copychunk.client.error;

import org.jspecify.annotations.Nullable;

/** Client and server have no dialect or algorithm in common that both allow. */
public final class SmbNegotiationException extends SmbException {
  private static final long serialVersionUID = 1L;

  private final Lack lack;

  /** What there is none of in common. */
  public enum Lack {
    /** A dialect. */
    DIALECT,
    /** A cipher, which the policy requires. */
    CIPHER,
    /** It is not known what: the server has refused to negotiate. */
    UNKNOWN
  }

  /**
   * Creates the exception.
   *
   * @param message what failed and where
   * @param lack what there is none of in common
   */
  public SmbNegotiationException(String message, Lack lack) {
    this(message, lack, null);
  }

  /**
   * Creates the exception with its cause.
   *
   * @param message what failed and where
   * @param lack what there is none of in common
   * @param cause what made it fail, or null
   */
  public SmbNegotiationException(String message, Lack lack, @Nullable Throwable cause) {
    super(message, cause);
    this.lack = lack;
  }

  /**
   * What there is none of in common.
   *
   * @return dialect, cipher or unknown
   */
  public Lack lack() {
    return lack;
  }

  @Override
  public Scope scope() {
    return Scope.CONNECTION;
  }

  @Override
  public SmbNegotiationException withCallersStack() {
    return new SmbNegotiationException(getMessage(), lack, this);
  }
}
