package io.copychunk.client.copy;

import io.copychunk.client.AsyncSmbFile;
import io.copychunk.client.OnDiskId;
import io.copychunk.client.OpenOptions;
import io.copychunk.client.copy.internal.Futures;
import io.copychunk.client.error.SmbStatusException;
import io.copychunk.fscc.FileAttributes;
import io.copychunk.fscc.FileBasicInformation;
import io.copychunk.wire.AccessMask;
import io.copychunk.wire.NtStatus;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** Removes a file of this copy that is not open any more. */
final class Deletion {
  private Deletion() {}

  /**
   * Removes a file by its name, even if it is read-only; never what a link leads to.
   *
   * @param location its name
   * @param id what it is known by, so that no other one is removed that has the name by now; null when
   *     nobody else has such names
   * @return completes when it is not there; fails when it is left
   */
  static CompletableFuture<Void> of(FileLocation location, @Nullable OnDiskId id) {
    OpenOptions options = OpenOptions.attributes()
        .withFurtherAccess(AccessMask.DELETE.with(AccessMask.WRITE_ATTRIBUTES))
        .withOpenReparsePoint();
    CompletableFuture<AsyncSmbFile> opening =
        location.share().open(location.path(), id == null ? options : options.withOnDiskId());
    return Futures.compose(opening, (open, failure) -> {
      if (failure != null) {
        return isGone(failure) ? Futures.done() : CompletableFuture.failedFuture(failure);
      }
      return id == null || id.equals(open.onDiskId()) ? delete(open) : open.close();
    });
  }

  private static CompletableFuture<Void> delete(AsyncSmbFile open) {
    return open.set(FileBasicInformation.ofAttributes(FileAttributes.NORMAL))
        .handle((done, refused) -> open.deleteAndClose())
        .thenCompose(closing -> closing);
  }

  private static boolean isGone(Throwable failure) {
    return failure instanceof SmbStatusException refused
        && (refused.status().equals(NtStatus.OBJECT_NAME_NOT_FOUND)
            || refused.status().equals(NtStatus.DELETE_PENDING));
  }
}
