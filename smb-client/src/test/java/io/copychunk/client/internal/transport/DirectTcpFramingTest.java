package io.copychunk.client.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.client.error.SmbProtocolException;
import io.copychunk.client.error.SmbTimeoutException;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(10)
class DirectTcpFramingTest {
  private static final int LIMIT = 1000;
  private static final Duration FRAME_TIMEOUT = Duration.ofSeconds(10);

  private final DirectTcpFraming framing = new DirectTcpFraming(LIMIT, FRAME_TIMEOUT);
  private final Stage stage = new Stage(framing);

  @AfterEach
  void everythingIsReleased() {
    stage.finish();
  }

  @Test
  void takesThePrefixOff() {
    stage.receiveBytes(framed(payload(64, 1)));

    assertThat(stage.frames()).containsExactly(payload(64, 1));
    assertThat(stage.failures).isEmpty();
  }

  @Test
  void readsFramesThatComeByteByByte() {
    stage.receiveByteByByte(concat(framed(payload(64, 1)), framed(payload(70, 2))));

    assertThat(stage.frames()).containsExactly(payload(64, 1), payload(70, 2));
  }

  @Test
  void readsSeveralFramesThatComeAtOnce() {
    stage.receiveBytes(
        concat(framed(payload(64, 1)), framed(payload(4, 2)), framed(payload(LIMIT, 3))));

    assertThat(stage.frames()).containsExactly(payload(64, 1), payload(4, 2), payload(LIMIT, 3));
  }

  @ParameterizedTest
  @ValueSource(
      ints = {0, 3, LIMIT + 1, 0x00FF_FFFF, 0x0100_0040, 0x8500_0000, 0x8100_0048, 0xFFFF_FFFF})
  void refusesPrefixesThatAreNoLengthWithinTheLimit(int prefix) {
    stage.receiveBytes(ByteBuffer.allocate(68).putInt(prefix).array());

    assertThat(stage.frames()).isEmpty();
    assertThat(stage.failures)
        .singleElement()
        .isInstanceOf(SmbProtocolException.class)
        .extracting(Throwable::getMessage)
        .asString()
        .contains("0x%08x".formatted(prefix), "4..1000");
  }

  @ParameterizedTest
  @CsvSource({"0x48545450, false", "0x85000000, false", "0x00FFFFFF, true"})
  void whatDoesNotBeginLikeSmbIsNoSmbServer(String prefix, boolean smb) {
    stage.receiveBytes(
        ByteBuffer.allocate(68).putInt(Long.decode(prefix).intValue()).array());

    assertThat(stage.failures)
        .singleElement()
        .isInstanceOfSatisfying(
            SmbProtocolException.class, e -> assertThat(e.isSmb()).isEqualTo(smb));
  }

  @Test
  void whatHasBegunLikeSmbIsAnSmbServerThatBreaksTheProtocol() {
    stage.receiveBytes(
        concat(framed(payload(64, 1)), ByteBuffer.allocate(8).putInt(0x48545450).array()));

    assertThat(stage.failures)
        .singleElement()
        .isInstanceOfSatisfying(
            SmbProtocolException.class, e -> assertThat(e.isSmb()).isTrue());
    assertThat(stage.frames()).hasSize(1);
  }

  @Test
  void doesNotReadOnBehindARefusedPrefix() {
    stage.receiveBytes(concat(framed(payload(64, 1)), new byte[4], framed(payload(64, 2))));

    assertThat(stage.frames()).containsExactly(payload(64, 1));
    assertThat(stage.failures).hasSize(1);
  }

  @Test
  void limitIsThatOfTheMoment() {
    stage.receiveBytes(framed(payload(LIMIT, 1)));
    framing.limit(LIMIT + 1);
    stage.receiveBytes(framed(payload(LIMIT + 1, 2)));
    framing.limit(LIMIT);
    stage.receiveBytes(framed(payload(LIMIT + 1, 3)));

    assertThat(stage.frames()).containsExactly(payload(LIMIT, 1), payload(LIMIT + 1, 2));
    assertThat(stage.failures).singleElement().isInstanceOf(SmbProtocolException.class);
  }

