package io.copychunk.client.internal.session;

import io.copychunk.client.error.SmbException;
import io.copychunk.client.internal.connection.PendingRequest;
import io.copychunk.client.internal.connection.Reply;
import io.copychunk.message.CloseRequest;
import io.copychunk.message.CloseResponse;
import io.copychunk.message.Smb2Request;
import io.copychunk.message.Smb2Response;
import io.copychunk.wire.FileId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * Requests about an open file that travel in one frame, the last of which may close it. None of them
 * depends on the one before it, and all are served, whatever they come to.
 *
 * <p>Collects requests in one thread until it is sent; once.
 */
public final class Compound extends FileRequests {
  private final Open open;
  private final List<PendingRequest<?>> chain = new ArrayList<>();

  /**
   * Begins a compound.
   *
   * @param open what its requests are about
   */
  public Compound(Open open) {
    this.open = open;
  }

  @Override
  public TreeConnect tree() {
    return open.tree();
  }

  @Override
  public String path() {
    return open.path();
  }

  @Override
  public FileId fileId() {
    return open.fileId();
  }

  @Override
  public Open open() {
    return open;
  }

  /** Can not be taken back: with a CLOSE behind it, it would be in doubt what is closed. */
  @Override
  <R extends Smb2Response> Call<Reply<R>> send(Smb2Request<R> body) {
    PendingRequest<R> request = new PendingRequest<>(tree().scope(), body).dueAnyway();
    chain.add(request);
    Call<Reply<R>> call = new Call<>(() -> {});
    request.whenComplete((reply, failure) -> {
      if (failure == null) {
        call.complete(reply);
      } else {
        call.completeExceptionally(failure);
      }
    });
    return call;
  }

  /** Sends the compound, if there is anything in it; each of its calls tells what has come of it. */
  public void send() {
    SmbException ended = open.ended();
    if (chain.isEmpty()) {
      return;
    }
    if (ended == null) {
      connection().sendCompound(chain);
    } else {
      fail(ended);
    }
  }

  /**
   * Sends the compound with a CLOSE at its end.
   *
   * @param postQueryAttributes whether the server is to tell what the file is when it is closed
   * @return completes when the file is closed, and all before it is answered
   */
  public Call<CloseResponse> sendAndClose(boolean postQueryAttributes) {
    PendingRequest<CloseResponse> close = new PendingRequest<>(
            tree().scope(), new CloseRequest(postQueryAttributes, fileId()))
        .dueAnyway();
    chain.add(close);
    Call<CloseResponse> call = new Call<>(() -> {});
    CompletableFuture<Void> all = CompletableFuture.allOf(chain.toArray(CompletableFuture[]::new));
    all.whenComplete((answered, any) -> close.whenComplete((reply, failure) -> {
      if (failure == null) {
        call.complete(reply.body());
      } else {
        call.completeExceptionally(Failures.of(failure, path()));
      }
    }));
    SmbException ended = open.retire();
    if (ended == null) {
      connection().sendCompound(chain);
    } else {
      fail(ended);
    }
    return call;
  }

  private void fail(SmbException cause) {
    chain.forEach(request -> request.completeExceptionally(cause));
  }
}
