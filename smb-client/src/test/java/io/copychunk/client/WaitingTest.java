package io.copychunk.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.InterruptedIOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(10)
class WaitingTest {
  @AfterEach
  void clearTheFlag() {
    Thread.interrupted();
  }

  @Test
  void anInterruptCancelsAndTheFlagStays() {
    CompletableFuture<String> future = new CompletableFuture<>();
    Thread.currentThread().interrupt();

    assertThatThrownBy(() -> Waiting.forResult(future)).isInstanceOf(InterruptedIOException.class);
    assertThat(future).isCancelled();
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
  }

  @Test
  void aResultThatIsFasterThanTheCancelIsNotLost() throws Exception {
    CompletableFuture<String> future = new CompletableFuture<>() {
      @Override
      public boolean cancel(boolean mayInterruptIfRunning) {
        complete("file");
        return super.cancel(mayInterruptIfRunning);
      }
    };
    Thread.currentThread().interrupt();

    assertThat(Waiting.forResult(future)).isEqualTo("file");
    assertThat(Thread.currentThread().isInterrupted()).isTrue();
  }
}
