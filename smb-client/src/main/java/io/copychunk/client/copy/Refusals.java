package io.copychunk.client.copy;

import io.copychunk.client.copy.Mover.Moved;
import io.copychunk.client.error.SmbStatusException;
import io.copychunk.wire.NtStatus;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which statuses mean that a method cannot be used here, so that another one may be tried: the one
 * place that decides. Everything else, a lack of permission, a lock, a full disk, would meet the
 * other methods too, or must not be got round, and fails the copy.
 */
final class Refusals {
  private static final Set<NtStatus> OF_ALL = Set.of(
      NtStatus.NOT_SUPPORTED,
      NtStatus.INVALID_DEVICE_REQUEST,
      NtStatus.NOT_IMPLEMENTED,
      NtStatus.FS_DRIVER_REQUIRED);

  private static final Map<CopyMethod, Set<NtStatus>> BY_METHOD = new EnumMap<>(Map.of(
      CopyMethod.CLONE,
      // another volume, or a range that is not of whole clusters
      and(NtStatus.INVALID_PARAMETER, NtStatus.NOT_SAME_DEVICE),
      CopyMethod.OFFLOAD,
      and(
          NtStatus.INVALID_PARAMETER,
          NtStatus.OFFLOAD_READ_FLT_NOT_SUPPORTED,
          NtStatus.OFFLOAD_WRITE_FLT_NOT_SUPPORTED,
          NtStatus.OFFLOAD_READ_FILE_NOT_SUPPORTED,
          NtStatus.OFFLOAD_WRITE_FILE_NOT_SUPPORTED,
          NtStatus.DEVICE_FEATURE_NOT_SUPPORTED,
          NtStatus.DEVICE_UNREACHABLE,
          NtStatus.INVALID_TOKEN),
      CopyMethod.COPYCHUNK,
      and(),
      CopyMethod.STREAM,
      Set.of()));

  private Refusals() {}

  /** Why a method cannot be used, or null when the failure is one. */
  static @Nullable Refusal of(CopyMethod method, Throwable failure) {
    if (failure instanceof MethodRefusedException known) {
      return known.refusal();
    }
    if (!(failure instanceof SmbStatusException refused)) {
      return null;
    }
    boolean cannot = BY_METHOD.getOrDefault(method, Set.of()).contains(refused.status());
    // To a request that is well-formed, and without counters: it is not even looked at.
    boolean unread = method == CopyMethod.COPYCHUNK
        && refused.status().equals(NtStatus.INVALID_PARAMETER)
        && refused.output().size() == 0;
    if (!cannot && !unread) {
      return null;
    }
    return new Refusal(
        refused.status().meaning() + " [" + refused.status() + "]",
        OF_ALL.contains(refused.status()));
  }

  /** That a method cannot is a result; all else is a failure. */
  static CompletableFuture<Moved> movedOrFailed(CopyMethod method, Throwable failure) {
    Refusal refusal = of(method, failure);
    return refusal == null
        ? CompletableFuture.failedFuture(failure)
        : CompletableFuture.completedFuture(Moved.refused(0, refusal));
  }

  private static Set<NtStatus> and(NtStatus... more) {
    return Stream.concat(OF_ALL.stream(), Stream.of(more)).collect(Collectors.toUnmodifiableSet());
  }
}
