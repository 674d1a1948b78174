package io.copychunk.client.internal.transport;

import static org.assertj.core.api.Assertions.assertThat;

import io.copychunk.client.error.SmbProtocolException;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(10)
class TransformCodecTest {
  private final Stage stage = new Stage(new TransformCodec());

  @AfterEach
  void everythingIsReleased() {
    stage.finish();
  }

  @Test
  void plainMessagesPass() {
    byte[] first = frame(0xFE);
    byte[] second = Arrays.copyOf(first, 4);
    stage.receiveBytes(first).receiveBytes(second);

    assertThat(stage.frames()).containsExactly(first, second);
    assertThat(stage.failures).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(ints = {0xFD, 0xFC, 0xFF, 0x00, 0x7E})
  void encryptedCompressedOldAndUnknownFramesAreFatal(int first) {
    stage.receiveBytes(frame(first));

    assertThat(stage.frames()).isEmpty();
    assertThat(stage.failures)
        .singleElement()
        .isInstanceOf(SmbProtocolException.class)
        .extracting(Throwable::getMessage)
        .asString()
        .contains("0x424d53%02x".formatted(first));
  }

  @Test
  void everyByteOfTheProtocolIdCounts() {
    byte[] frame = frame(0xFE);
    frame[3] = 'C';
    stage.receiveBytes(frame);

    assertThat(stage.failures).singleElement().isInstanceOf(SmbProtocolException.class);
  }

  private static byte[] frame(int first) {
    byte[] frame = new byte[80];
    frame[0] = (byte) first;
    frame[1] = 'S';
    frame[2] = 'M';
    frame[3] = 'B';
    return frame;
  }
}
