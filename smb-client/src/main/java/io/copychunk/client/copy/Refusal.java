package io.copychunk.client.copy;

/**
 * Why a method cannot be used.
 *
 * @param reason what the server said, or what is known of the shares
 * @param lasting whether it is about the shares, and not about the file
 */
record Refusal(String reason, boolean lasting) {
  /** A refusal that is about the file. */
  static Refusal here(String reason) {
    return new Refusal(reason, false);
  }
}
