package io.copychunk.client.internal.session;

import io.copychunk.client.error.SmbException;
import io.copychunk.client.internal.connection.Connection;
import io.copychunk.client.internal.connection.FailedRequestException;
import io.copychunk.client.internal.connection.PendingRequest;
import io.copychunk.client.internal.connection.Reply;
import io.copychunk.client.internal.session.TreeConnect.KeyedOpen;
import io.copychunk.message.CreateRequest;
import io.copychunk.message.CreateResponse;
import io.copychunk.message.IoctlRequest;
import io.copychunk.message.IoctlResponse;
import io.copychunk.message.fsctl.SrvRequestResumeKey;
import io.copychunk.message.fsctl.SrvRequestResumeKeyResponse;
import io.copychunk.wire.FileId;
import io.copychunk.wire.NtStatus;
import java.util.List;
import java.util.concurrent.CancellationException;
import org.jspecify.annotations.Nullable;

/**
 * CREATE and FSCTL_SRV_REQUEST_RESUME_KEY in one related compound, the IOCTL last (3.2.4.1.4). A
 * server that fails the IOCTL with INTERNAL_ERROR because it came compounded is asked again on its
 * own. Whatever fails, the file is closed again.
 *
 * <p>Confined to the connection's event loop, but for {@link #start} and the cancelling of its call.
 */
final class OpenWithResumeKey {
  private final TreeConnect tree;
  private final Connection connection;
  private final String name;
  private final SrvRequestResumeKey fsctl = new SrvRequestResumeKey();
  private final PendingRequest<CreateResponse> create;
  private final PendingRequest<IoctlResponse> ioctl;
  private final Call<KeyedOpen> call = new Call<>(this::cancel);
  private @Nullable Call<SrvRequestResumeKeyResponse> retry;

  private OpenWithResumeKey(TreeConnect tree, CreateRequest request) {
    this.tree = tree;
    this.connection = tree.connection();
    this.name = request.name();
    this.create = tree.create(request);
    this.ioctl =
        new PendingRequest<>(tree.scope(), IoctlRequest.of(FileId.PREVIOUS, fsctl)).related();
  }

  /**
   * Opens a file and asks for its key.
   *
   * @param tree the share
   * @param request how the file is opened
   * @return both, or an {@code SmbException}
   */
  static Call<KeyedOpen> start(TreeConnect tree, CreateRequest request) {
    OpenWithResumeKey opening = new OpenWithResumeKey(tree, request);
    SmbException ended = tree.ended();
    if (ended != null) {
      opening.call.completeExceptionally(ended);
    } else {
      opening.create.whenComplete((reply, failure) -> {
        if (failure == null) {
          opening.created(reply);
        } else {
          opening.call.completeExceptionally(Failures.of(failure, tree.pathOf(request.name())));
        }
      });
      opening.connection.sendCompound(List.of(opening.create, opening.ioctl));
    }
    return opening.call;
  }

  private void created(Reply<CreateResponse> reply) {
    Open open = tree.opened(reply, name);
    ioctl.whenComplete((answer, failure) -> answered(open, answer, failure));
  }

  private void answered(
      Open open, @Nullable Reply<IoctlResponse> reply, @Nullable Throwable failure) {
    if (isInternalError(failure) && !call.isDone()) {
      retry = open.ioctl(fsctl);
      retry.whenComplete((key, error) -> deliver(open, key, error, 2));
    } else {
      try {
        deliver(open, open.settle(fsctl, reply, failure).value(), null, 1);
      } catch (SmbException | RuntimeException e) { // a cancel, too: whatever it is, somebody waits
        deliver(open, null, e, 1);
      }
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
    connection.execute(() -> {
      connection.abandon(create, new CancellationException());
      connection.abandon(ioctl, new CancellationException());
      if (retry != null) {
        retry.cancel(false);
      }
    });
  }

  private static boolean isInternalError(@Nullable Throwable failure) {
    return failure instanceof FailedRequestException failed
        && failed.status().equals(NtStatus.INTERNAL_ERROR);
  }
}
