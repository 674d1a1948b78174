package io.copychunk.client.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReadModerationTest {
  private final AtomicInteger unanswered = new AtomicInteger();
  private final EmbeddedChannel channel = new EmbeddedChannel(new ReadModeration(unanswered::get));

  private void read() {
    channel.writeInbound(Unpooled.wrappedBuffer(new byte[] {1}));
  }

  @Test
  void withFewUnansweredEachAnswerIsReadAtOnce() {
    unanswered.set(ReadModeration.MANY - 1);
    read();
    assertThat(channel.config().isAutoRead()).isTrue();
  }

  @Test
  void withManyUnansweredReadingPauses() {
    channel.freezeTime();
    unanswered.set(ReadModeration.MANY);
    read();
    assertThat(channel.config().isAutoRead()).isFalse();
    assertThat(channel.inboundMessages()).hasSize(1); // what was read is not held back

    unanswered.set(0);
    channel.advanceTimeBy(ReadModeration.PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    channel.runScheduledPendingTasks();
    assertThat(channel.config().isAutoRead()).isTrue();
    channel.finishAndReleaseAll();
  }
}
