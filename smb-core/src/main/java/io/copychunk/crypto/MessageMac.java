package io.copychunk.crypto;

/**
 * A message authentication code of 16 bytes over one message after the other: {@link #begin}, any
 * number of {@link #update}, {@link #finish}. A {@link #begin} drops whatever was not finished.
 */
sealed interface MessageMac permits HmacSha256, AesCmac, AesGmac {
  /** The size of a key and of a code in bytes. */
  int SIZE = 16;

  /** Starts a message; {@code header} is its SMB2 header, which is not yet part of the input. */
  void begin(byte[] header);

  /** Adds bytes of the message; they may be changed afterwards. */
  void update(byte[] bytes, int offset, int length);

  /** Ends the message and puts its code into the first 16 bytes of {@code code}. */
  void finish(byte[] code);
}
