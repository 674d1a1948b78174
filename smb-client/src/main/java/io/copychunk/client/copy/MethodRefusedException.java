package io.copychunk.client.copy;

/** A method cannot be used, as was found out while it was made ready; never reaches a user. */
final class MethodRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient Refusal refusal;

  MethodRefusedException(Refusal refusal) {
    super(refusal.reason());
    this.refusal = refusal;
  }

  Refusal refusal() {
    return refusal;
  }
}
