package io.copychunk.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** What a future comes to, which a test waits for, but not for ever. */
public final class Awaited {
  private static final int PATIENCE_SECONDS = 20;

  private Awaited() {}

  /** What a future completes with. */
  public static <T> T result(CompletableFuture<T> future) {
    try {
      return future.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException | ExecutionException | TimeoutException e) {
      throw new AssertionError("expected a result", e);
    }
  }

  /** What a future fails with. */
  public static Throwable failure(CompletableFuture<?> future) {
    Throwable thrown = catchThrowable(() -> future.get(PATIENCE_SECONDS, TimeUnit.SECONDS));
    assertThat(thrown)
        .as("failure of the future")
        .isNotNull()
        .isNotInstanceOf(TimeoutException.class);
    return thrown instanceof ExecutionException ? thrown.getCause() : thrown;
  }
}
