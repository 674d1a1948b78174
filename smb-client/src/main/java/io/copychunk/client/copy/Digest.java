package io.copychunk.client.copy;

import io.copychunk.client.AsyncSmbFile;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;

/** The SHA-256 of a file, read over the network. */
final class Digest {
  private Digest() {}

  /**
   * Computes it.
   *
   * @param file open for reading
   * @param size how much of it counts
   * @param maxReadSize the most that one READ may ask for
   * @return in hexadecimal
   */
  static CompletableFuture<String> of(AsyncSmbFile file, long size, int maxReadSize) {
    MessageDigest digest;
    try {
      digest = MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
    CompletableFuture<Void> reading = ReadAhead.of(file, size, maxReadSize, digest::update);
    return Futures.then(
        reading,
        read -> CompletableFuture.completedFuture(HexFormat.of().formatHex(digest.digest())));
  }
}
