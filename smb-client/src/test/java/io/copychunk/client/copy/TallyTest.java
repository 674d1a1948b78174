package io.copychunk.client.copy;

import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.client.copy.internal.Callbacks;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;

class TallyTest {
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final Callbacks callbacks = new Callbacks(tasks::add);

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
