package io.copychunk.client.copy;

import io.copychunk.client.AsyncSmbFile;
import io.copychunk.client.ResumeKey;
import io.copychunk.client.error.SmbCopyException;
import io.copychunk.client.error.SmbCopyException.Reason;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The resume key of a source that is being copied. A server that does not know it any more is asked
 * for another one, once. Thread-safe.
 */
final class SourceKey {
  private final AsyncSmbFile source;
  private ResumeKey key;
  private @Nullable CompletableFuture<ResumeKey> renewal;

  SourceKey(AsyncSmbFile source, ResumeKey key) {
    this.source = source;
    this.key = key;
  }

  synchronized ResumeKey current() {
    return key;
  }

  /**
   * Replaces a key that the server does not know.
   *
   * @param stale the key that was used
   * @return another one; fails with an {@code SmbCopyException} when the server does not know the
   *     second one either
   */
  synchronized CompletableFuture<ResumeKey> renew(ResumeKey stale) {
    if (stale != key) {
      return CompletableFuture.completedFuture(key);
    }
    if (renewal == null) {
      renewal = source.requestResumeKey().thenApply(this::renewed);
      return renewal;
    }
    if (!renewal.isDone()) {
      return renewal;
    }
    return CompletableFuture.failedFuture(new SmbCopyException(
        Reason.STALE_KEY,
        source.path() + ": the server does not know the resume key that it has just given"));
  }

  private synchronized ResumeKey renewed(ResumeKey fresh) {
    key = fresh;
    return fresh;
  }
}
