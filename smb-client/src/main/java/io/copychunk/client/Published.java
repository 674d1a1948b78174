package io.copychunk.client;

import io.copychunk.client.internal.session.Call;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Hands the futures of the event loop out to users: completed on another thread, so that no callback
 * of theirs holds up a connection, and passing a cancel on.
 */
final class Published {
  private Published() {}

  /**
   * The user's future for an internal one.
   *
   * @param internal completes on an event loop
   * @param map makes the user's result
   * @param discard undoes a result that came when the user had cancelled already
   * @param executor completes the user's future
   * @return the user's future
   */
  static <T, U> CompletableFuture<U> of(
      CompletableFuture<T> internal,
      Function<? super T, ? extends U> map,
      Consumer<? super T> discard,
      Executor executor) {
    Call<U> published = new Call<>(() -> internal.cancel(false));
    internal.whenComplete((value, failure) ->
        executor.execute(() -> complete(published, value, failure, map, discard)));
    return published;
  }

  private static <T, U> void complete(
      Call<U> published,
      T value,
      @Nullable Throwable failure,
      Function<? super T, ? extends U> map,
      Consumer<? super T> discard) {
    if (failure instanceof CompletionException && failure.getCause() != null) {
      published.completeExceptionally(failure.getCause());
    } else if (failure != null) {
      published.completeExceptionally(failure);
    } else if (!published.complete(map.apply(value))) {
      discard.accept(value);
    }
  }
}
