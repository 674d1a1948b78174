package io.copychunk.client.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ReadModerationTest {
  private static final int PLENTY = 8 * ReadModeration.SHARE * ReadModeration.MANY;
  private static final long SLOW = TimeUnit.MICROSECONDS.toNanos(100);

  private final AtomicInteger unanswered = new AtomicInteger();
  private final EmbeddedChannel channel = new EmbeddedChannel();

  @BeforeEach
  void open() {
    channel.freezeTime();
    channel.pipeline().addLast(new ReadModeration(unanswered::get));
  }

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  /** A batch, after some time; whoever gets it has as many unanswered as before when it is over. */
  private void read(long afterNanos, int answers, int bytes) {
    pass(afterNanos);
    channel.pipeline().fireChannelRead(Unpooled.buffer(bytes).writeZero(bytes));
    unanswered.addAndGet(-answers);
    channel.pipeline().fireChannelReadComplete();
  }

  private void pass(long nanos) {
    channel.advanceTimeBy(nanos, TimeUnit.NANOSECONDS);
    channel.runScheduledPendingTasks();
  }

  private boolean pauses() {
    return !channel.config().isAutoRead();
  }

  /** How long nobody reads from now on. */
  private long pause() {
    long step = TimeUnit.MICROSECONDS.toNanos(50);
    long passed = 0;
    while (pauses()) {
      pass(step);
      passed += step;
    }
    return passed;
  }

  @Test
  void withFewUnansweredEachAnswerIsReadAtOnce() {
    unanswered.set(ReadModeration.MANY);
    read(SLOW * 100, 1, 100);
    assertThat(pauses()).isFalse();
  }

  @Test
  void withManyUnansweredReadingPausesAndWhatWasReadIsNotHeldBack() {
    unanswered.set(PLENTY);
    read(SLOW * 100, 1, 100);
    assertThat(pauses()).isTrue();
    assertThat(channel.inboundMessages()).hasSize(1);
    unanswered.set(0);
    assertThat(pause()).isPositive();
  }

  @Test
  void aPauseGrowsToAnEighthOfTheServersWorkAndNoFurther() {
    long before = 0;
    for (int i = 0; i < 20; i++) {
      unanswered.set(80);
      read(SLOW, (int) (before / SLOW) + 1, 100); // one answer each 100 us, so 8 ms for all of them
      before = pause();
    }
    assertThat(before).isBetween(SLOW * 8, SLOW * 12);
    for (int i = 0; i < 20; i++) {
      unanswered.set(PLENTY);
      read(SLOW, (int) (before / SLOW) + 1, 100);
      before = pause();
    }
    assertThat(before).isEqualTo(ReadModeration.LONGEST_NANOS);
  }

  @Test
  void whatIsMoreThanTheSocketHoldsIsReadAtOnce() {
    unanswered.set(PLENTY);
    read(SLOW, 1, 100);
    assertThat(pause()).isPositive();
    for (int i = 0; i < 10; i++) {
      read(SLOW, 1, 8 * ReadModeration.ROOM);
      pause();
    }
    read(SLOW, 1, ReadModeration.ROOM);
    assertThat(pauses()).isFalse();
  }
}
