package io.copychunk.client.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.client.error.SmbIntegrityException;
import io.copychunk.client.error.SmbProtocolException;
import io.copychunk.wire.Command;
import io.copychunk.wire.Smb2Header;
import io.copychunk.wire.WireWriter;
import io.netty.buffer.Unpooled;
import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(10)
class CompoundDecoderTest {
  private final Stage stage =
      new Stage(new TransformCodec(sessionId -> null), new CompoundDecoder(() -> 8));

  @AfterEach
  void everythingIsReleased() {
    stage.finish();
  }

  @Test
  void aSingleMessageIsTheWholeFrame() {
    stage.receiveBytes(element(7, 0, 101));

    List<InboundMessage> messages = stage.messages();
    assertThat(messages).singleElement().satisfies(message -> {
      assertThat(message.header().messageId()).isEqualTo(7);
      assertThat(message.bytes().readableBytes()).isEqualTo(101);
      assertThat(message.protection()).isEqualTo(Protection.NONE);
    });
    messages.forEach(InboundMessage::release);
  }

  @Test
  void elementsReachToTheNextHeaderAndTheLastToTheEnd() {
    stage.receiveBytes(concat(element(1, 80, 80), element(2, 64, 64), element(3, 0, 73)));

    List<InboundMessage> messages = stage.messages();
    assertThat(messages)
        .extracting(message -> message.bytes().readableBytes())
        .containsExactly(80, 64, 73);
    assertThat(messages)
        .extracting(message -> message.header().messageId())
        .containsExactly(1L, 2L, 3L);
    messages.forEach(InboundMessage::release);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 8, 56, 63, 65, 68, 76, 88, 144, 0x8000_0000L, 0xFFFF_FFF8L})
  void nextCommandsThatDoNotFitTheFrameAreFatal(long nextCommand) {
    stage.receiveBytes(concat(element(1, nextCommand, 80), element(2, 0, 64)));

    assertThat(stage.messages()).isEmpty();
    assertThat(stage.failures)
        .singleElement()
        .isInstanceOf(SmbProtocolException.class)
        .extracting(Throwable::getMessage)
        .asString()
        .contains("NextCommand: " + nextCommand);
  }

  @Test
  void whatFollowsInTheSameFrameIsNotReadAfterAMalformedHeader() {
    byte[] broken = element(2, 64, 64);
    broken[4] = 63;
    stage.receiveBytes(concat(element(1, 64, 64), broken, element(3, 0, 64)));

    List<InboundMessage> messages = stage.messages();
    assertThat(messages).hasSize(1);
    assertThat(stage.failures).singleElement().isInstanceOf(SmbProtocolException.class);
    messages.forEach(InboundMessage::release);
  }

  @Test
  void aFrameEncryptedForOneSessionMustNotSpeakForAnother() {
    Stage decrypted = new Stage(new CompoundDecoder(() -> 8));
    decrypted.receive(
        new PlainFrame(Unpooled.wrappedBuffer(concat(element(1, 64, 64), element(2, 0, 64))), 0L));
    decrypted.receive(new PlainFrame(Unpooled.wrappedBuffer(element(3, 0, 64)), 9L));

    List<InboundMessage> messages = decrypted.messages();
    assertThat(messages)
        .hasSize(2)
        .allMatch(message -> message.protection() == Protection.ENCRYPTED);
    assertThat(decrypted.failures)
        .singleElement()
        .isInstanceOf(SmbIntegrityException.class)
        .extracting(Throwable::getMessage)
        .asString()
        .contains("SessionId: 0x0 (expected: 0x9");
    messages.forEach(InboundMessage::release);
    decrypted.finish();
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 5, 63})
  void lessThanAHeaderIsFatal(int size) {
    stage.receiveBytes(Arrays.copyOf(element(1, 0, 64), size));

    assertThat(stage.failures).singleElement().isInstanceOf(SmbProtocolException.class);
  }

  @Test
  void unknownCommandsAreFatal() {
    byte[] message = element(1, 0, 64);
    message[12] = 20;
    stage.receiveBytes(message);

    assertThat(stage.failures)
        .singleElement()
        .isInstanceOf(SmbProtocolException.class)
        .extracting(Throwable::getMessage)
        .asString()
        .contains("Command: 20");
  }

  @Test
  void splitsCapturedCompoundsAndLosesNoByte() {
    Capture capture = Capture.compound();
    capture.frames().forEach(stage::receiveBytes);

    List<InboundMessage> messages = stage.messages();
    assertThat(stage.failures).isEmpty();
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    messages.forEach(message -> joined.writeBytes(Stage.bytes(message.bytes())));
    assertThat(joined.toByteArray()).isEqualTo(concat(capture.frames().toArray(byte[][]::new)));
    assertThat(messages).hasSize(8 + 4 + 4 + 3 + 3);
    assertThat(messages.subList(8, 12))
        .extracting(message -> message.header().command())
        .containsExactly(Command.CREATE, Command.IOCTL, Command.QUERY_INFO, Command.CLOSE);
    messages.forEach(InboundMessage::release);
  }

  private static byte[] element(long messageId, long nextCommand, int size) {
    Smb2Header header =
        Smb2Header.request(Command.ECHO, messageId, 0, 0).withNextCommand(nextCommand);
    return Arrays.copyOf(WireWriter.toBytes(header::write), size);
  }

  private static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
