package io.copychunk.client.internal.session;

import io.copychunk.client.error.SmbException;
import io.copychunk.client.internal.connection.PendingRequest;
import io.copychunk.client.internal.connection.Reply;
import io.copychunk.message.CloseRequest;
import io.copychunk.message.CloseResponse;
import io.copychunk.message.CreateRequest;
import io.copychunk.message.CreateResponse;
import io.copychunk.message.Smb2Request;
import io.copychunk.message.Smb2Response;
import io.copychunk.wire.FileId;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * A file that is opened by the first request of a related compound (3.2.4.1.4), so that what is asked
 * of it travels along. When it can not be opened, everything fails for that reason.
 *
 * <p>Collects requests in one thread until it is sent; once.
 */
public final class CompoundedOpen extends FileRequests {
  private final TreeConnect tree;
  private final String name;
  private final CompletableFuture<Open> opening;
  private final List<PendingRequest<?>> chain = new ArrayList<>();

  CompoundedOpen(TreeConnect tree, CreateRequest request) {
    this.tree = tree;
    this.name = request.name();
    PendingRequest<CreateResponse> create = tree.create(request);
    this.opening = create.thenApply(reply -> tree.opened(reply, name));
    chain.add(create);
  }

  @Override
  public TreeConnect tree() {
    return tree;
  }

  @Override
  public String path() {
    return tree.pathOf(name);
  }

  @Override
  public FileId fileId() {
    return FileId.PREVIOUS;
  }

  @Override
  public @Nullable Open open() {
    return opening.isCompletedExceptionally() ? null : opening.getNow(null);
  }

  @Override
  <R extends Smb2Response> Call<Reply<R>> send(Smb2Request<R> body) {
    PendingRequest<R> request = new PendingRequest<>(tree.scope(), body).related();
    chain.add(request);
    Call<Reply<R>> call =
        new Call<>(() -> connection().abandon(request, new CancellationException()));
    opening.whenComplete((open, refused) -> request.whenComplete((reply, failure) -> {
      if (refused == null && failure == null) {
        call.complete(reply);
      } else {
        call.completeExceptionally(refused == null ? failure : Failures.of(refused, path()));
      }
    }));
    return call;
  }

  /**
   * Sends the compound.
   *
   * @return the open, as soon as it is one; fails with an {@code SmbException}. Cancelled, it gives up
   *     everything that was sent
   */
  public Call<Open> send() {
    Call<Open> call = new Call<>(this::abandon);
    opening.whenComplete((open, failure) -> {
      if (failure != null) {
        call.completeExceptionally(Failures.of(failure, path()));
      } else if (!call.complete(open)) {
        open.close();
      }
    });
    sendChain();
    return call;
  }

  /**
   * Sends the compound with a CLOSE at its end.
   *
   * @return the open, which is none any more, once it is closed and the rest is answered; fails with an
   *     {@code SmbException} when it could not be opened. Cancelled, it gives up everything that was
   *     sent
   */
  public Call<Open> sendAndClose() {
    PendingRequest<CloseResponse> close =
        new PendingRequest<>(tree.scope(), new CloseRequest(false, FileId.PREVIOUS)).related();
    chain.add(close);
    Call<Open> call = new Call<>(this::abandon);
    CompletableFuture<Void> all = CompletableFuture.allOf(chain.toArray(CompletableFuture[]::new));
    all.whenComplete((answered, any) -> opening.whenComplete((open, failure) -> {
      if (failure != null) {
        call.completeExceptionally(Failures.of(failure, path()));
        return;
      }
      if (close.isCompletedExceptionally()) { // such as given up
        open.close();
      } else {
        open.retire();
      }
      call.complete(open);
    }));
    sendChain();
    return call;
  }

  private void sendChain() {
    SmbException ended = tree.ended();
    if (ended == null) {
      connection().sendCompound(chain);
    } else {
      chain.forEach(request -> request.completeExceptionally(ended));
    }
  }

  private void abandon() {
    chain.forEach(request -> connection().abandon(request, new CancellationException()));
  }
}
