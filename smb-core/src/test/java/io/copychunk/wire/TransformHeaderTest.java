package io.copychunk.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.copychunk.testing.Vectors;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class TransformHeaderTest {
  private static final byte[] BYTES = Vectors.hex("fd534d42 81a286535415445dae393921e44fa42e"
      + "66e69a111892584fb5ed524a744da3ee 87000000 0000 0100 1100001400e40800");

  private static final TransformHeader HEADER = new TransformHeader(
      new Signature(0x5D4415545386A281L, 0x2EA44FE4213939AEL),
      Octets.ofHex("66e69a111892584fb5ed524a744da3ee"),
      135,
      1,
      0x0008E40014000011L);

  @Test
  void everyFieldHasItsPlace() {
    assertThat(TransformHeader.read(WireReader.of(BYTES))).isEqualTo(HEADER);
    assertThat(WireWriter.toBytes(HEADER::write)).isEqualTo(BYTES).hasSize(TransformHeader.SIZE);
  }

  @Test
  void largestValuesComeOutTheSame() {
    TransformHeader header = new TransformHeader(
        new Signature(-1, -1), Octets.ofHex("ff".repeat(16)), 0xFFFFFFFFL, 0xFFFF, -1);
    byte[] bytes = WireWriter.toBytes(header::write);
    assertThat(TransformHeader.read(WireReader.of(bytes))).isEqualTo(header);
    assertThat(Arrays.copyOfRange(bytes, 40, 42)).containsOnly(0);
  }

  @Test
  void reservedIsIgnored() {
    byte[] bytes = BYTES.clone();
    bytes[40] = 1;
    bytes[41] = 2;
    assertThat(TransformHeader.read(WireReader.of(bytes))).isEqualTo(HEADER);
  }

  @Test
  void theReaderStopsBehindTheHeader() {
    WireReader in = WireReader.of(Arrays.copyOf(BYTES, 60));
    TransformHeader.read(in);
    assertThat(in.position()).isEqualTo(TransformHeader.SIZE);
  }

  @Test
  void truncatedHeadersAreRefused() {
    for (int length = 0; length < TransformHeader.SIZE; length++) {
      assertMalformed(Arrays.copyOf(BYTES, length));
    }
  }

  @Test
  void otherProtocolIdsAreRefused() {
    for (int first : new int[] {0xFE, 0xFC, 0xFF}) {
      byte[] bytes = BYTES.clone();
      bytes[0] = (byte) first;
      assertMalformed(bytes);
    }
  }

  @Test
  void theNonceFieldHas16Bytes() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new TransformHeader(Signature.NONE, Octets.ofHex("00"), 1, 1, 1));
  }

  private static void assertMalformed(byte[] bytes) {
    assertThatThrownBy(() -> TransformHeader.read(WireReader.of(bytes)))
        .isInstanceOf(MalformedMessageException.class);
  }
}