  @Test
  void failsAFrameThatIsNotWholeInTime() {
    stage.receiveBytes(new byte[] {0, 0});
    elapse(FRAME_TIMEOUT.minusMillis(1));
    assertThat(stage.failures).isEmpty();

    elapse(Duration.ofMillis(1));

    assertThat(stage.failures)
        .singleElement()
        .isInstanceOf(SmbTimeoutException.class)
        .extracting(Throwable::getMessage)
        .asString()
        .contains("10000 ms");
  }

  @Test
  void drippingBytesDoNotPutTheDeadlineOff() {
    byte[] frame = framed(payload(64, 1));
    for (int i = 0; i < 10; i++) {
      assertThat(stage.failures).isEmpty();
      stage.receiveBytes(new byte[] {frame[i]});
      elapse(Duration.ofSeconds(1));
    }

    assertThat(stage.failures).singleElement().isInstanceOf(SmbTimeoutException.class);
  }

  @Test
  void eachFrameHasADeadlineOfItsOwn() {
    byte[] frame = framed(payload(64, 1));
    stage.receiveBytes(new byte[] {frame[0]});
    elapse(Duration.ofSeconds(9));
    byte[] restAndNext = concat(java.util.Arrays.copyOfRange(frame, 1, frame.length), new byte[1]);
    stage.receiveBytes(restAndNext);
    elapse(Duration.ofSeconds(9));
    assertThat(stage.failures).isEmpty();

    elapse(Duration.ofSeconds(1));

    assertThat(stage.frames()).containsExactly(payload(64, 1));
    assertThat(stage.failures).singleElement().isInstanceOf(SmbTimeoutException.class);
  }

  @Test
  void silenceBetweenFramesIsNoFailure() {
    stage.receiveBytes(framed(payload(64, 1)));
    elapse(Duration.ofHours(1));
    stage.receiveBytes(framed(payload(64, 2)));
    elapse(Duration.ofHours(1));

    assertThat(stage.frames()).hasSize(2);
    assertThat(stage.failures).isEmpty();
  }

  @Test
  void memoryGrowsWithTheBytesThatHaveCome() {
    framing.limit(0x00FF_FFFF);
    stage.receiveBytes(ByteBuffer.allocate(68).putInt(0x00FF_FFFF).array());

    assertThat(framing.cumulated().capacity()).isLessThan(4096);
    assertThat(stage.failures).isEmpty();
  }

  @Test
  void putsThePrefixInFront() {
    ByteBuf message = Unpooled.wrappedBuffer(payload(300, 7));
    stage.channel.writeOutbound(message);

    ByteBuf prefix = stage.channel.readOutbound();
    ByteBuf body = stage.channel.readOutbound();
    assertThat(Stage.bytes(prefix)).containsExactly(0, 0, 1, 44);
    assertThat(Stage.bytes(body)).isEqualTo(payload(300, 7));
    prefix.release();
    body.release();
    assertThat(message.refCnt()).isZero();
  }

  @Test
  void refusesToSendWhatThePrefixCanNotAnnounce() {
    ByteBuf message = Unpooled.directBuffer(16, 0x0100_0000).writeZero(0x0100_0000);

    assertThat(stage.channel.writeOneOutbound(message).cause())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("16777216");
    assertThat(message.refCnt()).isZero();
  }

  private void elapse(Duration duration) {
    stage.channel.advanceTimeBy(duration.toMillis(), TimeUnit.MILLISECONDS);
    stage.channel.runScheduledPendingTasks();
  }

  private static byte[] payload(int size, int content) {
    byte[] payload = new byte[size];
    java.util.Arrays.fill(payload, (byte) content);
    return payload;
  }

  private static byte[] framed(byte[] payload) {
    return concat(ByteBuffer.allocate(4).putInt(payload.length).array(), payload);
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
