package io.copychunk.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WireWriterTest {
  @Test
  void integersAreLittleEndian() {
    assertThat(
            written(out -> out.u8(0xFE).u16(0xFFFE).u32(0xFFFEFDFCL).bits32(-2).bits64(1)))
        .isEqualTo("fefefffcfdfefffeffffff0100000000000000");
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0x1_0000_0000L, Long.MAX_VALUE})
  void whatDoesNotFitInto32BitsIsRefused(long value) {
    assertThatThrownBy(() -> written(out -> out.u32(value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("u32: " + value + " (expected: 0..4294967295)");
  }

  @Test
  void textKeepsUnpairedSurrogates() {
    assertThat(written(out -> out.utf16("\uD800A"))).isEqualTo("00d84100");
  }

  @Test
  void offsetAndLengthArePatched() {
    assertThat(written(out -> {
          WireWriter.Slot offset = out.u16Slot();
          WireWriter.Slot length = out.u32Slot();
          out.payload(offset, length, 8, payload -> payload.u8(1).u16(2));
        }))
        .isEqualTo("0800 03000000 0000 010200".replace(" ", ""));
  }

  @Test
  void anEmptyPayloadLeavesNoTrace() {
    assertThat(written(out -> {
          WireWriter.Slot offset = out.u16Slot();
          WireWriter.Slot length = out.u8Slot();
          out.payload(offset, length, 8, payload -> {});
        }))
        .isEqualTo("000000");
  }

  @Test
  void aSlotRefusesWhatDoesNotFit() {
    written(out -> {
      WireWriter.Slot slot = out.u8Slot();
      out.set(slot, 255);
      assertThatThrownBy(() -> out.set(slot, 256)).isInstanceOf(IllegalArgumentException.class);
      assertThatThrownBy(() -> out.set(slot, -1)).isInstanceOf(IllegalArgumentException.class);
    });
  }

  @Test
  void aNestedWriterCountsFromItself() {
    assertThat(written(out -> {
          out.u8(0xAA);
          WireWriter nested = out.nested();
          WireWriter.Slot offset = nested.u8Slot();
          WireWriter.Slot length = nested.u8Slot();
          nested.payload(offset, length, 4, payload -> payload.u8(0xBB));
          assertThat(nested.position()).isEqualTo(5);
          assertThat(out.position()).isEqualTo(6);
        }))
        .isEqualTo("aa 04 01 0000 bb".replace(" ", ""));
  }

  @Test
  void offsetsCountFromWhereTheWriterWasMade() {
    ByteBuf buffer = Unpooled.buffer().writeByte(0xAA);
    WireWriter out = WireWriter.appendingTo(buffer);
    out.u8(1).align(4).u8(2);
    assertThat(out.position()).isEqualTo(5);
    assertThat(buffer.readableBytes()).isEqualTo(6);
  }

  private static String written(WireWriter.Part part) {
    return HexFormat.of().formatHex(WireWriter.toBytes(part));
  }
}
