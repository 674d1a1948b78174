package io.copychunk.client.copy;

import io.copychunk.client.AsyncSmbFile;
import io.copychunk.client.OnDiskId;
import io.copychunk.client.OpenOptions;
import io.copychunk.client.copy.internal.Futures;
import io.copychunk.client.error.SmbCopyException;
import io.copychunk.client.error.SmbCopyException.Reason;
import io.copychunk.client.error.SmbStatusException;
import io.copychunk.wire.NtStatus;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * What is under the name of a target before a copy.
 *
 * @param exists whether there is anything
 * @param directory whether it is a directory
 * @param id what tells it from all others, or null when that is not known
 */
record Existing(boolean exists, boolean directory, @Nullable OnDiskId id) {
  static final Existing NOTHING = new Existing(false, false, null);
  private static final Existing UNKNOWN = new Existing(true, false, null);

  /** Looks, without changing anything. */
  static CompletableFuture<Existing> at(FileLocation location) {
    OpenOptions options = OpenOptions.attributes().withOnDiskId();
    CompletableFuture<AsyncSmbFile> looking =
        location.share().opening(location.path(), options).openAndClose();
    return Futures.compose(looking, (file, failure) -> {
      if (failure == null) {
        return CompletableFuture.completedFuture(
            new Existing(true, file.openedAs().fileAttributes().isDirectory(), file.onDiskId()));
      }
      if (is(failure, NtStatus.OBJECT_NAME_NOT_FOUND)) {
        return CompletableFuture.completedFuture(NOTHING);
      }
      return is(failure, NtStatus.ACCESS_DENIED) // what is to be written decides
          ? CompletableFuture.completedFuture(UNKNOWN)
          : CompletableFuture.failedFuture(failure);
    });
  }

  /** Refuses what can not be replaced, or is not to be. */
  void requireReplaceable(FileLocation location, CopyOptions options) throws SmbCopyException {
    if (directory) {
      throw new SmbCopyException(
          Reason.TARGET_IS_DIRECTORY, location + ": is a directory (expected: the name of a file)");
    }
    if (exists && !options.replace()) {
      throw new SmbCopyException(Reason.TARGET_EXISTS, location + ": exists already");
    }
    if (location.isStream() && !options.inPlace()) {
      throw new SmbCopyException(
          Reason.NO_METHOD,
          location + ": a stream can not be renamed into place (expected: in place)");
    }
  }

  private static boolean is(Throwable failure, NtStatus status) {
    return failure instanceof SmbStatusException refused && refused.status().equals(status);
  }
}
