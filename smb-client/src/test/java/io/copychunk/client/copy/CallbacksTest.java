package io.copychunk.client.copy;

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

  @Test
  void aSlowListenerIsToldOfTheLatestAlone() {
    List<Long> told = new ArrayList<>();
    CopyOptions options =
        CopyOptions.builder().progress(progress -> told.add(progress.bytes())).build();
    Tally tally = new Tally("source", options, callbacks);
    tally.size(10);

    tally.moved(CopyMethod.STREAM, 1);
    tally.moved(CopyMethod.STREAM, 2);
    var all = tally.told();
    assertThat(all).isNotDone();
    run();
    tally.moved(CopyMethod.STREAM, 4);
    run();

    assertThat(all).isDone();
    assertThat(told).containsExactly(3L, 7L);
  }

  @Test
  void whereNobodyListensNobodyIsWaitedFor() {
    Tally tally = new Tally("source", CopyOptions.defaults(), callbacks);
    tally.moved(CopyMethod.STREAM, 1);

    assertThat(tally.told()).isDone();
    assertThat(tasks).isEmpty();
  }

  private void run() {
    tasks.remove().run();
  }
}
