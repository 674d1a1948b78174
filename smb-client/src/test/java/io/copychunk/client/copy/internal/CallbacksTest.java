package io.copychunk.client.copy.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class CallbacksTest {
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final Callbacks callbacks = new Callbacks(tasks::add);
  private final List<String> called = new ArrayList<>();

  @Test
  void callsOneAfterTheOtherAndNoneByTheCaller() {
    callbacks.call(() -> called.add("first"));
    callbacks.call(() -> called.add("second"));

    assertThat(called).isEmpty();
    assertThat(tasks).hasSize(1); // or two threads would call at the same time
    run();
    assertThat(called).containsExactly("first", "second");
  }

  @Test
  void whatACallbackAsksForComesAfterIt() {
    callbacks.call(() -> {
      callbacks.call(() -> called.add("inner"));
      called.add("outer");
    });

    run();
    assertThat(called).containsExactly("outer", "inner");
    assertThat(tasks).isEmpty();
  }

  @Test
  void anErrorOfOneIsNotTheEndOfTheOthers() {
    callbacks.call(() -> {
      throw new AssertionError("of a user");
    });
    callbacks.call(() -> called.add("second"));

    assertThatThrownBy(this::run).hasMessage("of a user");
    run();
    callbacks.call(() -> called.add("third"));
    run();
    assertThat(called).containsExactly("second", "third");
  }

  private void run() {
    tasks.remove().run();
  }
}
