package io.copychunk.client.copy.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.testing.Awaited;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FuturesTest {
  private static final int MANY = 50_000;

  private final AtomicInteger steps = new AtomicInteger();

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void repeatsAsOftenAsItTakesWithoutGrowingTheStack(boolean later) {
    ExecutorService thread = Executors.newSingleThreadExecutor(); // the common pool may be none
    CompletableFuture<Void> loop = Futures.repeat(() -> {
      boolean another = steps.incrementAndGet() < MANY;
      return later
          ? CompletableFuture.supplyAsync(() -> another, thread)
          : CompletableFuture.completedFuture(another);
    });

    Awaited.result(loop);
    thread.shutdown();
    assertThat(steps).hasValue(MANY);
  }

  @Test
  void aStepThatFailsIsTheLast() {
    IllegalStateException failure = new IllegalStateException("a step");
    CompletableFuture<Void> failing = Futures.repeat(() -> steps.incrementAndGet() < 3
        ? CompletableFuture.completedFuture(true)
        : CompletableFuture.failedFuture(failure));
    CompletableFuture<Void> throwing = Futures.repeat(() -> {
      throw failure;
    });

    assertThat(Awaited.failure(failing)).isSameAs(failure);
    assertThat(Awaited.failure(throwing)).isSameAs(failure);
    assertThat(steps).hasValue(3);
  }

  @Test
  void toCancelALoopIsToCancelTheStepThatIsUnderWay() {
    CompletableFuture<Boolean> step = new CompletableFuture<>();
    CompletableFuture<Void> loop = Futures.repeat(() -> step);

    loop.cancel(false);

    assertThat(step).isCancelled();
    assertThat(Awaited.failure(loop)).isInstanceOf(CancellationException.class);
  }

  @Test
  void toCancelAllIsToCancelEach() {
    CompletableFuture<String> one = new CompletableFuture<>();
    CompletableFuture<String> other = new CompletableFuture<>();

    Futures.all(one, other).cancel(false);

    assertThat(one).isCancelled();
    assertThat(other).isCancelled();
  }
}
