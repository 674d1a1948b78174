package io.copychunk.client.copy;

import io.copychunk.client.ResumeKey;
import io.copychunk.client.copy.internal.Futures;
import io.copychunk.client.error.SmbStatusException;
import io.copychunk.wire.NtStatus;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** A whole file with its streams by one request: Apple's copyfile, a COPYCHUNK of no chunks. */
final class AppleCopy {
  /** Nobody wants it. */
  static final Outcome NOT_ASKED_FOR = new Outcome(false, null);

  /** A stream is no whole file. */
  static final Outcome OF_STREAM = refused("AAPL copyfile copies whole files, not single streams");

  private final SourceFile source;
  private final Target target;
  private final Content.Ends ends;
  private final Tally tally;

  /**
   * What became of it.
   *
   * @param isCopied whether nothing is left to be moved
   * @param refusal why the usual way is to be taken, or null when it was copied or not asked for
   */
  record Outcome(boolean isCopied, @Nullable Refusal refusal) {}

  AppleCopy(SourceFile source, Target target, Content.Ends ends, Tally tally) {
    this.source = source;
    this.target = target;
    this.ends = ends;
    this.tally = tally;
  }

  /** Copies, if that is possible; fails where the usual way would have to fail too. */
  CompletableFuture<Outcome> run() {
    SourceKey key = source.key();
    if (!ends.areOfOneSession()) {
      return CompletableFuture.completedFuture(
          refused("AAPL copyfile: source and target are not of the same session"));
    }
    if (!source.file().supportsAaplCopyFile() || !target.file().supportsAaplCopyFile()) {
      return CompletableFuture.completedFuture(refused("the server does not offer AAPL copyfile"));
    }
    if (key == null) {
      return CompletableFuture.completedFuture(
          refused("AAPL copyfile: there is no resume key of the source"));
    }
    if (!target.startsEmpty()) { // a success has no count, and only the size of the target tells it
      return CompletableFuture.completedFuture(
          refused("AAPL copyfile: the target has content already"));
    }
    // The server opens the streams by name, which a file that is to be deleted does not allow.
    return target.keep().thenCompose(kept -> copy(key));
  }

  private CompletableFuture<Outcome> copy(SourceKey key) {
    ResumeKey used = key.current();
    return Futures.compose(target.file().copyFile(used), (done, failure) -> {
      if (failure == null) {
        if (source.size() > 0) {
          tally.moved(CopyMethod.COPYCHUNK, source.size());
        }
        return CompletableFuture.completedFuture(new Outcome(true, null));
      }
      if (is(failure, NtStatus.OBJECT_NAME_NOT_FOUND)) {
        return key.renew(used).thenCompose(fresh -> copy(key));
      }
      Refusal refusal = Refusals.of(CopyMethod.COPYCHUNK, failure);
      if (refusal != null) {
        return CompletableFuture.completedFuture(refused("AAPL copyfile: " + refusal.reason()));
      }
      // With limits in it too: what has no chunks can not have too many.
      return is(failure, NtStatus.INVALID_PARAMETER)
          ? CompletableFuture.completedFuture(refused("AAPL copyfile: " + failure.getMessage()))
          : CompletableFuture.failedFuture(failure);
    });
  }

  private static boolean is(Throwable failure, NtStatus status) {
    return failure instanceof SmbStatusException refused && refused.status().equals(status);
  }

  private static Outcome refused(String reason) {
    return new Outcome(false, Refusal.here(reason));
  }
}
