package io.copychunk.client.internal.session;

import io.copychunk.client.error.SmbStatusException;
import io.copychunk.client.internal.session.TreeConnect.KeyedOpen;
import io.copychunk.message.CreateRequest;
import io.copychunk.message.fsctl.SrvRequestResumeKey;
import io.copychunk.message.fsctl.SrvRequestResumeKeyResponse;
import io.copychunk.wire.NtStatus;
import org.jspecify.annotations.Nullable;

/**
 * CREATE and FSCTL_SRV_REQUEST_RESUME_KEY in one related compound, the IOCTL last (3.2.4.1.4). A
 * server that fails the IOCTL with INTERNAL_ERROR because it came compounded is asked again on its
 * own. Whatever fails, the file is closed again.
 *
 * <p>Confined to the connection's event loop, but for {@link #start} and the cancelling of its call.
 */
final class OpenWithResumeKey {
  private final SrvRequestResumeKey fsctl = new SrvRequestResumeKey();
  private final CompoundedOpen compound;
  private final Call<SrvRequestResumeKeyResponse> asking;
  private final Call<KeyedOpen> call = new Call<>(this::cancel);
  private @Nullable Call<Open> opening;
  private volatile @Nullable Call<SrvRequestResumeKeyResponse> retry;

  private OpenWithResumeKey(TreeConnect tree, CreateRequest request) {
    this.compound = tree.compound(request);
    this.asking = compound.ioctl(fsctl);
  }

  /**
   * Opens a file and asks for its key.
   *
   * @param tree the share
   * @param request how the file is opened
   * @return both, or an {@code SmbException}
   */
  static Call<KeyedOpen> start(TreeConnect tree, CreateRequest request) {
    return new OpenWithResumeKey(tree, request).send();
  }

  private Call<KeyedOpen> send() {
    Call<Open> sent = compound.send();
    opening = sent;
    sent.whenComplete((open, failure) -> {
      if (failure == null) {
        asking.whenComplete((key, refused) -> answered(open, key, refused));
      } else {
        call.completeExceptionally(failure);
      }
    });
    return call;
  }

  private void answered(
      Open open, @Nullable SrvRequestResumeKeyResponse key, @Nullable Throwable failure) {
    if (isInternalError(failure) && !call.isDone()) {
      Call<SrvRequestResumeKeyResponse> again = open.ioctl(fsctl);
      retry = again;
      again.whenComplete((second, error) -> deliver(open, second, error, 2));
    } else {
      deliver(open, key, failure, 1);
    }
  }

  private void deliver(
      Open open,
      @Nullable SrvRequestResumeKeyResponse key,
      @Nullable Throwable failure,
      int roundTrips) {
    if (key != null && call.complete(new KeyedOpen(open, key, roundTrips))) {
      return;
    }
    open.close();
    if (failure != null) {
      call.completeExceptionally(failure);
    }
  }

  private void cancel() {
    Call<Open> sent = opening;
    if (sent != null) {
      sent.cancel(false);
    }
    asking.cancel(false);
    Call<SrvRequestResumeKeyResponse> again = retry;
    if (again != null) {
      again.cancel(false);
    }
  }

  private static boolean isInternalError(@Nullable Throwable failure) {
    return failure instanceof SmbStatusException refused
        && refused.status().equals(NtStatus.INTERNAL_ERROR);
  }
}
