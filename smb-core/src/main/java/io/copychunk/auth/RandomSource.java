package io.copychunk.auth;

/** Where unpredictable bytes come from: {@code new SecureRandom()::nextBytes}, but in tests. */
@FunctionalInterface
public interface RandomSource {
  /**
   * Fills an array.
   *
   * @param bytes every element is overwritten
   */
  void nextBytes(byte[] bytes);
}
