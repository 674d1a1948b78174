package io.copychunk.client.copy;

import io.copychunk.client.AsyncSmbFile;
import io.copychunk.client.OpenOptions;
import io.copychunk.client.copy.internal.Futures;
import io.copychunk.client.error.SmbCopyException;
import io.copychunk.client.error.SmbCopyException.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** The SHA-256 of files, by which a copy is compared with its source in full. */
final class Digest {
  private static final int PIECE = 1 << 18;

  private Digest() {}

  /**
   * Computes that of a file on a share, which is read over the network.
   *
   * @param file open for reading
   * @param size how much of it counts
   * @param maxReadSize the most that one READ may ask for
   * @return in hexadecimal
   */
  static CompletableFuture<String> of(AsyncSmbFile file, long size, int maxReadSize) {
    MessageDigest digest = sha256();
    CompletableFuture<Void> reading = ReadAhead.of(file, size, maxReadSize, digest::update);
    return Futures.then(reading, read -> CompletableFuture.completedFuture(hex(digest)));
  }

  /**
   * Computes that of a file of this machine, by a thread of its own.
   *
   * @param channel open for reading
   * @param size how much of it counts
   * @param cancellation ends it
   * @return in hexadecimal
   */
  static CompletableFuture<String> of(FileChannel channel, long size, Cancellation cancellation) {
    CompletableFuture<String> computed = new CompletableFuture<>();
    computed.completeAsync(() -> {
      MessageDigest digest = sha256();
      ByteBuffer piece = ByteBuffer.allocate(PIECE);
      try {
        long at = 0;
        while (at < size && channel.read(piece.limit((int) Math.min(PIECE, size - at)), at) > 0) {
          if (cancellation.isCancelled()) {
            throw Cancellation.cancelledCopy();
          }
          at += piece.position();
          digest.update(piece.flip());
          piece.clear();
        }
      } catch (IOException e) {
        throw new CompletionException(e);
      }
      return hex(digest);
    });
    return computed;
  }

  /**
   * Compares.
   *
   * @param original the digest of the source
   * @param copy the digest of its copy
   * @param where the copy is, as a user is told
   * @return the digest that both have; fails with an {@code SmbCopyException} when they differ
   */
  static CompletableFuture<String> same(
      CompletableFuture<String> original, CompletableFuture<String> copy, Object where) {
    return Futures.then(
        Futures.all(original, copy),
        both -> original.join().equals(copy.join())
            ? original
            : CompletableFuture.failedFuture(new SmbCopyException(
                Reason.NOT_EQUAL,
                where + ": the content of the copy differs: SHA-256 " + copy.join() + " (expected: "
                    + original.join() + ")")));
  }

  /** Whether two files have the same content; both are opened, and closed again. */
  static CompletableFuture<Boolean> isSame(FileLocation one, FileLocation other) {
    CompletableFuture<AsyncSmbFile> first = one.share().open(one.path(), OpenOptions.read());
    CompletableFuture<AsyncSmbFile> second = other.share().open(other.path(), OpenOptions.read());
    return Futures.compose(
        Futures.all(first, second),
        (opened, notOpened) -> Futures.compose(
            notOpened == null
                ? isSame(first.join(), second.join())
                : CompletableFuture.failedFuture(notOpened),
            (same, notRead) -> Futures.compose(
                Futures.all(closed(first), closed(second)),
                (closed, harmless) -> notRead == null
                    ? CompletableFuture.completedFuture(same)
                    : CompletableFuture.failedFuture(notRead))));
  }

  private static CompletableFuture<Boolean> isSame(AsyncSmbFile first, AsyncSmbFile second) {
    if (first.size() != second.size()) {
      return CompletableFuture.completedFuture(false);
    }
    CompletableFuture<String> one = ofAll(first);
    CompletableFuture<String> other = ofAll(second);
    return Futures.then(
        Futures.all(one, other),
        both -> CompletableFuture.completedFuture(one.join().equals(other.join())));
  }

  private static CompletableFuture<String> ofAll(AsyncSmbFile file) {
    return of(file, file.size(), file.share().session().maxReadSize());
  }

  private static CompletableFuture<Void> closed(CompletableFuture<AsyncSmbFile> opened) {
    return Futures.compose(
        opened, (file, failure) -> failure == null ? file.close() : Futures.done());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static String hex(MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }
}
